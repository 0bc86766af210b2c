using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>Ends what <see cref="StopChanges"/> began.</summary>
internal static class AllowChanges
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/admin/house/read-only", Handle)
        .WithName(nameof(AllowChanges))
        .WithSummary("Allow changes again")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<NoContent> Handle(HttpContext context, ReadOnlyMode mode, TimeProvider clock, CancellationToken cancellation)
    {
        await mode.AllowChangesAsync(unit => AuditLog.Append(unit, AuditEntry.Of(context, AuditActions.ChangesAllowed), clock.GetUtcNow()), cancellation);
        return TypedResults.NoContent();
    }
}
