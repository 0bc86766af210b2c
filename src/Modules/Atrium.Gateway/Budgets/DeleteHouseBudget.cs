using Atrium.Platform.Http;
using Atrium.Platform.Security;
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

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, BudgetList budgets, CancellationToken cancellation) =>
        await budgets.ChangeAsync(unit => Budget.Delete(unit, id, null, Budget.ByAdmin), cancellation)
            ? TypedResults.NoContent()
            : Problems.NotFound();
}
