using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Atrium.Gateway.Api;

/// <summary>Puts what the house refuses before or around an API endpoint (closed, read-only, no such path or method) into the program's own format, too.</summary>
internal sealed class ApiProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => context.HttpContext.Request.Path.StartsWithSegments(ApiEndpoints.Root);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
        var isNamed = context.ProblemDetails.Extensions.TryGetValue("code", out var value);
        var isAddress = status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed;
        var failure = !isAddress && isNamed && value is string code && context.ProblemDetails.Title is { } message ? new ApiFailure(status, code, message) : ByStatus(status);
        // The status and what is to be waited for say whether it may pass.
        await (failure with { MayPass = status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable }).WriteAsync(context.HttpContext);
    }

    private static ApiFailure ByStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new ApiFailure(status, "not_found", "There is nothing at this address. There are /v1/models, chat/completions, responses, messages, embeddings and images/generations."),
        StatusCodes.Status405MethodNotAllowed => new ApiFailure(status, "method_not_allowed", "This address does not take this method."),
        StatusCodes.Status413PayloadTooLarge => new ApiFailure(status, "request_too_large", "This is larger than the house accepts."),
        >= 500 => new ApiFailure(status, "internal_error", "Something went wrong inside. It has been noted."),
        _ => new ApiFailure(status, "invalid_request", "The request could not be understood."),
    };
}
