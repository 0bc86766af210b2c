using Atrium.Platform.Data;

namespace Atrium.Gateway.Cache;

/// <summary>Whether, and for how long, answers to a person's programs are kept. Off until the person says otherwise.</summary>
internal sealed record CacheChoice
{
    public const int LongestHours = 720;
    public const int DefaultHours = 24;

    public required Guid PersonId { get; init; }

    public required bool Enabled { get; init; }

    public required long Hours { get; init; }

    public static async Task<CacheChoice> ReadAsync(Guid personId, Database database, CancellationToken cancellation) =>
        await database.QuerySingleOrDefaultAsync<CacheChoice>("SELECT person_id, enabled, hours FROM gateway_caches WHERE person_id = @personId", new { personId }, cancellation)
        ?? new CacheChoice { PersonId = personId, Enabled = false, Hours = DefaultHours };

    public Task StoreAsync(Database database, CancellationToken cancellation) =>
        database.ExecuteAsync(
            """
            INSERT INTO gateway_caches (person_id, enabled, hours) VALUES (@PersonId, @Enabled, @Hours)
            ON CONFLICT (person_id) DO UPDATE SET enabled = excluded.enabled, hours = excluded.hours
            """,
            this,
            cancellation);
}
