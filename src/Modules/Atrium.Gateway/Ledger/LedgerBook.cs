using Atrium.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Ledger;

/// <summary>Adds rows to the ledger.</summary>
internal sealed partial class LedgerBook(Database database, LedgerSpool spool, TimeProvider clock, ILogger<LedgerBook> logger)
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Returns when the row is durable: in the database, or in the spool while the database takes none. It is not cancelled: the money is spent.
    /// While neither takes it, it tries again; at the end the row goes to the log instead of ending the answer.
    /// </summary>
    public async Task AddAsync(LedgerEntry entry)
    {
        var row = LedgerRow.Of(entry, clock.GetUtcNow());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.WriteAsync(row.Store, CancellationToken.None);
                LogBilled(entry.Module, entry.Feature, entry.Provider, entry.Model, entry.PersonId, entry.Cost);
                return;
            }
            catch (Exception exception)
            {
                if (await TrySpoolAsync(row, exception))
                    return;
                if (attempt == Attempts)
                {
                    LogLost(exception, row);
                    return;
                }
            }
            await Task.Delay(Pause, clock);
        }
    }

    private async Task<bool> TrySpoolAsync(LedgerRow row, Exception reason)
    {
        try
        {
            await spool.AppendAsync(row);
            LogSpooled(reason, row.Id);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Module} {Feature}: {Provider} {Model} for {PersonId} cost {Cost:0.0000}")]
    private partial void LogBilled(string module, string feature, string provider, string model, Guid personId, decimal? cost);

    [LoggerMessage(LogLevel.Error, "The database did not take ledger row {Id}; it waits in the spool")]
    private partial void LogSpooled(Exception exception, Guid id);

    [LoggerMessage(LogLevel.Critical, "A ledger row could not be written anywhere: {Row}")]
    private partial void LogLost(Exception exception, LedgerRow row);
}
