using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Http;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>Stops changes for everybody but admins.</summary>
internal static class StopChanges
{
    public sealed record Request
    {
        /// <summary>Shown to everybody.</summary>
        [StringLength(200), Printable]
        public string? Reason { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/admin/house/read-only", Handle)
        .WithName(nameof(StopChanges))
        .WithSummary("Stop changes")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<NoContent> Handle(Request request, HttpContext context, ReadOnlyMode mode, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await mode.StopChangesAsync(unit => AuditLog.Append(unit, AuditEntry.Of(context, AuditActions.ChangesStopped), now), request.Reason?.Trim() ?? "", now, cancellation);
        return TypedResults.NoContent();
    }
}
