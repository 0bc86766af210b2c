using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Sessions;

/// <summary>Ends one of my sessions, wherever it is.</summary>
internal static class EndSession
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/sessions/{id}", Handle)
        .WithName(nameof(EndSession))
        .WithSummary("End a session")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, TimeProvider clock, CancellationToken cancellation) =>
        await SessionRow.RevokeAsync(database, id, caller.PersonId, clock.GetUtcNow(), cancellation) > 0
            ? TypedResults.NoContent()
            : Problems.NotFound();
}
