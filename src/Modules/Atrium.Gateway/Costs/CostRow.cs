using Atrium.Platform.Data;

namespace Atrium.Gateway.Costs;

/// <summary>Sums over ledger rows that are alike in what a query groups by.</summary>
internal sealed record CostRow
{
    public const string Sums =
        """
        COUNT(*) AS requests, CAST(COALESCE(SUM(cost), 0) AS BIGINT) AS cost, CAST(COALESCE(SUM(saved), 0) AS BIGINT) AS saved,
        CAST(COALESCE(SUM(input_tokens), 0) AS BIGINT) AS input, CAST(COALESCE(SUM(cached_tokens), 0) AS BIGINT) AS cached,
        CAST(COALESCE(SUM(output_tokens), 0) AS BIGINT) AS output, CAST(COALESCE(SUM(reasoning_tokens), 0) AS BIGINT) AS reasoning,
        CAST(COALESCE(SUM(images), 0) AS BIGINT) AS images,
        CAST(COALESCE(SUM(CASE WHEN estimated THEN 1 ELSE 0 END), 0) AS BIGINT) AS estimated,
        CAST(COALESCE(SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END), 0) AS BIGINT) AS failed,
        CAST(COALESCE(SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END), 0) AS BIGINT) AS cancelled,
        CAST(COALESCE(SUM(CASE WHEN status = 'cached' THEN 1 ELSE 0 END), 0) AS BIGINT) AS from_cache,
        CAST(COALESCE(SUM(CASE WHEN cost IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS unpriced
        """;

    /// <summary>Days since 1970.</summary>
    public long Day { get; init; }

    public string Module { get; init; } = "";

    public string Feature { get; init; } = "";

    public string Provider { get; init; } = "";

    public string Model { get; init; } = "";

    public Guid? KeyId { get; init; }

    public Guid? ApiKeyId { get; init; }

    public Guid PersonId { get; init; }

    public Guid? ThingId { get; init; }

    public required long Requests { get; init; }

    public required Money Cost { get; init; }

    public required Money Saved { get; init; }

    public required long Input { get; init; }

    public required long Cached { get; init; }

    public required long Output { get; init; }

    public required long Reasoning { get; init; }

    public required long Images { get; init; }

    public required long Estimated { get; init; }

    public required long Failed { get; init; }

    public required long Cancelled { get; init; }

    public required long FromCache { get; init; }

    public required long Unpriced { get; init; }
}
