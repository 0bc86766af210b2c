using Atrium.Gateway.Budgets;
using Atrium.Gateway.Keys;
using Atrium.Gateway.SharedRows;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.HouseKeys;

/// <summary>Destroys a key of the house for good, and takes its budgets away.</summary>
internal static class DeleteHouseKey
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete(HouseKey.Route + "/{id:guid}", Handle).WithName("DeleteHouseKey").WithSummary("Destroy a key of the house").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, HttpContext context, KeyRing keys, BudgetList budgets, TimeProvider clock, CancellationToken cancellation)
    {
        var (audit, now) = (AuditEntry.Of(context, AuditActions.HouseKeyRemoved, id), clock.GetUtcNow());
        if (!await keys.DeleteAsync(HouseKey.OwnerId, id, cancellation, unit => End(unit, id, audit, now)))
            return Problems.NotFound();
        await budgets.LoadAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static void End(WriteUnit unit, Guid id, AuditEntry audit, DateTimeOffset now)
    {
        SharedRowsVersion.Raise(unit, BudgetList.RowsName);
        foreach (var budget in unit.Query<Guid>("SELECT id FROM gateway_budgets WHERE kind = 'house-key' AND subject = @Subject", new { Subject = id.ToString() }))
            Budget.Delete(unit, budget, null, Budget.ByAdmin);
        AuditLog.Append(unit, audit, now);
    }
}
