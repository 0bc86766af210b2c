using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.Hosting;

namespace Atrium.Platform.Http;

/// <summary>Every hour removes answers kept for repeated requests after their day.</summary>
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
                    await database.ExecuteAsync("DELETE FROM platform_idempotency WHERE started_at < @Limit", new { Limit = clock.GetUtcNow() - Idempotency.Kept }, stoppingToken);
            }
            catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException)
            {
                // The next hour tries again.
            }
        }
    }
}
