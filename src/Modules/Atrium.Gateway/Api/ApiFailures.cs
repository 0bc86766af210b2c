using System.Text.Json;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Api;

/// <summary>A request that cannot be answered, thrown where it is found.</summary>
internal sealed class ApiException(ApiFailure failure) : Exception(failure.Message)
{
    public ApiFailure Failure { get; } = failure;

    /// <param name="field">As in the program's JSON.</param>
    public static ApiException Invalid(string field, string message) => new(new ApiFailure(StatusCodes.Status400BadRequest, "invalid_request", message, field));
}

/// <summary>Puts every failure behind an API endpoint into the program's own format.</summary>
internal static partial class ApiFailures
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    /// <summary>Endpoint filter. Once an answer has begun, its writer reports what breaks.</summary>
    public static async ValueTask<object?> CatchAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        try
        {
            return await next(invocation);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var failure = Explain(exception);
            if (failure.Status == StatusCodes.Status500InternalServerError)
                LogFailure(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiFailures)), exception, context.GetEndpoint()?.DisplayName);
            await failure.WriteAsync(context);
            return null;
        }
    }

    public static ApiFailure Explain(Exception exception) => exception switch
    {
        ApiException api => api.Failure,
        ChatFailedException failed => Of(failed.Failure, failed.InnerException as ProviderException),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(StatusCodes.Status413PayloadTooLarge, "request_too_large", "This is larger than the house accepts."),
        BadHttpRequestException bad => new(bad.StatusCode, "invalid_request", "The request could not be understood."),
        JsonException => new(StatusCodes.Status400BadRequest, "invalid_json", "The body is not valid JSON."),
        DatabaseUnavailableException => new(StatusCodes.Status503ServiceUnavailable, "database_unavailable", "The database does not answer. Try again in a moment.") { RetryAfter = Moment, MayPass = true },
        StorageFullException => new(StatusCodes.Status503ServiceUnavailable, "storage_full", "The disk is full."),
        _ => new(StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong inside. It has been noted."),
    };

    private static ApiFailure Of(ChatFailure failure, ProviderException? cause)
    {
        var (status, code, mayPass) = failure.Code switch
        {
            "budget-reached" or "quota-exhausted" => (StatusCodes.Status429TooManyRequests, "insufficient_quota", false),
            "limit-reached" or "rate-limited" or "provider-paused" => (StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", true),
            "messages-reached" => (StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", false),
            "model-not-found" or "model-retired" or "model-missing" => (StatusCodes.Status404NotFound, "model_not_found", false),
            "context-too-long" or "prompt-too-long" => (StatusCodes.Status400BadRequest, "context_length_exceeded", false),
            "content-filtered" => (StatusCodes.Status400BadRequest, "content_filter", false),
            "unsupported" or "request-refused" or "browser-only" => (StatusCodes.Status400BadRequest, failure.Code, false),
            // The program's key is good: what is wrong is the key behind it, which its owner must see to.
            "key-refused" or "key-not-allowed" or "key-missing" or "key-unreadable" or "not-configured" or "provider-not-usable" or "address-refused" or "model-not-allowed" or "price-unknown" =>
                (StatusCodes.Status403Forbidden, failure.Code, false),
            "timed-out" => (StatusCodes.Status504GatewayTimeout, failure.Code, false),
            "provider-unavailable" or "provider-unreachable" => (StatusCodes.Status503ServiceUnavailable, failure.Code, true),
            _ => (StatusCodes.Status502BadGateway, failure.Code, false),
        };
        return new ApiFailure(status, code, WordsOf(failure, cause), cause?.Field) { RetryAfter = cause?.RetryAfter, MayPass = mayPass };
    }

    /// <summary>Nothing of a program's question is kept here, and it can use the provider's own words.</summary>
    private static string WordsOf(ChatFailure failure, ProviderException? cause)
    {
        var title = failure.Title.Replace(" Your question is kept.", "", StringComparison.Ordinal).Replace(" It is kept.", "", StringComparison.Ordinal);
        if (cause?.Kind is ProviderErrorKind.Unsupported)
            return cause.Message;
        return cause?.ProviderMessage is { Length: > 0 } words ? $"{title} The provider says: {words}" : title;
    }

    [LoggerMessage(LogLevel.Error, "{Endpoint} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string? endpoint);
}
