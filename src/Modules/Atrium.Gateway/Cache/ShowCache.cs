using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Cache;

/// <summary>Shows what the caller's cache is set to, and what it has spared.</summary>
internal static class ShowCache
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(CacheView.Route, Handle).WithName("ShowCache").WithSummary("Whether answers to your programs are kept, and what that spared").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Ok<CacheView.Response>> Handle(Caller caller, AnswerCache cache, Database database, TimeProvider clock, CancellationToken cancellation) =>
        TypedResults.Ok(await CacheView.ReadAsync(caller.PersonId, cache, database, clock.GetUtcNow(), cancellation));
}
