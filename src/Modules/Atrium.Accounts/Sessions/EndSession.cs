using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
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
        .WithLimit(LimitClass.Default)
        .WorksWhileReadOnly();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation) =>
        await database.WriteAsync(unit => SessionRow.Revoke(unit, id, caller.PersonId, AuditEntry.Of(context, AuditActions.SessionEnded, id), clock.GetUtcNow()), cancellation)
            ? TypedResults.NoContent()
            : Problems.NotFound();
}
