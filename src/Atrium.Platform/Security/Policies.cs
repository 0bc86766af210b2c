using Microsoft.AspNetCore.Authorization;

namespace Atrium.Platform.Security;

/// <summary>Authorization rules by name. An endpoint without one of these, or an explicit AllowAnonymous, fails the architecture test.</summary>
public static class Policies
{
    public const string SignedIn = "signed-in";
    public const string Admin = "admin";

    internal static void Add(AuthorizationOptions options)
    {
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.AddPolicy(SignedIn, signedIn);
        options.AddPolicy(Admin, policy => policy.RequireAuthenticatedUser().RequireRole("admin"));
        options.FallbackPolicy = signedIn;
    }
}
