using Atrium.Platform.Data;

namespace Atrium.Accounts.Sessions;

/// <summary>One sign-in of a person on one browser. Its id is the <c>jti</c> of its tokens; without a live row no token counts.</summary>
internal sealed record SessionRow
{
    public const string Select =
        "SELECT id, person_id, refresh_seed, refresh_generation, refreshed_at, network, browser, created_at, last_seen_at, expires_at, revoked_at FROM accounts_sessions";

    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>32 random bytes, half of what makes the refresh token; the other half is the token secret, which is not in the database.</summary>
    public required byte[] RefreshSeed { get; init; }

    /// <summary>Which refresh token is the current one. Older ones are known to be ours, and spent.</summary>
    public required int RefreshGeneration { get; init; }

    public required DateTimeOffset RefreshedAt { get; init; }

    public required string Network { get; init; }

    public required string Browser { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public void Insert(WriteUnit unit) => unit.Execute(
        """
        INSERT INTO accounts_sessions (id, person_id, refresh_seed, refresh_generation, refreshed_at, network, browser, created_at, last_seen_at, expires_at)
        VALUES (@Id, @PersonId, @RefreshSeed, @RefreshGeneration, @RefreshedAt, @Network, @Browser, @CreatedAt, @LastSeenAt, @ExpiresAt)
        """,
        this);

    /// <returns>How many sessions ended: 0 when it is not theirs or ended before.</returns>
    public static Task<int> RevokeAsync(Database database, Guid id, Guid personId, DateTimeOffset now, CancellationToken cancellation) =>
        database.ExecuteAsync(
            "UPDATE accounts_sessions SET revoked_at = @now WHERE id = @id AND person_id = @personId AND revoked_at IS NULL AND expires_at > @now",
            new { id, personId, now },
            cancellation);
}
