using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Atrium.Platform.Security;

/// <summary>
/// Refuses state changes that a browser sends from another site. What carries a Bearer header cannot be forged by a page and passes.
/// </summary>
internal sealed class OriginCheck(HouseSettings settings)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsSafe(context.Request) || IsOwn(context.Request))
            await next(context);
        else
            await Problems.Forbidden("cross-site", "This request came from another site and was refused.").ExecuteAsync(context);
    }

    private static bool IsSafe(HttpRequest request) =>
        request.Headers.Authorization.Count > 0
        // Programs come with a key of their own; nothing there looks at a cookie.
        || request.Path.StartsWithSegments("/v1")
        || (!IsUpgrade(request) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)));

    // A socket is opened by a GET and then changes things; browsers let any page open one, and always say which.
    private static bool IsUpgrade(HttpRequest request) => request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);

    private bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0)
            return IsOwnOrigin(origin);
        // Programs send neither header; browsers send Sec-Fetch-Site with every request.
        return !IsUpgrade(request) && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    /// <summary>The public address; on a loopback address also its other spellings.</summary>
    private bool IsOwnOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme == settings.PublicUrl.Scheme
        && (uri.Authority == settings.PublicUrl.Authority || (settings.PublicUrl.IsLoopback && uri.IsLoopback && uri.Port == settings.PublicUrl.Port));
}
