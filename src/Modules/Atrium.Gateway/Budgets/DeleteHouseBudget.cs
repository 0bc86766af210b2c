using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Budgets;

/// <summary>Takes a budget away that an admin has set.</summary>
internal static class DeleteHouseBudget
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete(BudgetView.AdminRoute + "/{id:guid}", Handle).WithName("DeleteHouseBudget").WithSummary("Take a budget of the house away").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, HttpContext context, BudgetList budgets, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await budgets.ChangeAsync(unit => Delete(unit, id, context, now), cancellation) ? TypedResults.NoContent() : Problems.NotFound();
    }

    private static bool Delete(WriteUnit unit, Guid id, HttpContext context, DateTimeOffset now)
    {
        var isDeleted = Budget.Delete(unit, id, null, Budget.ByAdmin);
        if (isDeleted)
            AuditLog.Append(unit, AuditEntry.Of(context, AuditActions.BudgetRemoved, id), now);
        return isDeleted;
    }
}
