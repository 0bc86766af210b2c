using Atrium.Gateway.Ledger;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Costs;

/// <summary>Sends an admin everybody's calls, or one person's, as a table.</summary>
internal static class ExportAllCalls
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs/admin/export", Handle).WithName("ExportAllCalls").WithSummary("The calls of the house, or of one person, as a table").WithTags("gateway")
            .Produces<string>(StatusCodes.Status200OK, Csv.Type)
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Search).ReadingLedger();

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> Handle(
        HttpContext context, CallExport export, TimeProvider clock, CancellationToken cancellation, DateOnly? from = null, DateOnly? to = null, Guid? personId = null)
    {
        var (range, problem) = CostRange.Read(from, to, clock.GetUtcNow());
        if (problem is not null)
            return problem;
        await export.WriteAsync(context, personId, withPeople: true, range!, cancellation);
        return TypedResults.Empty;
    }
}
