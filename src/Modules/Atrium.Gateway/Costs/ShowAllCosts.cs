using System.ComponentModel.DataAnnotations;
using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
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
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Ok<CostReport.Response>> Handle(
        Database database, TimeProvider clock, CancellationToken cancellation, [Range(1, CostReport.LongestDays)] int days = 30) =>
        TypedResults.Ok(await CostReport.ReadAsync(database, null, days, clock.GetUtcNow(), cancellation));
}
