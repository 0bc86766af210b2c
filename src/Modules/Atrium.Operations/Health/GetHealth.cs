using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Operations.Health;

/// <summary>The health answer that the replaced applications' proxies and deploy scripts know.</summary>
internal static class GetHealth
{
    /// <param name="Status">healthy or unhealthy.</param>
    /// <param name="Database">connected or disconnected.</param>
    public sealed record Response(string Status, string Database);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/health", HandleAsync).WithName("GetHealth").WithSummary("Healthy or not, and the database").WithTags("operations").AllowAnonymous().WithLimit(LimitClass.Exempt);

    private static async Task<Results<Ok<Response>, JsonHttpResult<Response>>> HandleAsync(Databases databases, CancellationToken cancellation) =>
        await databases.IsReachableAsync(cancellation)
            ? TypedResults.Ok(new Response("healthy", "connected"))
            : TypedResults.Json(new Response("unhealthy", "disconnected"), JsonDefaults.Options, statusCode: StatusCodes.Status503ServiceUnavailable);
}
