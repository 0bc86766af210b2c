namespace Atrium.Platform.Security;

/// <summary>What a person is in this house, and which policies each role meets: the one table of rights.</summary>
public static class Roles
{
    /// <summary>Talks with models; brings no files into the house.</summary>
    public const string Guest = "guest";

    /// <summary>What a new person is.</summary>
    public const string User = "user";

    /// <summary>Also sees how the house runs.</summary>
    public const string Developer = "developer";

    /// <summary>Also decides who lives here. No role opens what other people keep.</summary>
    public const string Admin = "admin";

    private static readonly (string Role, string[] Policies)[] Rights =
    [
        (Guest, [Security.Policies.SignedIn]),
        (User, [Security.Policies.SignedIn, Security.Policies.Member]),
        (Developer, [Security.Policies.SignedIn, Security.Policies.Member, Security.Policies.Developer]),
        (Admin, [Security.Policies.SignedIn, Security.Policies.Member, Security.Policies.Developer, Security.Policies.Admin]),
    ];

    /// <summary>Every role, the one with the fewest rights first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Rights.Select(row => row.Role)];

    /// <returns>The roles that meet a policy; empty for an unknown one.</returns>
    public static IReadOnlyList<string> Meeting(string policy) => [.. Rights.Where(row => row.Policies.Contains(policy)).Select(row => row.Role)];

    /// <summary>True when a change from one role to the other takes rights away.</summary>
    public static bool IsDemotion(string from, string to) => Rank(to) < Rank(from);

    private static int Rank(string role) => Array.FindIndex(Rights, row => row.Role == role);
}
