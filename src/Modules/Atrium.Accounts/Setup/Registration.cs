using Atrium.Accounts.House;
using Atrium.Accounts.Invitations;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Accounts.Setup;

/// <summary>Who may make an account now: before the first admin only the bearer of the set-up token, after that as REGISTRATION and the admins say.</summary>
internal sealed class Registration(FirstAdmin firstAdmin, SetupToken token, Database database, TimeProvider clock, HouseSettings settings)
{
    /// <summary>Exactly one of the two is given.</summary>
    /// <param name="Role">What the new person becomes; <c>admin</c> only for the first.</param>
    public readonly record struct Decision(string? Role, ProblemHttpResult? Refusal)
    {
        /// <summary>As JSON.</summary>
        public string Preferences { get; init; } = "{}";

        public bool MakesFirstAdmin => Role == Roles.Admin;
    }

    public async Task<Decision> DecideAsync(string? setupToken, string? invitation, CancellationToken cancellation)
    {
        if (!await firstAdmin.ExistsAsync(cancellation))
        {
            return setupToken is null ? Refuse("setup-token-required", "This house has no admin yet. Open the set-up link that its start has printed.")
                : token.Matches(setupToken) ? new Decision(Roles.Admin, null)
                : new Decision(null, TokenSpent());
        }
        if (setupToken is not null)
            return new Decision(null, TokenSpent());
        var rules = await HouseRules.ReadAsync(database, cancellation);
        return await DecideAsync(rules, rules.RegistrationWithin(settings), invitation, cancellation) with { Preferences = rules.NewPreferences };
    }

    private async Task<Decision> DecideAsync(HouseRules rules, RegistrationMode mode, string? invitation, CancellationToken cancellation)
    {
        if (mode == RegistrationMode.Closed)
            return Refuse("registration-closed", "This house takes no new people.");
        if (invitation is not null)
        {
            return await Invitation.FindRoleAsync(database, invitation, clock.GetUtcNow(), cancellation) is { } role
                ? new Decision(role, null)
                : new Decision(null, InvitationSpent());
        }
        return mode == RegistrationMode.Invite ? Refuse("invitation-required", "New people need an invitation here.") : new Decision(rules.NewRole, null);
    }

    /// <summary>The first admin is stored: the token has done its work.</summary>
    public void Finish() => token.Delete();

    public static ProblemHttpResult TokenSpent() => Problems.Forbidden("setup-token-invalid", "This set-up link is wrong or was used before.");

    public static ProblemHttpResult InvitationSpent() => Problems.Forbidden("invitation-invalid", "This invitation is wrong, was used before, or is too old.");

    private static Decision Refuse(string code, string title) => new(null, Problems.Forbidden(code, title));
}
