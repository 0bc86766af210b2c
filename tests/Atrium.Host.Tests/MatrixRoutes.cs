using System.Text.RegularExpressions;
using Atrium.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Host.Tests;

/// <summary>One way to ask the house: a route of its endpoint table with one of its methods.</summary>
/// <param name="Policy">Null when strangers may ask.</param>
/// <param name="TakesForm">True when it reads a multipart form instead of JSON.</param>
internal sealed partial record MatrixRoute(string Method, string Pattern, IReadOnlyList<string> Parameters, string? Policy, bool TakesForm)
{
    /// <summary>Something for every parameter, that is nobody's.</summary>
    public static IReadOnlyDictionary<string, string> AnyValues { get; } = new Dictionary<string, string>
    {
        ["id"] = "018f0000-0000-7000-8000-000000000000",
        ["messageId"] = "018f0000-0000-7000-8000-000000000001",
        ["personId"] = "018f0000-0000-7000-8000-000000000002",
        ["documentName"] = "v1",
        ["use"] = "diszi",
    };

    public override string ToString() => $"{Method} {Pattern}";

    /// <summary>The route table of the running house, so that nothing has to be listed and nothing can be forgotten.</summary>
    public static IReadOnlyList<MatrixRoute> All(TestHouse house)
    {
        var endpoints = house.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        MatrixRoute[] routes =
        [
            .. from endpoint in endpoints
               from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
               select new MatrixRoute(
                   method,
                   "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
                   [.. endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name)],
                   PolicyOf(endpoint),
                   endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("multipart/form-data") == true),
        ];
        routes.Length.ShouldBeGreaterThan(40);
        return routes;
    }

    /// <summary>The address with its parameters filled in.</summary>
    public string Address(IReadOnlyDictionary<string, string> values) => Parameter().Replace(Pattern, match => values[match.Groups[1].Value]);

    private static string? PolicyOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? null
            : endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? throw new InvalidOperationException($"{endpoint.RoutePattern.RawText} declares no policy.");

    [GeneratedRegex(@"\{\**(\w+)(?::\w+)?\}")]
    private static partial Regex Parameter();
}
