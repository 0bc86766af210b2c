using Atrium.Gateway.Ledger;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Costs;

/// <summary>Shows what the caller has spent in a range of days, by everything one may ask for.</summary>
internal static class ShowCostReport
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs/report", Handle).WithName("ShowCostReport").WithSummary("What you have spent, by day, model, module, feature, key and conversation").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Results<Ok<CostView.Report>, ProblemHttpResult>> Handle(
        Caller caller, CostReader costs, TimeProvider clock, CancellationToken cancellation, DateOnly? from = null, DateOnly? to = null)
    {
        var (range, problem) = CostRange.Read(from, to, clock.GetUtcNow());
        return problem is not null ? problem : TypedResults.Ok(await costs.ReadAsync(caller.PersonId, caller.PersonId, range!, cancellation));
    }
}
