using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Budgets;

/// <summary>Gives back what this server has leased of budgets and does not need: each minute of quiet ones, and of all when it stops. Forgets old periods once a day.</summary>
internal sealed partial class ReturnBudgetLeases(BudgetKeeper budgets, Readiness readiness, TimeProvider clock, ILogger<ReturnBudgetLeases> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private DateTimeOffset? forgotAt;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ReturnAsync(TimeSpan.Zero, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!readiness.IsReady)
                continue;
            await ReturnAsync(Interval, stoppingToken);
            await ForgetAsync(stoppingToken);
        }
    }

    private async Task ForgetAsync(CancellationToken cancellation)
    {
        if (clock.GetUtcNow() - forgotAt < Day)
            return;
        try
        {
            await budgets.ForgetAsync(cancellation);
            forgotAt = clock.GetUtcNow();
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException)
        {
            LogRemembered(exception);
        }
    }

    private async Task ReturnAsync(TimeSpan quiet, CancellationToken cancellation)
    {
        try
        {
            await budgets.ReturnAsync(quiet, cancellation);
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException)
        {
            // It counts as spent until the period ends.
            LogKept(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Leased parts of budgets could not be given back")]
    private partial void LogKept(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Old periods of budgets could not be forgotten; the next minute tries again")]
    private partial void LogRemembered(Exception exception);
}
