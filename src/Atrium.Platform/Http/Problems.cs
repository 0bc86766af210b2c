using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Atrium.Platform.Http;

/// <summary>Errors as RFC 9457 problem details with a stable <c>code</c>; <c>type</c> is <c>/problems/&lt;code&gt;</c>.</summary>
public static class Problems
{
    /// <param name="title">A whole sentence for a person; it never says anything of the inside.</param>
    public static ProblemHttpResult Of(int status, string code, string title, string? detail = null) =>
        TypedResults.Problem(Details(status, code, title, detail));

    /// <summary>The same answer for "not there" and "not yours".</summary>
    public static ProblemHttpResult NotFound() => Of(StatusCodes.Status404NotFound, "not-found", "Not here, or not yours.");

    public static ProblemHttpResult Conflict(string code, string title) => Of(StatusCodes.Status409Conflict, code, title);

    public static ProblemHttpResult Forbidden(string code, string title) => Of(StatusCodes.Status403Forbidden, code, title);

    public static ProblemHttpResult Unauthorized(string code, string title) => Of(StatusCodes.Status401Unauthorized, code, title);

    /// <summary>A rule that validation attributes cannot say.</summary>
    /// <param name="field">camelCase, as in the request's JSON.</param>
    public static ProblemHttpResult Invalid(string field, string text)
    {
        var details = new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [text] })
        {
            Status = StatusCodes.Status400BadRequest,
            Type = "/problems/validation",
            Title = "Some fields are not right.",
        };
        details.Extensions["code"] = "validation";
        return TypedResults.Problem(details);
    }

    public static ProblemDetails Details(int status, string code, string title, string? detail = null) => new()
    {
        Status = status,
        Type = "/problems/" + code,
        Title = title,
        Detail = detail,
        Extensions = { ["code"] = code },
    };
}
