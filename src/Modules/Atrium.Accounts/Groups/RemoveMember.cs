using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Groups;

/// <summary>Takes a person out of a group.</summary>
internal static class RemoveMember
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/admin/groups/{id:guid}/members/{personId:guid}", Handle)
        .WithName(nameof(RemoveMember))
        .WithSummary("Take a person out of a group")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Guid personId, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var entry = AuditEntry.Of(context, AuditActions.MemberRemoved, id) with { Details = new Dictionary<string, string> { ["person"] = personId.ToString() } };
        return await database.WriteAsync(unit => Remove(unit, id, personId, entry, clock.GetUtcNow()), cancellation) ? TypedResults.NoContent() : Problems.NotFound();
    }

    private static bool Remove(WriteUnit unit, Guid id, Guid personId, AuditEntry entry, DateTimeOffset now)
    {
        var removed = unit.Execute("DELETE FROM accounts_group_members WHERE group_id = @id AND person_id = @personId", new { id, personId }) == 1;
        if (removed)
            AuditLog.Append(unit, entry, now);
        return removed;
    }
}
