using Atrium.Platform.Data;
using Microsoft.Extensions.Hosting;

namespace Atrium.Platform.Lifecycle;

/// <summary>Looks each second whether changes were stopped or allowed on another server of the house.</summary>
internal sealed class WatchReadOnlyMode(ReadOnlyMode mode, Readiness readiness, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (readiness.IsReady)
                    await mode.LookAsync(stoppingToken);
            }
            catch (DatabaseUnavailableException)
            {
                // Nothing can be changed now either; the next second looks again.
            }
        }
    }
}
