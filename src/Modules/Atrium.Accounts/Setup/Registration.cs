using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Accounts.Setup;

/// <summary>Who may make an account now: before the first admin only the bearer of the set-up token, after that as REGISTRATION says.</summary>
internal sealed class Registration(FirstAdmin firstAdmin, SetupToken token, HouseSettings settings)
{
    /// <summary>Exactly one of the two is given.</summary>
    public readonly record struct Decision(bool MakesFirstAdmin, ProblemHttpResult? Refusal);

    public async Task<Decision> DecideAsync(string? setupToken, CancellationToken cancellation)
    {
        if (!await firstAdmin.ExistsAsync(cancellation))
        {
            return setupToken is null ? Refuse("setup-token-required", "This house has no admin yet. Open the set-up link that its start has printed.")
                : token.Matches(setupToken) ? new Decision(true, null)
                : new Decision(false, TokenSpent());
        }
        if (setupToken is not null)
            return new Decision(false, TokenSpent());
        return settings.Registration switch
        {
            RegistrationMode.Open => new Decision(false, null),
            RegistrationMode.Invite => Refuse("invitation-required", "New people need an invitation here."),
            _ => Refuse("registration-closed", "This house takes no new people."),
        };
    }

    /// <summary>The first admin is stored: the token has done its work.</summary>
    public void Finish() => token.Delete();

    public static ProblemHttpResult TokenSpent() => Problems.Forbidden("setup-token-invalid", "This set-up link is wrong or was used before.");

    private static Decision Refuse(string code, string title) => new(false, Problems.Forbidden(code, title));
}
