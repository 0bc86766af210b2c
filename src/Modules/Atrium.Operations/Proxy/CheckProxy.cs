using Atrium.Platform.Configuration;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Operations.Proxy;

/// <summary>Tells an operator what of this very request the server saw, and what the proxy in front should do otherwise.</summary>
internal static class CheckProxy
{
    /// <param name="Verdict">good or bad.</param>
    public sealed record Finding(string Code, string Verdict, string Words);

    /// <param name="Scheme">After trusted forwarded headers were read.</param>
    /// <param name="Address">The network address that limits and sessions would count.</param>
    public sealed record Response(string PublicUrl, string Scheme, string Host, string Address, IReadOnlyList<Finding> Findings);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/admin/proxy-check", Handle).WithName("CheckProxy").WithSummary("What the server sees through the proxy in front").WithTags("operations")
            .RequireAuthorization(Policies.Developer).WithLimit(LimitClass.Default);
        routes.MapPost("/api/admin/proxy-check", () => TypedResults.NoContent()).WithName("CheckProxyOrigin").WithSummary("Passes when the browser's Origin is the public address").WithTags("operations")
            .RequireAuthorization(Policies.Developer).WithLimit(LimitClass.Default);
    }

    private static Ok<Response> Handle(HttpContext context, HouseSettings settings)
    {
        var request = context.Request;
        return TypedResults.Ok(new Response(
            settings.PublicUrl.GetLeftPart(UriPartial.Authority), request.Scheme, request.Host.Value ?? "", context.Connection.RemoteIpAddress?.ToString() ?? "", [.. Findings(request, settings)]));
    }

    // The middleware takes an X-Forwarded header away when it believed it, and leaves X-Original in its place.
    private static IEnumerable<Finding> Findings(HttpRequest request, HouseSettings settings)
    {
        var forwardsUnbelieved = request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName) || request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedProtoHeaderName);
        var forwardsBelieved = request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName) || request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalProtoHeaderName);
        yield return request.Scheme == settings.PublicUrl.Scheme
            ? new Finding("scheme", "good", $"Requests arrive as {request.Scheme}, as PUBLIC_URL says.")
            : new Finding("scheme", "bad", $"PUBLIC_URL is {settings.PublicUrl.Scheme}, but this request arrived as {request.Scheme}. Let the proxy send X-Forwarded-Proto, and name it in TRUSTED_PROXIES.");
        yield return string.Equals(request.Host.Value, settings.PublicUrl.Authority, StringComparison.OrdinalIgnoreCase)
            ? new Finding("host", "good", "The Host header is the public address.")
            : new Finding("host", "bad", "The Host header is not the public address. Let the proxy pass Host on, or correct PUBLIC_URL.");
        if (forwardsUnbelieved)
            yield return new Finding("forwarded", "bad", "A proxy says who asks (X-Forwarded-For), but it is not named in TRUSTED_PROXIES: everybody counts as one address.");
        else if (forwardsBelieved)
            yield return new Finding("forwarded", "good", "The proxy says who asks, and it is believed.");
        else
            yield return new Finding("forwarded", "good", "No proxy says who asks; the address is the connection's own.");
    }
}
