using Atrium.Platform.Data;
using Atrium.Platform.Security;

namespace Atrium.Accounts.Setup;

/// <summary>Whether this house has its first admin. Once it has one, the answer stays and costs nothing.</summary>
internal sealed class FirstAdmin(Database database)
{
    private const string Milestone = "first-admin";

    private volatile bool exists;

    public async Task<bool> ExistsAsync(CancellationToken cancellation)
    {
        if (!exists)
            exists = await database.ScalarAsync<long>($"SELECT COUNT(*) FROM accounts_people WHERE role = '{Roles.Admin}'", null, cancellation) > 0;
        return exists;
    }

    /// <summary>Claims the place within the unit that makes the person: of two racing units one gets it.</summary>
    public static bool TryClaim(WriteUnit unit, Guid personId, DateTimeOffset now) => unit.Execute(
        $"INSERT INTO accounts_milestones (name, person_id, reached_at) VALUES ('{Milestone}', @personId, @now) ON CONFLICT (name) DO NOTHING",
        new { personId, now }) == 1;

    /// <summary>Gives the place back when the admin is gone, so that a house without an admin can be set up again.</summary>
    public Task ReleaseUnusedAsync(CancellationToken cancellation) => database.ExecuteAsync(
        $"DELETE FROM accounts_milestones WHERE name = '{Milestone}' AND NOT EXISTS (SELECT 1 FROM accounts_people WHERE role = '{Roles.Admin}')",
        null,
        cancellation);
}
