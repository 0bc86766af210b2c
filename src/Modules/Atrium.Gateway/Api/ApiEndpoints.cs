using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Atrium.Gateway.Api;

/// <summary>Which wire format a program speaks with this house.</summary>
internal enum ApiDialect
{
    OpenAi,
    Anthropic,
}

/// <summary>Endpoint metadata: what it is called in a key's scope, and in whose format it answers.</summary>
internal sealed record ApiEndpoint(string Name, ApiDialect Dialect)
{
    /// <summary>Anthropic's own programs say which version of its format they speak, also where the path is the same for everybody.</summary>
    public static ApiDialect DialectOf(HttpContext context) =>
        context.Request.Headers.ContainsKey("anthropic-version") || context.Request.Path.StartsWithSegments(ApiEndpoints.Root + "/messages") ? ApiDialect.Anthropic
        : context.GetEndpoint()?.Metadata.GetMetadata<ApiEndpoint>()?.Dialect ?? ApiDialect.OpenAi;
}

/// <summary>What the endpoints that programs call have in common.</summary>
internal static class ApiEndpoints
{
    public const string Policy = "api-key";

    public const string Root = "/v1";

    /// <summary>Bytes of one request: room for a few pictures.</summary>
    private const int LargestBody = 32 * 1024 * 1024;

    public static readonly IReadOnlyList<string> Names = ["chat", "embeddings", "images", "messages", "models", "responses"];

    /// <summary>Counted by key where the key is read, therefore exempt from the limits by person and address.</summary>
    public static RouteHandlerBuilder AsApi(this RouteHandlerBuilder endpoint, string name, ApiDialect dialect) =>
        endpoint.WithTags("gateway").WithMetadata(new ApiEndpoint(name, dialect), new RequestSizeLimitAttribute(LargestBody))
            .RequireAuthorization(Policy).WithLimit(LimitClass.Exempt).AddEndpointFilter(ApiFailures.CatchAsync);
}
