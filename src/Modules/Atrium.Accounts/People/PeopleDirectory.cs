using Atrium.Contracts.Accounts;
using Atrium.Platform.Data;
using Dapper;

namespace Atrium.Accounts.People;

internal sealed class PeopleDirectory(Database database, TimeProvider clock) : IPeople
{
    private const int Piece = 100;

    private readonly RowCache<Guid, Person?> people = new(database, clock, "accounts_people");
    private readonly RowCache<bool, IReadOnlyList<PeopleGroup>> groups = new(database, clock, "accounts_groups", "accounts_group_members");

    public async Task<Person?> FindAsync(Guid id, CancellationToken cancellation) => await people.GetAsync(id, database, ReadAsync, cancellation);

    public async Task<IReadOnlyDictionary<Guid, string>> FindNamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var piece in ids.Chunk(Piece))
        {
            var parameters = new DynamicParameters();
            for (var index = 0; index < piece.Length; index++)
                parameters.Add("id" + index, piece[index]);
            var list = string.Join(", ", piece.Select((_, index) => "@id" + index));
            foreach (var row in await database.QueryAsync<NameRow>($"SELECT id, username FROM accounts_people WHERE id IN ({list})", parameters, cancellation))
                names[row.Id] = row.Username;
        }
        return names;
    }

    public async Task<IReadOnlyList<PeopleGroup>> ListGroupsAsync(CancellationToken cancellation) => await groups.GetAsync(true, database, ReadGroupsAsync, cancellation);

    private static async Task<Person?> ReadAsync(Guid id, Database database, CancellationToken cancellation) =>
        await PersonRow.FindAsync(database, id, cancellation) is { SuspendedAt: null } row
            ? new Person
            {
                Id = row.Id,
                Username = row.Username,
                Role = row.Role,
                Locale = Preferences.Parse(row.Preferences).Locale.ToString().ToLowerInvariant(),
            }
            : null;

    private static async Task<IReadOnlyList<PeopleGroup>> ReadGroupsAsync(bool all, Database database, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync<MemberRow>(
            "SELECT g.id, g.name, m.person_id FROM accounts_groups g LEFT JOIN accounts_group_members m ON m.group_id = g.id ORDER BY g.name_key", null, cancellation);
        return [.. rows.GroupBy(row => (row.Id, row.Name)).Select(group => new PeopleGroup(group.Key.Id, group.Key.Name, group.Select(row => row.PersonId).OfType<Guid>().ToHashSet()))];
    }

    internal sealed record NameRow
    {
        public required Guid Id { get; init; }

        public required string Username { get; init; }
    }

    internal sealed record MemberRow
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }

        public Guid? PersonId { get; init; }
    }
}
