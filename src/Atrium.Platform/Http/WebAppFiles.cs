using System.Security.Cryptography;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
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
    private static readonly string[] OldPages = ["mainapp", "login", "signup", "forgot", "reset", "loading", "offline"];

    public static void UseWebAppFiles(this IApplicationBuilder app)
    {
        var files = app.ApplicationServices.GetService(typeof(IWebHostEnvironment)) is IWebHostEnvironment { WebRootFileProvider: var provider } ? provider : new NullFileProvider();
        var types = new FileExtensionContentTypeProvider { Mappings = { [".webmanifest"] = "application/manifest+json" } };
        app.Use((context, next) => ServeAsync(context, next, files, types));
    }

    /// <summary>The page for every address that is not an API, and redirects of the replaced applications' pages.</summary>
    public static void MapWebApp(this IEndpointRouteBuilder routes, IFileProvider files)
    {
        foreach (var page in OldPages)
        {
            var target = page switch { "login" => "/sign-in", "signup" => "/sign-up", "mainapp" or "loading" => "/", _ => "/" + page };
            routes.MapGet($"/{page}.html", () => Results.Redirect(target, permanent: true)).ExcludeFromDescription().AllowAnonymous().WithLimit(LimitClass.Exempt);
        }
        // What the fallback accepts is said on purpose: an endpoint that takes every content type would win over each JSON endpoint of the
        // same path when a request has no content type or a wrong one, and "not found" would hide the endpoint or the 415.
        routes.MapFallback("{*path:nonfile}", context => WritePageAsync(context, files)).WithMetadata(new AcceptsMetadata(["application/json"], isOptional: true))
            .ExcludeFromDescription().AllowAnonymous().WithLimit(LimitClass.Exempt);
    }

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

    private static async Task WritePageAsync(HttpContext context, IFileProvider files)
    {
        if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/v1") || context.Request.Path.StartsWithSegments("/hubs")
            || files.GetFileInfo("index.html") is not { Exists: true } page)
        {
            await Problems.NotFound().ExecuteAsync(context);
            return;
        }
        await using var stream = page.CreateReadStream();
        using var reader = new StreamReader(stream);
        var html = await reader.ReadToEndAsync(context.RequestAborted);
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy(nonce);
        context.Response.Headers.CacheControl = "no-cache, private";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html.Replace(NoncePlaceholder, nonce, StringComparison.Ordinal), context.RequestAborted);
    }
}
