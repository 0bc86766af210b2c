using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Invitations;

/// <summary>Takes an invitation back that nobody has used.</summary>
internal static class DeleteInvitation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/admin/invitations/{id}", Handle)
        .WithName(nameof(DeleteInvitation))
        .WithSummary("Take an invitation back")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation) =>
        await database.WriteAsync(unit => Delete(unit, id, AuditEntry.Of(context, AuditActions.InvitationTakenBack, id), clock.GetUtcNow()), cancellation)
            ? TypedResults.NoContent()
            : Problems.NotFound();

    private static bool Delete(WriteUnit unit, Guid id, AuditEntry entry, DateTimeOffset now)
    {
        var deleted = unit.Execute("DELETE FROM accounts_invitations WHERE id = @id AND used_at IS NULL", new { id }) == 1;
        if (deleted)
            AuditLog.Append(unit, entry, now);
        return deleted;
    }
}
