using System.Text.Json.Serialization;
using Atrium.Gateway.Budgets;
using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Costs;

/// <summary>Shows what the caller has spent since midnight UTC.</summary>
internal static class ShowToday
{
    /// <param name="Limit">The caller's own budget of a day for every call; null: none is set.</param>
    public sealed record Response(Money Spent, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Money? Limit);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs/today", Handle).WithName("ShowCostsToday").WithSummary("What you have spent today").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Ok<Response>> Handle(Caller caller, Database database, BudgetList budgets, TimeProvider clock, CancellationToken cancellation)
    {
        var midnight = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var spent = await database.ScalarAsync<long>(
            "SELECT CAST(COALESCE(SUM(cost), 0) AS BIGINT) FROM gateway_ledger WHERE person_id = @PersonId AND at >= @midnight", new { caller.PersonId, midnight }, cancellation);
        var own = budgets.OwnedBy(caller.PersonId).FirstOrDefault(budget => budget is { SetBy: Budget.ByPerson, Kind: "all", Period: "day", Unit: "dollars" });
        return TypedResults.Ok(new Response(Money.FromPicodollars(spent), own is null ? null : Money.FromPicodollars(own.Amount)));
    }
}
