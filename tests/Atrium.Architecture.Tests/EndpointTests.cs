using Atrium.Platform.Security;
using Atrium.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
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
    public async Task Every_endpoint_says_who_may_call_it_what_it_counts_against_and_what_it_is()
    {
        foreach (var endpoint in await EndpointsAsync())
            FaultsOf(endpoint).ShouldBeEmpty();
    }

    [Fact]
    public void An_endpoint_that_says_nothing_of_itself_is_found_and_one_without_a_policy_too()
    {
        var silent = new RouteEndpointBuilder(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/silent"), order: 0);
        FaultsOf((RouteEndpoint)silent.Build()).Count.ShouldBe(5);

        foreach (var said in new object[] { new LimitMetadata(LimitClass.Default), new EndpointNameMetadata("Silent"), new EndpointSummaryAttribute("Says nothing"), new TagsAttribute("accounts") })
            silent.Metadata.Add(said);
        FaultsOf((RouteEndpoint)silent.Build()).ShouldBe(["/api/silent has neither a policy nor AllowAnonymous"]);

        silent.Metadata.Add(new AuthorizeAttribute());
        FaultsOf((RouteEndpoint)silent.Build()).ShouldBe(["/api/silent has neither a policy nor AllowAnonymous"]);
        silent.Metadata.Add(new AuthorizeAttribute(Policies.SignedIn));
        FaultsOf((RouteEndpoint)silent.Build()).ShouldBeEmpty();
    }

    /// <summary>What an endpoint does not say of itself and must.</summary>
    private static IReadOnlyList<string> FaultsOf(RouteEndpoint endpoint)
    {
        var route = endpoint.RoutePattern.RawText!;
        var said = endpoint.Metadata;
        var faults = new List<string>();
        if (!said.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is not null) && said.GetMetadata<IAllowAnonymous>() is null)
            faults.Add($"{route} has neither a policy nor AllowAnonymous");
        if (said.GetMetadata<LimitMetadata>() is null)
            faults.Add($"{route} has no limit");
        if (said.GetMetadata<IExcludeFromDescriptionMetadata>() is { ExcludeFromDescription: true } || route.StartsWith("/openapi", StringComparison.Ordinal))
            return faults;
        if (string.IsNullOrWhiteSpace(said.GetMetadata<IEndpointNameMetadata>()?.EndpointName))
            faults.Add($"{route} has no name");
        if (string.IsNullOrWhiteSpace(said.GetMetadata<IEndpointSummaryMetadata>()?.Summary))
            faults.Add($"{route} has no summary");
        if (said.GetMetadata<ITagsMetadata>()?.Tags is null)
            faults.Add($"{route} has no tag");
        return faults;
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
