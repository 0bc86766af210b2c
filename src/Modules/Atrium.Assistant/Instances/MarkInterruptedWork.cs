using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Instances;

/// <summary>
/// At start, and then every few seconds while several servers may share the store: says that this server is alive, and marks the work of those
/// that are not.
/// </summary>
internal sealed partial class MarkInterruptedWork(InstanceLeases instances, IEnumerable<IInterruption> interruptions, Readiness readiness, TimeProvider clock, ILogger<MarkInterruptedWork> logger)
    : BackgroundService, IStartTask
{
    async Task IStartTask.StartAsync(CancellationToken cancellation)
    {
        await instances.BeatAsync(cancellation);
        await MarkAsync(cancellation);
    }

    /// <summary>The host ends services in the opposite order of their registration: this one after those whose work it would mark.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await instances.ReleaseAsync(cancellationToken);
        }
        catch (DatabaseUnavailableException)
        {
            // The lease ends by itself.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (instances.IsAlone)
            return;
        using var timer = new PeriodicTimer(InstanceLeases.BeatInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!readiness.IsReady)
                    continue;
                await instances.BeatAsync(stoppingToken);
                await MarkAsync(stoppingToken);
                await instances.ForgetDeadAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailure(exception);
            }
        }
    }

    private async Task MarkAsync(CancellationToken cancellation)
    {
        var alive = await instances.AliveAsync(cancellation);
        foreach (var interruption in interruptions)
            await interruption.MarkAsync(alive, cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "The lease of this server could not be renewed; the next beat tries again")]
    private partial void LogFailure(Exception exception);
}
