using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Ledger;

/// <summary>Moves spooled ledger rows into the database before the house opens, and each minute.</summary>
internal sealed partial class ReplaySpooledRows(LedgerSpool spool, Readiness readiness, TimeProvider clock, ILogger<ReplaySpooledRows> logger) : BackgroundService, IStartTask
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    async Task IStartTask.StartAsync(CancellationToken cancellation)
    {
        try
        {
            await spool.ReplayAsync(cancellation);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or DatabaseUnavailableException))
        {
            // A row that cannot be stored is no reason to keep the house shut.
            LogFailure(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (readiness.IsReady)
                    await spool.ReplayAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailure(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Spooled ledger rows stay where they are until the next round")]
    private partial void LogFailure(Exception exception);
}
