using System.Text.Json.Nodes;

namespace Atrium.Simulators.OpenAiChat;

/// <summary>The error bodies of the service.</summary>
internal static class OpenAiErrors
{
    /// <summary>Answers with a fault that is a status and a body.</summary>
    public static Task WriteAsync(HttpContext http, Fault fault, Reply reply, string? about)
    {
        if (reply.RetryAfter is { } wait)
            http.Response.Headers[reply.RetryAfterHeader] = wait;
        var (status, type, code, message) = Describe(fault, about);
        return WriteAsync(http, status, message, type, code, parameter: null);
    }

    public static Task WriteAsync(HttpContext http, int status, string message, string type, string? code, string? parameter)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Body(message, type, code, parameter).ToJsonString(), http.RequestAborted);
    }

    public static JsonObject Body(string message, string type, string? code, string? parameter = null) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = parameter, ["code"] = code },
    };

    private static (int Status, string Type, string? Code, string Message) Describe(Fault fault, string? about) => fault switch
    {
        // A careless service repeats the key it refuses; nothing of ours may pass it on.
        Fault.KeyRefused => (401, "invalid_request_error", "invalid_api_key", $"Incorrect API key provided: {about}."),
        Fault.NotAllowed => (403, "invalid_request_error", "unsupported_country_region_territory", "Country, region, or territory not supported"),
        Fault.ModelNotFound => (404, "invalid_request_error", "model_not_found", "The model does not exist or you do not have access to it."),
        Fault.BadRequest => (400, "invalid_request_error", "invalid_value", "Invalid value for a field of the request."),
        Fault.ContextTooLong => (400, "invalid_request_error", "context_length_exceeded", "This model's maximum context length is 128000 tokens."),
        Fault.ContentFiltered => (400, "invalid_request_error", "content_filter", "The prompt was flagged."),
        Fault.RateLimited => (429, "requests", "rate_limit_exceeded", "Rate limit reached for requests."),
        Fault.QuotaExhausted => (429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota, please check your plan and billing details."),
        Fault.Overloaded => (503, "server_error", "server_is_overloaded", "The server is overloaded."),
        _ => (500, "server_error", null, "The server had an error while processing your request."),
    };
}
