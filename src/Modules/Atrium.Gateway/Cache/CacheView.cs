using Atrium.Platform.Data;

namespace Atrium.Gateway.Cache;

/// <summary>The cache as its person sees it.</summary>
internal static class CacheView
{
    public const string Route = "/api/costs/cache";

    private static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    public sealed record Response
    {
        public required bool Enabled { get; init; }

        /// <summary>How long an answer counts.</summary>
        public required long Hours { get; init; }

        /// <summary>Answers that are kept now, on this server.</summary>
        public required int Entries { get; init; }

        /// <summary>Since this server started, as the next.</summary>
        public required long Hits { get; init; }

        public required long Misses { get; init; }

        /// <summary>US dollars of the last 30 days.</summary>
        public required Money Saved { get; init; }
    }

    public static async Task<Response> ReadAsync(Guid personId, AnswerCache cache, Database database, DateTimeOffset now, CancellationToken cancellation)
    {
        var choice = await CacheChoice.ReadAsync(personId, database, cancellation);
        var counts = cache.CountsOf(personId);
        var saved = await database.ScalarAsync<long>(
            "SELECT CAST(COALESCE(SUM(saved), 0) AS BIGINT) FROM gateway_ledger WHERE person_id = @personId AND at >= @since", new { personId, since = now - Shown }, cancellation);
        return new Response
        {
            Enabled = choice.Enabled,
            Hours = choice.Hours,
            Entries = cache.CountOf(personId),
            Hits = counts.Hits,
            Misses = counts.Misses,
            Saved = Money.FromPicodollars(saved),
        };
    }
}
