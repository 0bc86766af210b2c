namespace Atrium.Accounts.People;

/// <summary>What an admin sees of a person.</summary>
internal sealed record PersonItem
{
    public const string Select =
        """
        SELECT p.id, p.username, p.display_name, p.avatar_id, p.email, p.role, p.created_at, p.suspended_at,
            (SELECT MAX(s.last_seen_at) FROM accounts_sessions s WHERE s.person_id = p.id) AS last_seen_at
        FROM accounts_people p
        """;

    public required Guid Id { get; init; }

    public required string Username { get; init; }

    public string? DisplayName { get; init; }

    public Guid? AvatarId { get; init; }

    public string? Email { get; init; }

    public required string Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SuspendedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }
}
