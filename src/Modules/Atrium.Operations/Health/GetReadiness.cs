using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Operations.Health;

/// <summary>Whether the house can serve: opened, not draining, database answers, disk has room.</summary>
internal static class GetReadiness
{
    private const long LeastFreeBytes = 16 * 1024 * 1024;

    /// <param name="Status">ready, starting, draining or degraded.</param>
    /// <param name="Checks">Each check's name with <c>ok</c> or what is wrong.</param>
    public sealed record Response(string Status, IReadOnlyDictionary<string, string> Checks);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/ready", HandleAsync).WithName("GetReadiness").WithSummary("The house can serve").WithTags("operations").AllowAnonymous().WithLimit(LimitClass.Exempt);

    private static async Task<Results<Ok<Response>, JsonHttpResult<Response>>> HandleAsync(Readiness readiness, Databases databases, HouseSettings settings, CancellationToken cancellation)
    {
        if (!readiness.IsReady)
            return Unavailable(new Response(readiness.Current == Readiness.State.Draining ? "draining" : "starting", new Dictionary<string, string>()));
        var checks = new Dictionary<string, string>
        {
            ["database"] = await databases.IsReachableAsync(cancellation) ? "ok" : "does not answer",
            ["disk"] = new DriveInfo(settings.DataFolder).AvailableFreeSpace >= LeastFreeBytes ? "ok" : "nearly full",
        };
        return checks.Values.All(verdict => verdict == "ok") ? TypedResults.Ok(new Response("ready", checks)) : Unavailable(new Response("degraded", checks));
    }

    private static JsonHttpResult<Response> Unavailable(Response response) => TypedResults.Json(response, JsonDefaults.Options, statusCode: StatusCodes.Status503ServiceUnavailable);
}
