using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Budgets;

/// <summary>Lists every budget an admin has set.</summary>
internal static class ListAllBudgets
{
    private const int Most = 1_000;

    public sealed record Response(IReadOnlyList<BudgetView.Item> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(BudgetView.AdminRoute, Handle).WithName("ListAllBudgets").WithSummary("The budgets of the house").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Ok<Response>> Handle(Database database, BudgetBook book, CancellationToken cancellation)
    {
        var budgets = await database.QueryAsync<Budget>(
            $"SELECT {Budget.Columns} FROM gateway_budgets WHERE set_by = '{Budget.ByAdmin}' ORDER BY created_at, id LIMIT {Most}", null, cancellation);
        return TypedResults.Ok(new Response(await book.ReadAsync(budgets, null, cancellation)));
    }
}
