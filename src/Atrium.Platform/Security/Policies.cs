using Microsoft.AspNetCore.Authorization;

namespace Atrium.Platform.Security;

/// <summary>Authorization rules by name. An endpoint without one of these, or an explicit AllowAnonymous, fails the architecture test.</summary>
public static class Policies
{
    public const string SignedIn = "signed-in";

    /// <summary>Everybody but guests: who may bring files into the house.</summary>
    public const string Member = "member";

    /// <summary>Developers and admins: who may look at how the house runs.</summary>
    public const string Developer = "developer";

    public const string Admin = "admin";

    internal static void Add(AuthorizationOptions options)
    {
        foreach (var policy in (string[])[SignedIn, Member, Developer, Admin])
            options.AddPolicy(policy, rule => rule.RequireAuthenticatedUser().RequireRole(Roles.Meeting(policy)));
        options.FallbackPolicy = options.GetPolicy(SignedIn);
    }
}
