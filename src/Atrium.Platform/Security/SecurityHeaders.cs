using Atrium.Platform.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Atrium.Platform.Security;

/// <summary>Headers on every answer, and the Content-Security-Policy of the web app's page.</summary>
internal sealed class SecurityHeaders(HouseSettings settings)
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    /// <summary>The service worker's own: it may ask this house for the files it keeps, nothing else.</summary>
    public const string WorkerPolicy = "default-src 'none'; connect-src 'self'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private const string Permissions = "camera=(), geolocation=(), microphone=(self), payment=(), usb=(), local-network-access=(self), local-network=(self), loopback-network=(self)";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // As the answer starts: what handles an exception clears all headers that were set before.
        context.Response.OnStarting(
            () =>
            {
                Add(context);
                return Task.CompletedTask;
            });
        return next(context);
    }

    /// <summary>Leaves what the endpoint has said itself.</summary>
    private void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", Permissions);
        headers.TryAdd(HeaderNames.XFrameOptions, "DENY");
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, ApiPolicy);
        if (settings.PublicUrl.Scheme == Uri.UriSchemeHttps)
            headers.TryAdd(HeaderNames.StrictTransportSecurity, "max-age=63072000; includeSubDomains");
        if (context.Request.Path.StartsWithSegments("/api"))
            headers.TryAdd(HeaderNames.CacheControl, "no-store");
    }

    /// <param name="nonce">Base64, new for each page.</param>
    /// <param name="ollamaOrigins">Where the browser may look for an Ollama of its own.</param>
    public static string PagePolicy(string nonce, IReadOnlyList<string> ollamaOrigins) =>
        $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; "
        + $"connect-src 'self' {string.Join(' ', ollamaOrigins)}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
