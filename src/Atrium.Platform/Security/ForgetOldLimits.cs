using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.Hosting;

namespace Atrium.Platform.Security;

/// <summary>Every minute removes the shared rows of keys whose windows are empty.</summary>
internal sealed class ForgetOldLimits(SharedWindows windows, Readiness readiness, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (readiness.IsReady)
                    await windows.ForgetAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException)
            {
                // The next minute tries again.
            }
        }
    }
}
