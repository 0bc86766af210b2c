using Atrium.Gateway.Ledger;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Costs;

/// <summary>Shows an admin what everybody, or one person, has spent in a range of days.</summary>
internal static class ShowAllCostReport
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs/admin/report", Handle).WithName("ShowAllCostReport").WithSummary("What the house, or one person, has spent, by person and group too").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Results<Ok<CostView.Report>, ProblemHttpResult>> Handle(
        Caller caller, CostReader costs, TimeProvider clock, CancellationToken cancellation, DateOnly? from = null, DateOnly? to = null, Guid? personId = null)
    {
        var (range, problem) = CostRange.Read(from, to, clock.GetUtcNow());
        return problem is not null ? problem : TypedResults.Ok(await costs.ReadAllAsync(caller.PersonId, personId, range!, cancellation));
    }
}
