using Atrium.Platform.Data;

namespace Atrium.Accounts.People;

/// <summary>A stored person. <see cref="Contracts.Accounts.Person"/> is what other modules see of it.</summary>
internal sealed record PersonRow
{
    public const string Select = "SELECT id, username, username_key, skeleton, email, email_key, role, password_hash, preferences, created_at, suspended_at, display_name, pronouns, about, avatar_id, banner_id FROM accounts_people";

    public required Guid Id { get; init; }

    public required string Username { get; init; }

    public required string UsernameKey { get; init; }

    /// <summary>What the name looks like; null where an older person's name looks the same.</summary>
    public string? Skeleton { get; init; }

    public string? Email { get; init; }

    public string? EmailKey { get; init; }

    public required string Role { get; init; }

    public required string PasswordHash { get; init; }

    public required string Preferences { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null unless an admin has shut this person out.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>The name others see beside the account's own; not unique.</summary>
    public string? DisplayName { get; init; }

    public string? Pronouns { get; init; }

    public string? About { get; init; }

    public Guid? AvatarId { get; init; }

    public Guid? BannerId { get; init; }

    public static Task<PersonRow?> FindAsync(Database database, Guid id, CancellationToken cancellation) =>
        database.QuerySingleOrDefaultAsync<PersonRow>(Select + " WHERE id = @id", new { id }, cancellation);

    /// <param name="username">As typed; what cannot be a name is nobody's.</param>
    public static async Task<PersonRow?> FindByNameAsync(Database database, string username, CancellationToken cancellation) =>
        People.Username.TryKeyOf(username, out var key)
            ? await database.QuerySingleOrDefaultAsync<PersonRow>(Select + " WHERE username_key = @key", new { key }, cancellation)
            : null;

    /// <exception cref="UniqueViolationException">The name, or one that looks like it, is taken.</exception>
    public void Insert(WriteUnit unit) => unit.Execute(
        """
        INSERT INTO accounts_people (id, username, username_key, skeleton, email, email_key, role, password_hash, preferences, created_at)
        VALUES (@Id, @Username, @UsernameKey, @Skeleton, @Email, @EmailKey, @Role, @PasswordHash, @Preferences, @CreatedAt)
        """,
        this);
}
