using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Operations.Health;

/// <summary>The process lives. Nothing else is asked.</summary>
internal static class GetLiveness
{
    public sealed record Response(string Status);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", Handle).WithName("GetLiveness").WithSummary("The process lives").WithTags("operations").AllowAnonymous().WithLimit(LimitClass.Exempt);

    private static Ok<Response> Handle() => TypedResults.Ok(new Response("alive"));
}
