using Atrium.Gateway.Ledger;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Costs;

/// <summary>Sends the caller's calls as a table.</summary>
internal static class ExportCalls
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs/export", Handle).WithName("ExportCalls").WithSummary("Your calls to models as a table").WithTags("gateway")
            .Produces<string>(StatusCodes.Status200OK, Csv.Type)
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Search).ReadingLedger();

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> Handle(
        Caller caller, HttpContext context, CallExport export, TimeProvider clock, CancellationToken cancellation, DateOnly? from = null, DateOnly? to = null)
    {
        var (range, problem) = CostRange.Read(from, to, clock.GetUtcNow());
        if (problem is not null)
            return problem;
        await export.WriteAsync(context, caller.PersonId, withPeople: false, range!, cancellation);
        return TypedResults.Empty;
    }
}
