using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Costs;

/// <summary>Shows what the caller has spent.</summary>
internal static class ShowCosts
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs", Handle).WithName("ShowCosts").WithSummary("What you have spent, by model and by day").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<CostReport.Response>, ProblemHttpResult>> Handle(
        Caller caller, Database database, TimeProvider clock, CancellationToken cancellation, int days = 30) =>
        days is < 1 or > CostReport.LongestDays
            ? Problems.Invalid("days", $"This must be a whole number from 1 to {CostReport.LongestDays}.")
            : TypedResults.Ok(await CostReport.ReadAsync(database, caller.PersonId, days, clock.GetUtcNow(), cancellation));
}
