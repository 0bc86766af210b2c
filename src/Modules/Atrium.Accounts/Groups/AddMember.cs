using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Groups;

/// <summary>Makes a person a member of a group; a second time changes nothing.</summary>
internal static class AddMember
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/admin/groups/{id:guid}/members/{personId:guid}", Handle)
        .WithName(nameof(AddMember))
        .WithSummary("Add a person to a group")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Guid personId, HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var entry = AuditEntry.Of(context, AuditActions.MemberAdded, id) with { Details = new Dictionary<string, string> { ["person"] = personId.ToString() } };
        return await database.WriteAsync(unit => Add(unit, id, personId, entry, clock.GetUtcNow()), cancellation) ? TypedResults.NoContent() : Problems.NotFound();
    }

    /// <returns>False when there is no such group or person.</returns>
    private static bool Add(WriteUnit unit, Guid id, Guid personId, AuditEntry entry, DateTimeOffset now)
    {
        if (unit.Query<Guid>($"SELECT id FROM accounts_groups WHERE id = @id {unit.Dialect.ForUpdate}", new { id }).Count == 0
            || unit.Scalar<long>("SELECT COUNT(*) FROM accounts_people WHERE id = @personId", new { personId }) == 0)
            return false;
        if (unit.Execute("INSERT INTO accounts_group_members (group_id, person_id, added_at) VALUES (@id, @personId, @now) ON CONFLICT DO NOTHING", new { id, personId, now }) == 1)
            AuditLog.Append(unit, entry, now);
        return true;
    }
}
