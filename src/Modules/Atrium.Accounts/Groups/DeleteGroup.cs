using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Groups;

/// <summary>Dissolves a group; its people stay.</summary>
internal static class DeleteGroup
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/admin/groups/{id:guid}", Handle)
        .WithName(nameof(DeleteGroup))
        .WithSummary("Dissolve a group")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation) =>
        await database.WriteAsync(unit => Delete(unit, id, AuditEntry.Of(context, AuditActions.GroupDissolved, id), clock.GetUtcNow()), cancellation)
            ? TypedResults.NoContent()
            : Problems.NotFound();

    private static bool Delete(WriteUnit unit, Guid id, AuditEntry entry, DateTimeOffset now)
    {
        unit.Execute("DELETE FROM accounts_group_members WHERE group_id = @id", new { id });
        var deleted = unit.Execute("DELETE FROM accounts_groups WHERE id = @id", new { id }) == 1;
        if (deleted)
            AuditLog.Append(unit, entry, now);
        return deleted;
    }
}
