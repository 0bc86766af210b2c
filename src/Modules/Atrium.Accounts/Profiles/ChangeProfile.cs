using System.ComponentModel.DataAnnotations;
using Atrium.Accounts.People;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Profiles;

/// <summary>Changes the given words of my profile; an empty one is taken away.</summary>
internal static class ChangeProfile
{
    public sealed record Request
    {
        [StringLength(Profiles.DisplayName.Longest), Printable]
        public string? DisplayName { get; init; }

        [StringLength(40), Printable]
        public string? Pronouns { get; init; }

        [StringLength(500)]
        public string? About { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPatch("/api/me", Handle)
        .WithName(nameof(ChangeProfile))
        .WithSummary("Change the profile")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<MeResponse>, ProblemHttpResult>> Handle(Request request, Caller caller, Database database, CancellationToken cancellation)
    {
        if (request.DisplayName is { } name && Profiles.DisplayName.Refusal(name) is { } reason)
            return Problems.Invalid("displayName", reason);
        if (request.About?.Contains('\0', StringComparison.Ordinal) == true)
            return Problems.Invalid("about", "This has characters that cannot be part of it.");
        // An empty text is stored as NULL and a missing one leaves what is there, in one statement on both engines.
        await database.ExecuteAsync(
            """
            UPDATE accounts_people SET
                display_name = NULLIF(COALESCE(@DisplayName, display_name, ''), ''),
                pronouns = NULLIF(COALESCE(@Pronouns, pronouns, ''), ''),
                about = NULLIF(COALESCE(@About, about, ''), '')
            WHERE id = @PersonId
            """,
            new { DisplayName = request.DisplayName?.Trim(), Pronouns = request.Pronouns?.Trim(), About = request.About?.Trim(), caller.PersonId },
            cancellation);
        return await PersonRow.FindAsync(database, caller.PersonId, cancellation) is { } person ? TypedResults.Ok(MeResponse.Of(person)) : Problems.NotFound();
    }
}
