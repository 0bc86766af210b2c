using Atrium.Contracts.Accounts;
using Atrium.Platform.Data;

namespace Atrium.Accounts.People;

internal sealed class PeopleDirectory(Database database, TimeProvider clock) : IPeople
{
    private readonly RowCache<Guid, Person?> people = new(database, clock, "accounts_people");

    public async Task<Person?> FindAsync(Guid id, CancellationToken cancellation) => await people.GetAsync(id, database, ReadAsync, cancellation);

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
}
