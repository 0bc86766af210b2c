using Atrium.Platform.Data;

namespace Atrium.Gateway.Costs;

/// <summary>One row of the ledger.</summary>
internal sealed record CallRow
{
    private const string Columns =
        "id, at, person_id, module, feature, provider, model, key_id, api_key_id, input_tokens, cached_tokens, cache_written_tokens, output_tokens, reasoning_tokens, images, estimated, cost, saved, status, thing_id";

    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid PersonId { get; init; }

    public required string Module { get; init; }

    public required string Feature { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public Guid? KeyId { get; init; }

    public Guid? ApiKeyId { get; init; }

    public required long InputTokens { get; init; }

    public required long CachedTokens { get; init; }

    public required long CacheWrittenTokens { get; init; }

    public required long OutputTokens { get; init; }

    public required long ReasoningTokens { get; init; }

    public required long Images { get; init; }

    public required bool Estimated { get; init; }

    public Money? Cost { get; init; }

    public Money? Saved { get; init; }

    public required string Status { get; init; }

    public Guid? ThingId { get; init; }

    /// <param name="personId">Null: everybody's.</param>
    /// <param name="before">Where the page before ended.</param>
    /// <returns>Newest first.</returns>
    public static Task<IReadOnlyList<CallRow>> ListAsync(Database database, Guid? personId, CostRange? range, CallCursor? before, int limit, CancellationToken cancellation) =>
        database.QueryAsync<CallRow>(
            $"""
            SELECT {Columns} FROM gateway_ledger
            WHERE 1 = 1 {(personId is null ? "" : "AND person_id = @personId")} {(range is null ? "" : "AND at >= @Start AND at < @End")} {(before is null ? "" : "AND (at, id) < (@At, @Id)")}
            ORDER BY at DESC, id DESC LIMIT @limit
            """,
            new { personId, range?.Start, range?.End, before?.At, before?.Id, limit },
            cancellation);
}
