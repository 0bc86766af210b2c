using Atrium.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Ledger;

/// <summary>Adds rows to the ledger.</summary>
internal sealed partial class LedgerBook(Database database, TimeProvider clock, ILogger<LedgerBook> logger)
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Returns when the row is durable. It is not cancelled: the money is spent. While the database is away it tries again; at the end the row goes to the
    /// log instead of ending the answer.
    /// </summary>
    public async Task AddAsync(LedgerEntry entry)
    {
        var now = clock.GetUtcNow();
        var row = RowOf(entry, now);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.WriteAsync(unit => Add(unit, row), CancellationToken.None);
                LogBilled(entry.Module, entry.Feature, entry.Provider, entry.Model, entry.PersonId, entry.Cost);
                return;
            }
            catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException)
            {
                if (attempt == Attempts)
                {
                    LogLost(exception, entry.PersonId, entry.KeyId, entry.Provider, entry.Model, entry.Usage, entry.Cost);
                    return;
                }
            }
            await Task.Delay(Pause, clock);
        }
    }

    private static void Add(WriteUnit unit, object row)
    {
        unit.Execute(
            """
            INSERT INTO gateway_ledger (id, person_id, key_id, module, feature, provider, model, input_tokens, cached_tokens, cache_written_tokens,
                output_tokens, reasoning_tokens, images, estimated, cost, status, at)
            VALUES (@Id, @PersonId, @KeyId, @Module, @Feature, @Provider, @Model, @Input, @Cached, @CacheWritten,
                @Output, @Reasoning, 0, @IsEstimated, @Cost, @Status, @At)
            ON CONFLICT (id) DO NOTHING
            """,
            row);
        unit.Execute("UPDATE gateway_keys SET last_used_at = @At WHERE id = @KeyId", row);
    }

    private static object RowOf(LedgerEntry entry, DateTimeOffset now) => new
    {
        Id = Guid.CreateVersion7(now),
        entry.PersonId,
        entry.KeyId,
        entry.Module,
        entry.Feature,
        entry.Provider,
        entry.Model,
        entry.Usage.Input,
        entry.Usage.Cached,
        entry.Usage.CacheWritten,
        entry.Usage.Output,
        entry.Usage.Reasoning,
        entry.Usage.IsEstimated,
        Cost = entry.Cost is { } dollars ? new Money(dollars) : (Money?)null,
        Status = entry.Status.ToString().ToLowerInvariant(),
        At = now,
    };

    [LoggerMessage(LogLevel.Information, "{Module} {Feature}: {Provider} {Model} for {PersonId} cost {Cost:0.0000}")]
    private partial void LogBilled(string module, string feature, string provider, string model, Guid personId, decimal? cost);

    [LoggerMessage(LogLevel.Critical, "A ledger row could not be written: {PersonId} {KeyId} {Provider} {Model} {Usage} {Cost}")]
    private partial void LogLost(Exception exception, Guid personId, Guid? keyId, string provider, string model, Usage usage, decimal? cost);
}
