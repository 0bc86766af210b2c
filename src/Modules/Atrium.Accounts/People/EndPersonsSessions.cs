using Atrium.Accounts.Sessions;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.People;

/// <summary>Ends all sessions of a person, who may sign in again.</summary>
internal static class EndPersonsSessions
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/admin/people/{id:guid}/sessions", Handle)
        .WithName(nameof(EndPersonsSessions))
        .WithSummary("Sign a person out everywhere")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation) =>
        await database.WriteAsync(unit => End(unit, id, AuditEntry.Of(context, AuditActions.SignedOutByAdmin, id), clock.GetUtcNow()), cancellation)
            ? TypedResults.NoContent()
            : Problems.NotFound();

    private static bool End(WriteUnit unit, Guid id, AuditEntry entry, DateTimeOffset now)
    {
        if (unit.Scalar<long>("SELECT COUNT(*) FROM accounts_people WHERE id = @id", new { id }) == 0)
            return false;
        SessionRow.EndAll(unit, id, Guid.Empty, now);
        AuditLog.Append(unit, entry, now);
        return true;
    }
}
