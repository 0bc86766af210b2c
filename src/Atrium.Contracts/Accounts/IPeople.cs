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

/// <summary>People who belong together.</summary>
public sealed record PeopleGroup(Guid Id, string Name, IReadOnlySet<Guid> Members);

/// <summary>The people of the house.</summary>
public interface IPeople
{
    /// <returns>Null when there is no such person, or an admin has shut them out.</returns>
    Task<Person?> FindAsync(Guid id, CancellationToken cancellation);

    /// <returns>Usernames by id, of those who are shut out, too; whoever is not there is left out.</returns>
    Task<IReadOnlyDictionary<Guid, string>> FindNamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation);

    /// <returns>Every group with its members, by name. Asked before calls: it is kept in memory, and what changes on another server is seen within a second.</returns>
    Task<IReadOnlyList<PeopleGroup>> ListGroupsAsync(CancellationToken cancellation);
}
