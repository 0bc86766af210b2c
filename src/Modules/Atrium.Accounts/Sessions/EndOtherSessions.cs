using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Sessions;

/// <summary>Ends all my sessions but the one that asks.</summary>
internal static class EndOtherSessions
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/sessions", Handle)
        .WithName(nameof(EndOtherSessions))
        .WithSummary("End all other sessions")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default)
        .WorksWhileReadOnly();

    private static async Task<NoContent> Handle(Caller caller, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            unit =>
            {
                SessionRow.EndAll(unit, caller.PersonId, caller.SessionId, now);
                AuditLog.Append(unit, AuditEntry.Of(context, AuditActions.OtherSessionsEnded, caller.PersonId), now);
            },
            cancellation);
        return TypedResults.NoContent();
    }
}
