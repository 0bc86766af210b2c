using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Fallbacks;

/// <summary>Shows who answers the caller when the chosen provider does not.</summary>
internal static class ShowFallbacks
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(FallbackView.Route, Handle).WithName("ShowFallbacks").WithSummary("Who answers you when the chosen provider does not").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Ok<FallbackView.Response>> Handle(Caller caller, Database database, CancellationToken cancellation) =>
        TypedResults.Ok(FallbackView.Of(await Fallback.ListAsync(database, caller.PersonId, cancellation)));
}
