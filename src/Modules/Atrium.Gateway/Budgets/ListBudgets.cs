using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Budgets;

/// <summary>Lists the budgets that bound the caller: the caller's own, and those an admin has set for the caller, for each, or for a group of the caller's.</summary>
internal static class ListBudgets
{
    public sealed record Response(IReadOnlyList<BudgetView.Item> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(BudgetView.Route, Handle).WithName("ListBudgets").WithSummary("The budgets that bound you, and what is spent of them").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Ok<Response>> Handle(Caller caller, Database database, BudgetList list, BudgetBook book, CancellationToken cancellation)
    {
        // What everybody together spends is the admin's to see.
        var budgets = await database.QueryAsync<Budget>(
            $"SELECT {Budget.Columns} FROM gateway_budgets WHERE owner IN (@Person, '{Budget.Each}') ORDER BY created_at, id", new { Person = caller.PersonId.ToString() }, cancellation);
        IReadOnlyList<Budget> all = [.. budgets, .. await list.FindOfGroupsAsync(caller.PersonId, cancellation)];
        return TypedResults.Ok(new Response(await book.ReadAsync(all, caller.PersonId, cancellation)));
    }
}
