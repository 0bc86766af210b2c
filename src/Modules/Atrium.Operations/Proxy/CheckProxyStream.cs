using System.Globalization;
using System.Net.WebSockets;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Operations.Proxy;

/// <summary>Two ways that proxies break: a stream they hold back, and an upgrade they do not pass on. The page measures both.</summary>
internal static class CheckProxyStream
{
    private const int Events = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/admin/proxy-check/stream", StreamAsync).WithName("CheckProxyStream").WithSummary("Five events, 300 ms apart, which must not arrive together").WithTags("operations")
            .RequireAuthorization(Policies.Developer).WithLimit(LimitClass.Default);
        routes.MapGet("/api/admin/proxy-check/socket", SocketAsync).WithName("CheckProxySocket").WithSummary("A WebSocket that opens and closes").WithTags("operations")
            .RequireAuthorization(Policies.Developer).WithLimit(LimitClass.Default);
    }

    private static async Task<EmptyHttpResult> StreamAsync(HttpContext context, TimeProvider clock, CancellationToken cancellation)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        for (var number = 1; number <= Events; number++)
        {
            if (number > 1)
                await Task.Delay(Pause, clock, cancellation);
            await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"data: {number}\n\n"), cancellation);
            await context.Response.Body.FlushAsync(cancellation);
        }
        return TypedResults.Empty;
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> SocketAsync(HttpContext context, CancellationToken cancellation)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return Problems.Of(StatusCodes.Status426UpgradeRequired, "upgrade-missing", "This is a WebSocket. A proxy that does not pass Upgrade on makes this answer.");
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "ok", cancellation);
        }
        catch (WebSocketException)
        {
            // The page left without saying goodbye; it has seen what it came for.
        }
        return TypedResults.Empty;
    }
}
