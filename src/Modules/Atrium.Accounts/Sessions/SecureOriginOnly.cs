using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.Sessions;

/// <summary>Refuses sign-in where a password or cookie would cross a network in the clear, unless the operator allows it.</summary>
internal sealed class SecureOriginOnly(SessionCookies cookies) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        cookies.RefusesSignIn
            ? Problems.Forbidden(
                "insecure-origin",
                "This address is plain http, so anybody on the network could read your password. Put the house behind https, or let its operator set ALLOW_INSECURE_HTTP.")
            : await next(context);
}
