using Atrium.Gateway.Api;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.ApiKeys;

/// <summary>Why a key is not accepted. Unknown and revoked ones hear the same.</summary>
internal static class ApiKeyRefusals
{
    public static readonly ApiFailure Missing =
        new(StatusCodes.Status401Unauthorized, "invalid_api_key", "No API key was given. Send one of this house in the header Authorization: Bearer, or x-api-key.");

    public static readonly ApiFailure Unknown = new(StatusCodes.Status401Unauthorized, "invalid_api_key", "This API key is not known here, or was revoked.");

    public static readonly ApiFailure Expired = new(StatusCodes.Status401Unauthorized, "expired_api_key", "This API key has expired.");

    public static readonly ApiFailure Ambiguous = new(StatusCodes.Status401Unauthorized, "invalid_api_key", "Two different API keys were given. Send one.");

    public static readonly ApiFailure InAddress =
        new(StatusCodes.Status400BadRequest, "key_in_address", "An API key in an address is kept by proxies and histories. Send it in a header, and replace this one.");

    public static readonly ApiFailure Address = new(StatusCodes.Status403Forbidden, "address_not_allowed", "This API key may not be used from this network address.");

    public static readonly ApiFailure Endpoint = new(StatusCodes.Status403Forbidden, "endpoint_not_allowed", "This API key may not be used for this.");

    public static ApiFailure TooMany(TimeSpan wait) =>
        new(StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", "Too many requests. Slow down.") { RetryAfter = wait, MayPass = true };
}
