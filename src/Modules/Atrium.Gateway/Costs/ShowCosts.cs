using System.ComponentModel.DataAnnotations;
using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
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
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Ok<CostReport.Response>> Handle(
        Caller caller, Database database, TimeProvider clock, CancellationToken cancellation, [Range(1, CostReport.LongestDays)] int days = 30) =>
        TypedResults.Ok(await CostReport.ReadAsync(database, caller.PersonId, days, clock.GetUtcNow(), cancellation));
}
