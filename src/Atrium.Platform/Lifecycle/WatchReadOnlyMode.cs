using Atrium.Platform.Data;
using Microsoft.Extensions.Hosting;

namespace Atrium.Platform.Lifecycle;

/// <summary>Looks each second whether changes were stopped or allowed on another server of the house.</summary>
internal sealed class WatchReadOnlyMode(ReadOnlyMode mode, Readiness readiness, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, clock, stoppingToken);
            // As WatchEndedCallers does: a clock that is moved by days must not ring for each second of them.
            await Task.Yield();
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
