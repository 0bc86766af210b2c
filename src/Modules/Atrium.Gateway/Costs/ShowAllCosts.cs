using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Costs;

/// <summary>Shows an admin what everybody together has spent.</summary>
internal static class ShowAllCosts
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs/admin/all", Handle).WithName("ShowAllCosts").WithSummary("What the house has spent, by model and by day").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<CostReport.Response>, ProblemHttpResult>> Handle(Database database, TimeProvider clock, CancellationToken cancellation, int days = 30) =>
        days is < 1 or > CostReport.LongestDays
            ? Problems.Invalid("days", $"This must be a whole number from 1 to {CostReport.LongestDays}.")
            : TypedResults.Ok(await CostReport.ReadAsync(database, null, days, clock.GetUtcNow(), cancellation));
}
