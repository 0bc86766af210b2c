using System.ComponentModel.DataAnnotations;
using Atrium.Contracts.Accounts;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Budgets;

/// <summary>Sets a budget for one person, for each person apart, or for everybody together.</summary>
internal static class SetHouseBudget
{
    public sealed record Request : BudgetView.Terms
    {
        /// <summary>A person's id, each or everyone.</summary>
        [StringLength(36)]
        public required string Owner { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(BudgetView.AdminRoute, Handle).WithName("SetHouseBudget").WithSummary("Set a budget for a person, for each, or for everyone together").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<BudgetView.Item>, ProblemHttpResult>> Handle(
        Request request, BudgetList budgets, BudgetBook book, IPeople people, TimeProvider clock, CancellationToken cancellation)
    {
        var isShared = request.Owner is Budget.Each or Budget.Everyone;
        if (!isShared && (!Guid.TryParseExact(request.Owner, "D", out var personId) || await people.FindAsync(personId, cancellation) is null))
            return Problems.Invalid("owner", "This is a person's id, each or everyone.");
        var (budget, problem) = BudgetView.Read(request, request.Owner.ToLowerInvariant(), Budget.ByAdmin, clock.GetUtcNow());
        if (problem is not null)
            return problem;
        var stored = await budgets.ChangeAsync(unit => Budget.Store(unit, budget!)!, cancellation);
        return TypedResults.Ok((await book.ReadAsync([stored], null, cancellation))[0]);
    }
}
