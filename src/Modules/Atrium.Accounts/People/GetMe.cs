using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.People;

/// <summary>Who I am.</summary>
internal static class GetMe
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/me", Handle)
        .WithName(nameof(GetMe))
        .WithSummary("The signed-in person")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<MeResponse>, ProblemHttpResult>> Handle(Caller caller, Database database, CancellationToken cancellation) =>
        await PersonRow.FindAsync(database, caller.PersonId, cancellation) is { } person
            ? TypedResults.Ok(MeResponse.Of(person))
            : Problems.NotFound();
}
