using System.Net;
using System.Text;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Atrium.Operations.Health;

/// <summary>A plain reader of the OpenAPI document: no script, no outside resource, so it works under the strictest policy and in any browser.</summary>
internal static class ReadDocs
{
    private const string Style = "body{font:15px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#24211b;background:#fcfbf9}code{font-family:ui-monospace,monospace}h2{margin-top:2.5rem;border-bottom:1px solid #e2dfd9}b{display:inline-block;min-width:4.5rem;color:#1d6a5a}li{margin:.35rem 0}small{color:#68655d}@media(prefers-color-scheme:dark){body{color:#ece8e2;background:#1e1b17}h2{border-color:#35302a}b{color:#89d4c0}small{color:#a19b92}a{color:#89d4c0}}";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/docs", HandleAsync).WithName("ReadDocs").WithSummary("This page").WithTags("operations").ExcludeFromDescription().AllowAnonymous().WithLimit(LimitClass.Exempt);

    private static async Task HandleAsync(HttpContext context, CancellationToken cancellation)
    {
        var document = await context.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync(cancellation);
        var digest = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Style)));
        context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(Page(document), cancellation);
    }

    private static string Page(OpenApiDocument document)
    {
        var html = new StringBuilder($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Atrium API</title><style>{Style}</style></head><body><h1>Atrium API</h1><p>The machine-readable document is <a href=\"/openapi/v1.json\">/openapi/v1.json</a> (OpenAPI 3.1). Errors are RFC 9457 problem details with a stable <code>code</code>.</p>");
        var operations = document.Paths.SelectMany(path => (path.Value.Operations ?? []).Select(operation => (Path: path.Key, Method: operation.Key.Method, Operation: operation.Value)));
        foreach (var group in operations.GroupBy(operation => operation.Operation.Tags?.FirstOrDefault()?.Name ?? "other").OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            html.Append("<h2>").Append(Encode(group.Key)).Append("</h2><ul>");
            foreach (var (path, method, operation) in group)
                html.Append("<li><b>").Append(Encode(method)).Append("</b><code>").Append(Encode(path)).Append("</code> ").Append(Encode(operation.Summary)).Append(Body(operation)).Append("</li>");
            html.Append("</ul>");
        }
        return html.Append("</body></html>").ToString();
    }

    private static string Body(OpenApiOperation operation)
    {
        var schema = operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema;
        var fields = schema?.Properties?.Keys;
        return fields is { Count: > 0 } ? $"<br><small>{Encode(string.Join(", ", fields.Select(field => schema!.Required?.Contains(field) == true ? field : field + "?")))}</small>" : "";
    }

    private static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");
}
