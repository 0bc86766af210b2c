using System.Text.Json;
using Atrium.Platform.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Atrium.Platform.Http;

/// <summary>Turns what slices throw into problem details: known causes with their own status, everything else a 500 that says nothing of the inside.</summary>
internal sealed partial class ProblemWriter(IProblemDetailsService problems, ILogger<ProblemWriter> logger) : IExceptionHandler
{
    public const int RetryAfterSeconds = 2;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var details = LacksForm(httpContext, exception) ? Problems.Details(415, "unsupported-media-type", "The body must be a form.") : Explain(exception);
        if (details.Status >= 500)
            LogFailure(exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName, details.Status.Value);
        if (details.Status == StatusCodes.Status503ServiceUnavailable)
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        httpContext.Response.StatusCode = details.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = details, Exception = exception });
    }

    private static ProblemDetails Explain(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.Details(413, "too-large", "This is larger than the house accepts."),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problems.Details(415, "unsupported-media-type", "The body must be JSON."),
        BadHttpRequestException { InnerException: JsonException json } => InvalidJson(json),
        BadHttpRequestException bad => BadRequest(bad),
        DatabaseUnavailableException => Problems.Details(503, "database-unavailable", "The database does not answer. Nothing was changed; try again in a moment."),
        StorageFullException => Problems.Details(507, "storage-full", "The disk is full. Nothing was changed; reading still works."),
        InvalidDataException => Problems.Details(400, "invalid-body", "The body could not be read."),
        _ => Problems.Details(500, "internal-error", "Something went wrong inside. It has been noted."),
    };

    // An endpoint that takes a form reads it before anything of ours runs, and says only in prose that there is none.
    private static bool LacksForm(HttpContext context, Exception exception) =>
        exception is InvalidOperationException && !context.Request.HasFormContentType
        && context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("multipart/form-data") == true;

    private static HttpValidationProblemDetails InvalidJson(JsonException exception)
    {
        var path = exception.Path is { Length: > 2 } whole && whole.StartsWith("$.", StringComparison.Ordinal) ? whole[2..] : null;
        var missing = MissingFields(exception).Select(name => path is null ? name : $"{path}.{name}").ToList();
        return new HttpValidationProblemDetails((missing.Count > 0 ? missing : [path ?? "body"]).ToDictionary(field => field, _ => new[] { Sentence(exception) }))
        {
            Status = StatusCodes.Status400BadRequest,
            Type = "/problems/validation",
            Title = "Some fields are not right.",
            Extensions = { ["code"] = "validation" },
        };
    }

    private static string Sentence(JsonException exception) =>
        exception.Message.Contains("maximum", StringComparison.OrdinalIgnoreCase) && exception.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) ? "This is nested too deeply."
        : exception.Message.Contains("missing required", StringComparison.OrdinalIgnoreCase) || exception.Message.Contains("required properties", StringComparison.OrdinalIgnoreCase) ? "A required field is missing."
        : exception.Message.Contains("duplicate", StringComparison.OrdinalIgnoreCase) ? "A field is given twice."
        : "This is missing or of the wrong type.";

    // The serializer names what is missing only in prose: ... was missing required properties including: 'text', 'title'.
    private static IEnumerable<string> MissingFields(JsonException exception) =>
        exception.Message.Split("required properties including: ", 2) is [_, var names] ? names.Split('\'').Where((_, index) => index % 2 == 1).Distinct() : [];

    // Minimal API says which parameter failed only in prose: Failed to bind parameter "int limit" from "x". Of a missing body it
    // names the handler's parameter, which is nobody's field.
    private static ProblemDetails BadRequest(BadHttpRequestException exception)
    {
        var quoted = exception.Message.Split('"');
        var isBody = exception.Message.Contains("body", StringComparison.OrdinalIgnoreCase);
        var field = quoted.Length > 1 && !isBody ? quoted[1].Split(' ')[^1] : "body";
        return new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = ["This is missing or of the wrong type."] })
        {
            Status = exception.StatusCode,
            Type = "/problems/validation",
            Title = "Some fields are not right.",
            Extensions = { ["code"] = "validation" },
        };
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Endpoint} failed with {Status}")]
    private partial void LogFailure(Exception exception, string method, string? endpoint, int status);
}
