using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;

namespace Atrium.Accounts.People;

/// <summary>Gives people who were there before names were compared by their look what new people have. The older of two names that look the same keeps the look.</summary>
internal sealed class FillSkeletons(Database database) : IStartTask
{
    private const int PieceLength = 500;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var after = Guid.Empty;
        while (true)
        {
            var people = await database.QueryAsync<PersonRow>(
                $"{PersonRow.Select} WHERE skeleton IS NULL AND id > @after ORDER BY id LIMIT {PieceLength}", new { after }, cancellation);
            if (people.Count == 0)
                return;
            await database.WriteAsync(unit => Fill(unit, people), cancellation);
            after = people[^1].Id;
        }
    }

    private static void Fill(WriteUnit unit, IReadOnlyList<PersonRow> people)
    {
        foreach (var person in people)
        {
            unit.Execute(
                "UPDATE accounts_people SET skeleton = @look WHERE id = @Id AND NOT EXISTS (SELECT 1 FROM accounts_people WHERE skeleton = @look)",
                new { person.Id, look = Skeleton.Of(person.UsernameKey) });
        }
    }
}
