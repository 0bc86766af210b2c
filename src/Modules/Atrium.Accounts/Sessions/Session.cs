using Atrium.Platform.Data;
using Atrium.Platform.Security.Audit;

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

    /// <summary>Ends a person's sessions.</summary>
    /// <param name="except">One that goes on, or an id that is none.</param>
    public static void EndAll(WriteUnit unit, Guid personId, Guid except, DateTimeOffset now) => unit.Execute(
        "UPDATE accounts_sessions SET revoked_at = @now WHERE person_id = @personId AND id <> @except AND revoked_at IS NULL AND expires_at > @now",
        new { personId, except, now });

    /// <summary>Ends those of a person's sessions that were not used for longest, so that <paramref name="kept"/> remain. The unit holds the person's row.</summary>
    public static void EndOldest(WriteUnit unit, Guid personId, int kept, DateTimeOffset now) => unit.Execute(
        """
        UPDATE accounts_sessions SET revoked_at = @now WHERE person_id = @personId AND revoked_at IS NULL AND expires_at > @now AND id NOT IN (
            SELECT id FROM accounts_sessions WHERE person_id = @personId AND revoked_at IS NULL AND expires_at > @now ORDER BY last_seen_at DESC, id DESC LIMIT @kept)
        """,
        new { personId, kept, now });

    /// <returns>False when it is not theirs or ended before.</returns>
    public static bool Revoke(WriteUnit unit, Guid id, Guid personId, AuditEntry entry, DateTimeOffset now)
    {
        var ended = unit.Execute(
            "UPDATE accounts_sessions SET revoked_at = @now WHERE id = @id AND person_id = @personId AND revoked_at IS NULL AND expires_at > @now",
            new { id, personId, now }) > 0;
        if (ended)
            AuditLog.Append(unit, entry, now);
        return ended;
    }
}
