using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Atrium.Platform.Security;

/// <summary>Who asks. Endpoints that require sign-in take it as a parameter; it comes from the checked session, never from the request's own words.</summary>
public sealed record Caller(Guid PersonId, Guid SessionId, string Username, string Role)
{
    public const string SessionClaim = "sid";

    /// <summary>Binds the parameter of an endpoint. Only endpoints behind <see cref="Policies.SignedIn"/> or stricter may have one.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(From(context.User) ?? throw new InvalidOperationException("This endpoint takes a caller but lets strangers in."));

    /// <returns>Null for a stranger.</returns>
    public static Caller? From(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true
        && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var person)
        && Guid.TryParse(user.FindFirstValue(SessionClaim), out var session)
            ? new Caller(person, session, user.Identity.Name ?? "", user.FindFirstValue(ClaimTypes.Role) ?? "guest")
            : null;

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, PersonId.ToString()),
            new Claim(SessionClaim, SessionId.ToString()),
            new Claim(ClaimTypes.Name, Username),
            new Claim(ClaimTypes.Role, Role),
        ],
        scheme));
}
