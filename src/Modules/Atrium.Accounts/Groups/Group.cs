using Atrium.Platform.Data;

namespace Atrium.Accounts.Groups;

/// <summary>People who belong together: what is given to a group is given to its members.</summary>
internal sealed record Group
{
    public const int LongestName = 128;

    public const string Select =
        """
        SELECT g.id, g.name, g.takes_new_people, g.created_at, (SELECT COUNT(*) FROM accounts_group_members m WHERE m.group_id = g.id) AS members
        FROM accounts_groups g
        """;

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Every new person begins as a member.</summary>
    public required bool TakesNewPeople { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required long Members { get; init; }

    /// <summary>The form in which names are compared.</summary>
    public static string KeyOf(string name) => People.Username.Fold(name);

    /// <summary>Makes a new person a member where new people belong.</summary>
    public static void Welcome(WriteUnit unit, Guid personId, DateTimeOffset now) => unit.Execute(
        "INSERT INTO accounts_group_members (group_id, person_id, added_at) SELECT id, @personId, @now FROM accounts_groups WHERE takes_new_people = @yes",
        new { personId, now, yes = true });
}
