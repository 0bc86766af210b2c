using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.Api;

/// <summary>Why a program gets no answer, in the terms of both formats.</summary>
/// <param name="Code">OpenAI's, or one of this house.</param>
/// <param name="Parameter">The field at fault, as in the program's JSON.</param>
internal sealed record ApiFailure(int Status, string Code, string Message, string? Parameter = null)
{
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>False: sending it again changes nothing, whatever the status says.</summary>
    public bool MayPass { get; init; }

    private string OpenAiType => Status switch
    {
        _ when Code is "insufficient_quota" => "insufficient_quota",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        StatusCodes.Status403Forbidden => "permission_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };

    private string AnthropicType => Status switch
    {
        _ when Code is "insufficient_quota" => "billing_error",
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status404NotFound => "not_found_error",
        StatusCodes.Status413PayloadTooLarge => "request_too_large",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        StatusCodes.Status503ServiceUnavailable => "overloaded_error",
        StatusCodes.Status504GatewayTimeout => "timeout_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };

    public void Write(Utf8JsonWriter json, ApiDialect dialect)
    {
        json.WriteStartObject();
        if (dialect == ApiDialect.Anthropic)
            json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", dialect == ApiDialect.Anthropic ? AnthropicType : OpenAiType);
        json.WriteString("message", Message);
        if (dialect == ApiDialect.OpenAi)
        {
            json.WriteString("param", Parameter);
            json.WriteString("code", Code);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public async Task WriteAsync(HttpContext context)
    {
        var dialect = ApiEndpoint.DialectOf(context);
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        // Both formats' own programs look for this before they send a refused request again.
        if (!MayPass)
            response.Headers["x-should-retry"] = "false";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        Write(json, dialect);
    }
}
