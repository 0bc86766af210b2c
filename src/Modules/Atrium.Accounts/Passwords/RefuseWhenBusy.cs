using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.Passwords;

/// <summary>Answers 429 where the hashing queue is full.</summary>
internal sealed class RefuseWhenBusy : IEndpointFilter
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (HashingBusyException)
        {
            context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Problems.Of(StatusCodes.Status429TooManyRequests, "sign-in-busy", $"Many people are signing in. Try again in {RetryAfterSeconds} s.");
        }
    }
}
