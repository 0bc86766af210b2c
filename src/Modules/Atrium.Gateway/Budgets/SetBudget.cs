using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Budgets;

/// <summary>Sets a budget of the caller's own: a new one, or another amount of one that is there.</summary>
internal static class SetBudget
{
    private const int MostPerPerson = 200;

    public sealed record Request : BudgetView.Terms;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(BudgetView.Route, Handle).WithName("SetBudget").WithSummary("Set a budget of your own").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<BudgetView.Item>, ProblemHttpResult>> Handle(
        Request request, Caller caller, BudgetList budgets, BudgetBook book, TimeProvider clock, CancellationToken cancellation)
    {
        var owner = caller.PersonId.ToString();
        var (budget, problem) = BudgetView.Read(request, owner, Budget.ByPerson, clock.GetUtcNow());
        if (problem is not null)
            return problem;
        var stored = await budgets.ChangeAsync(
            unit => unit.Scalar<long>("SELECT COUNT(*) FROM gateway_budgets WHERE owner = @owner", new { owner }) < MostPerPerson ? Budget.Store(unit, budget!) : null, cancellation);
        return stored is null
            ? Problems.Conflict("too-many-budgets", $"You have {MostPerPerson} budgets. Delete one first.")
            : TypedResults.Ok((await book.ReadAsync([stored], caller.PersonId, cancellation))[0]);
    }
}
