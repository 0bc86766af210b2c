using Atrium.Gateway.Budgets;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Ledger;

/// <summary>A ledger entry as it is stored. Its id is made once, so writing it again changes nothing.</summary>
internal sealed record LedgerRow
{
    public const string Insert =
        """
        INSERT INTO gateway_ledger (id, person_id, key_id, api_key_id, module, feature, provider, model, input_tokens, cached_tokens, cache_written_tokens,
            output_tokens, reasoning_tokens, images, estimated, cost, saved, status, thing_id, at)
        VALUES (@Id, @PersonId, @KeyId, @ApiKeyId, @Module, @Feature, @Provider, @Model, @Input, @Cached, @CacheWritten,
            @Output, @Reasoning, @Images, @IsEstimated, @Cost, @Saved, @Status, @ThingId, @At)
        """;

    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public Guid? KeyId { get; init; }

    public Guid? ApiKeyId { get; init; }

    public required string Module { get; init; }

    public required string Feature { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required long Input { get; init; }

    public required long Cached { get; init; }

    public required long CacheWritten { get; init; }

    public required long Output { get; init; }

    public required long Reasoning { get; init; }

    public long Images { get; init; }

    public required bool IsEstimated { get; init; }

    public Money? Cost { get; init; }

    public Money? Saved { get; init; }

    public required string Status { get; init; }

    public Guid? ThingId { get; init; }

    public required DateTimeOffset At { get; init; }

    public bool MarksKey { get; init; }

    public IReadOnlyList<BudgetSettlement> Settlements { get; init; } = [];

    public static LedgerRow Of(LedgerEntry entry, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PersonId = entry.PersonId,
        KeyId = entry.KeyId,
        ApiKeyId = entry.ApiKeyId,
        Module = entry.Module,
        Feature = entry.Feature,
        Provider = entry.Provider,
        Model = entry.Model,
        Input = entry.Usage.Input,
        Cached = entry.Usage.Cached,
        CacheWritten = entry.Usage.CacheWritten,
        Output = entry.Usage.Output,
        Reasoning = entry.Usage.Reasoning,
        Images = entry.Usage.Images,
        IsEstimated = entry.Usage.IsEstimated,
        Cost = entry.Cost is { } dollars ? new Money(dollars) : null,
        Saved = entry.Saved is { } saved ? new Money(saved) : null,
        ThingId = entry.ThingId,
        Status = entry.Status.ToString().ToLowerInvariant(),
        At = entry.At ?? now,
        MarksKey = entry.MarksKey,
        Settlements = entry.Settlements,
    };

    public void Store(WriteUnit unit)
    {
        var isNew = unit.Execute(Insert + " ON CONFLICT (id) DO NOTHING", this) == 1;
        // Written again it changes nothing, and neither does what goes with it.
        foreach (var settlement in isNew ? Settlements : [])
            settlement.Store(unit);
        if (MarksKey)
            MarkKey(unit);
    }

    /// <summary>Stores rows that were never stored before: what they change in common is changed once.</summary>
    public static void StoreNew(WriteUnit unit, IReadOnlyList<LedgerRow> rows)
    {
        unit.Execute(Insert, rows);
        foreach (var settlement in BudgetSettlement.Sum(rows.SelectMany(row => row.Settlements)))
            settlement.Store(unit);
        foreach (var row in rows.Where(row => row.MarksKey).GroupBy(row => (row.KeyId, row.Status)).Select(marks => marks.MaxBy(row => row.At)!).OrderBy(row => row.KeyId))
            row.MarkKey(unit);
    }

    /// <summary>The provider key was used, and works if the call went well.</summary>
    private void MarkKey(WriteUnit unit)
    {
        unit.Execute("UPDATE gateway_keys SET last_used_at = @At WHERE id = @KeyId AND (last_used_at IS NULL OR last_used_at < @At)", this);
        if (Status == "complete")
            unit.Execute("UPDATE gateway_keys SET last_failure = NULL, last_failed_at = NULL WHERE id = @KeyId AND last_failed_at <= @At", this);
    }
}
