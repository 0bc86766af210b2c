using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.Hosting;

namespace Atrium.Platform.Http;

/// <summary>Every hour removes what was kept only to know a repeated request: answers after their day, signed requests after their time.</summary>
internal sealed class ForgetOldAnswers(Database database, Readiness readiness, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (readiness.IsReady)
                    await ForgetAsync(clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException)
            {
                // The next hour tries again.
            }
        }
    }

    private async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await database.ExecuteAsync("DELETE FROM platform_idempotency WHERE started_at < @Limit", new { Limit = now - Idempotency.Kept }, cancellation);
        await database.ExecuteAsync("DELETE FROM platform_signed_requests WHERE until < @now", new { now }, cancellation);
    }
}
