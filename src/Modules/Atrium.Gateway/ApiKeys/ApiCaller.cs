using System.Reflection;
using System.Security.Claims;
using Atrium.Contracts.Accounts;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.ApiKeys;

/// <summary>The program that calls: its key, what that allows, and whose it is.</summary>
internal sealed record ApiCaller(ApiKey Key, ApiKeyScope Scope, Person Person)
{
    /// <summary>Binds the parameter of an endpoint behind the API key policy.</summary>
    public static ValueTask<ApiCaller> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("This endpoint takes a program's key but lets others in."));

    // Without a session's claim: a key is never taken for a signed-in person.
    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [new Claim("api-key", Key.Id.ToString()), new Claim(OpenRequests.EndsWithClaim, Key.Id.ToString()), new Claim(OpenRequests.EndsWithClaim, Person.Id.ToString())], scheme));
}
