using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>Takes the announcement back.</summary>
internal static class WithdrawAnnouncement
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/admin/house/announcement", Handle)
        .WithName(nameof(WithdrawAnnouncement))
        .WithSummary("Take the announcement back")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<NoContent> Handle(HttpContext context, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        await database.WriteAsync(
            unit =>
            {
                if (unit.Execute("UPDATE accounts_house SET announcement = NULL, announced_at = NULL, announced_until = NULL WHERE announcement IS NOT NULL") > 0)
                    AuditLog.Append(unit, AuditEntry.Of(context, AuditActions.AnnouncementWithdrawn), clock.GetUtcNow());
            },
            cancellation);
        return TypedResults.NoContent();
    }
}
