using System.Security.Cryptography;
using Atrium.Platform.Configuration;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Atrium.Platform.Http;

/// <summary>
/// Serves the built web app: hashed assets for a year and already compressed (<c>.br</c>, <c>.gz</c> beside the file), everything else fresh,
/// and <c>index.html</c> with a new nonce for every address that is a page.
/// </summary>
public static class WebAppFiles
{
    private const string NoncePlaceholder = "__NONCE__";
    private const string Immutable = "public, max-age=31536000, immutable";
    private static readonly List<PathString> ServedByEndpoints = ["/api", "/v1", "/hubs", "/openapi"];
    private static readonly string[] OldPages = ["mainapp", "login", "signup", "forgot", "reset", "loading", "offline"];

    public static void UseWebAppFiles(this IApplicationBuilder app)
    {
        var files = app.ApplicationServices.GetService(typeof(IWebHostEnvironment)) is IWebHostEnvironment { WebRootFileProvider: var provider } ? provider : new NullFileProvider();
        var types = new FileExtensionContentTypeProvider { Mappings = { [".webmanifest"] = "application/manifest+json" } };
        app.Use((context, next) => ServeAsync(context, next, files, types));
    }

    /// <summary>Redirects of the replaced applications' pages.</summary>
    public static void MapOldPages(this IEndpointRouteBuilder routes)
    {
        foreach (var page in OldPages)
        {
            var target = page switch { "login" => "/sign-in", "signup" => "/sign-up", "mainapp" or "loading" => "/", _ => "/" + page };
            routes.MapGet($"/{page}.html", () => Results.Redirect(target, permanent: true)).ExcludeFromDescription().AllowAnonymous().WithLimit(LimitClass.Exempt);
        }
    }

    /// <summary>
    /// Answers what no endpoint claims: a page for an address of the web app, else "not found", or what routing made of a wrong method or
    /// content type. It is a step behind routing and not a fallback endpoint, because an endpoint that matches every path would hide 405 and 415.
    /// </summary>
    internal static Task ServePageAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is RouteEndpoint)
            return next(context);
        if (IsPage(context.Request) && context.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider.GetFileInfo("index.html") is { Exists: true } page)
            return WritePageAsync(context, page);
        return endpoint?.RequestDelegate is { } refuse ? refuse(context) : Problems.NotFound().ExecuteAsync(context);
    }

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !ServedByEndpoints.Exists(prefix => request.Path.StartsWithSegments(prefix))
        && !Path.GetFileName(request.Path.Value.AsSpan()).Contains('.');

    private static async Task ServeAsync(HttpContext context, RequestDelegate next, IFileProvider files, FileExtensionContentTypeProvider types)
    {
        var path = context.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) || path.EndsWith(".html", StringComparison.Ordinal)
            || !types.TryGetContentType(path, out var type) || files.GetFileInfo(path) is not { Exists: true, IsDirectory: false } file)
        {
            await next(context);
            return;
        }
        var headers = context.Response.Headers;
        headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? Immutable : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (path == "/service-worker.js")
            headers.ContentSecurityPolicy = SecurityHeaders.WorkerPolicy;
        var tag = new EntityTagHeaderValue($"\"{file.LastModified.UtcTicks:x}-{file.Length:x}\"");
        headers.ETag = tag.ToString();
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;
        var (body, encoding) = Compressed(context.Request, files, path) ?? (file, null);
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        context.Response.ContentLength = body.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await context.Response.SendFileAsync(body, context.RequestAborted);
    }

    private static (IFileInfo File, string? Encoding)? Compressed(HttpRequest request, IFileProvider files, string path)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, suffix) in (ReadOnlySpan<(string, string)>)[("br", ".br"), ("gzip", ".gz")])
        {
            if (accepted.Any(accept => accept.Value == encoding && accept.Quality is not 0) && files.GetFileInfo(path + suffix) is { Exists: true } file)
                return (file, encoding);
        }
        return null;
    }

    private static async Task WritePageAsync(HttpContext context, IFileInfo page)
    {
        await using var stream = page.CreateReadStream();
        using var reader = new StreamReader(stream);
        var html = await reader.ReadToEndAsync(context.RequestAborted);
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy(nonce, context.RequestServices.GetRequiredService<HouseSettings>().OllamaBrowserOrigins);
        context.Response.Headers.CacheControl = "no-cache, private";
        context.Response.ContentType = "text/html; charset=utf-8";
        if (HttpMethods.IsGet(context.Request.Method))
            await context.Response.WriteAsync(html.Replace(NoncePlaceholder, nonce, StringComparison.Ordinal), context.RequestAborted);
    }
}
