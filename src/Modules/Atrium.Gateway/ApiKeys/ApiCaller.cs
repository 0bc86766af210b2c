using System.Reflection;
using Atrium.Contracts.Accounts;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.ApiKeys;

/// <summary>The program that calls: its key, what that allows, and whose it is.</summary>
internal sealed record ApiCaller(ApiKey Key, ApiKeyScope Scope, Person Person)
{
    /// <summary>Binds the parameter of an endpoint behind the API key policy.</summary>
    public static ValueTask<ApiCaller> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("This endpoint takes a program's key but lets others in."));
}
