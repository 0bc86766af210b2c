using System.ComponentModel.DataAnnotations;
using Atrium.Contracts.Accounts;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Budgets;

/// <summary>Sets a budget for one person, for a group, for each person apart, or for everybody together.</summary>
internal static class SetHouseBudget
{
    public sealed record Request : BudgetView.Terms
    {
        /// <summary>A person's id, group: and a group's id, each or everyone.</summary>
        [StringLength(42)]
        public required string Owner { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(BudgetView.AdminRoute, Handle).WithName("SetHouseBudget").WithSummary("Set a budget for a person, a group, each, or everyone together").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<BudgetView.Item>, ProblemHttpResult>> Handle(
        Request request, HttpContext context, BudgetList budgets, BudgetBook book, IPeople people, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var owner = request.Owner.ToLowerInvariant();
        if (!await IsOwnerAsync(owner, people, cancellation))
            return Problems.Invalid("owner", "This is a person's id, group: and a group's id, each or everyone.");
        if (request.Kind == BudgetKind.HouseKey && owner is not (Budget.Each or Budget.Everyone))
            return Problems.Invalid("owner", "A budget of a key of the house is for each or for everyone.");
        var (budget, problem) = BudgetView.Read(request, owner, Budget.ByAdmin, now);
        if (problem is not null)
            return problem;
        var stored = await budgets.ChangeAsync(unit => Store(unit, budget!, context, now), cancellation);
        return TypedResults.Ok((await book.ReadAsync([stored], null, cancellation))[0]);
    }

    private static async Task<bool> IsOwnerAsync(string owner, IPeople people, CancellationToken cancellation) =>
        owner is Budget.Each or Budget.Everyone
        || (Guid.TryParseExact(owner, "D", out var personId) ? await people.FindAsync(personId, cancellation) is not null
            : (await people.ListGroupsAsync(cancellation)).Any(group => Budget.OwnerOf(group) == owner));

    private static Budget Store(WriteUnit unit, Budget budget, HttpContext context, DateTimeOffset now)
    {
        var stored = Budget.Store(unit, budget)!;
        AuditLog.Append(unit, BudgetAudit.Set(context, stored), now);
        return stored;
    }
}
