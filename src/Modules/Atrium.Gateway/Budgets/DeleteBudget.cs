using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Budgets;

/// <summary>Takes a budget of the caller's own away. One an admin has set stays.</summary>
internal static class DeleteBudget
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete(BudgetView.Route + "/{id:guid}", Handle).WithName("DeleteBudget").WithSummary("Take a budget of your own away").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, BudgetList budgets, CancellationToken cancellation) =>
        await budgets.ChangeAsync(unit => Budget.Delete(unit, id, caller.PersonId.ToString(), Budget.ByPerson), cancellation)
            ? TypedResults.NoContent()
            : Problems.NotFound();
}
