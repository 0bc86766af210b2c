namespace Atrium.Contracts.Accounts;

/// <summary>What other modules may know of a person.</summary>
public sealed record Person
{
    public required Guid Id { get; init; }

    public required string Username { get; init; }

    /// <summary>guest, user, developer or admin.</summary>
    public required string Role { get; init; }

    /// <summary>en, es or vi.</summary>
    public required string Locale { get; init; }
}

/// <summary>The people of the house.</summary>
public interface IPeople
{
    /// <returns>Null when there is no such person, or an admin has shut them out.</returns>
    Task<Person?> FindAsync(Guid id, CancellationToken cancellation);
}
