using Atrium.Platform.Security;
using Atrium.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Atrium.Architecture.Tests;

public sealed class EndpointTests(HousePair houses) : IClassFixture<HousePair>
{
    private async Task<IReadOnlyList<RouteEndpoint>> EndpointsAsync()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        RouteEndpoint[] endpoints = [.. house.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
        endpoints.Length.ShouldBeGreaterThan(20);
        return endpoints;
    }

    [Fact]
    public async Task Every_endpoint_says_who_may_call_it()
    {
        foreach (var endpoint in await EndpointsAsync())
            (endpoint.Metadata.GetMetadata<IAuthorizeData>() is { Policy: not null } || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                .ShouldBeTrue($"{endpoint.RoutePattern.RawText} has neither a policy nor AllowAnonymous");
    }

    [Fact]
    public async Task Every_endpoint_counts_against_a_limit_or_is_exempt_by_name()
    {
        foreach (var endpoint in await EndpointsAsync())
            endpoint.Metadata.GetMetadata<LimitMetadata>().ShouldNotBeNull($"{endpoint.RoutePattern.RawText} has no limit");
    }

    [Fact]
    public async Task Every_described_endpoint_has_a_name_a_summary_and_its_module_as_tag()
    {
        foreach (var endpoint in (await EndpointsAsync()).Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }))
        {
            var route = endpoint.RoutePattern.RawText!;
            if (route.StartsWith("/openapi", StringComparison.Ordinal))
                continue;
            endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName.ShouldNotBeNullOrWhiteSpace($"{route} has no name");
            endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary.ShouldNotBeNullOrWhiteSpace($"{route} has no summary");
            (endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags).ShouldNotBeNull($"{route} has no tag");
        }
    }

    [Fact]
    public async Task Every_json_request_type_is_really_validated()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var validation = house.Services.GetRequiredService<IOptions<ValidationOptions>>().Value;
        var found = 0;
        foreach (var endpoint in await EndpointsAsync())
        {
            if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type } accepts || !accepts.ContentTypes.Contains("application/json"))
                continue;
            found++;
            if (type.GetProperties().Any(property => property.GetCustomAttributes(inherit: true).OfType<System.ComponentModel.DataAnnotations.ValidationAttribute>().Any()
                || type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Any(parameter => parameter.GetCustomAttributes(inherit: true).OfType<System.ComponentModel.DataAnnotations.ValidationAttribute>().Any())))
                validation.TryGetValidatableTypeInfo(type, out _).ShouldBeTrue($"{type} of {endpoint.RoutePattern.RawText} is not validated: make it public and nested, and call AddValidation in its module");
        }
        found.ShouldBeGreaterThan(5);
    }
}
