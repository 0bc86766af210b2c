using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Atrium.Platform.Http;

/// <summary>Gives every problem, also the framework's own, its code, type and trace, and fields their JSON names.</summary>
internal static class ProblemShape
{
    public static void Complete(ProblemDetailsContext context)
    {
        var details = context.ProblemDetails;
        details.Status ??= context.HttpContext.Response.StatusCode;
        if (details is HttpValidationProblemDetails validation)
        {
            var named = validation.Errors.ToDictionary(pair => JsonName(pair.Key), pair => pair.Value);
            validation.Errors.Clear();
            foreach (var (field, texts) in named)
                validation.Errors[field] = texts;
            details.Title = "Some fields are not right.";
            details.Extensions["code"] = "validation";
        }
        else if (details.Status == StatusCodes.Status400BadRequest && !details.Extensions.ContainsKey("code"))
        {
            NameUnreadable(context.HttpContext, details);
        }
        if (!details.Extensions.TryGetValue("code", out var code))
            (details.Extensions["code"], details.Title) = ByStatus(details.Status.Value);
        details.Type = "/problems/" + (code ?? details.Extensions["code"]);
        details.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
    }

    // Generated endpoints answer a bare 400 when an optional parameter of the address cannot be read; which one is found again here.
    private static void NameUnreadable(HttpContext context, ProblemDetails details)
    {
        var parameters = context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [];
        var unreadable = parameters
            .Where(parameter => parameter.HasTryParse && context.Request.Query.TryGetValue(parameter.Name, out var values)
                && !TypeDescriptor.GetConverter(parameter.ParameterInfo.ParameterType).IsValid(values.ToString()))
            .ToDictionary(parameter => parameter.Name, _ => new[] { "This is missing or of the wrong type." });
        if (unreadable.Count == 0)
            return;
        details.Title = "Some fields are not right.";
        details.Extensions["code"] = "validation";
        details.Extensions["errors"] = unreadable;
    }

    private static string JsonName(string name) => string.Join('.', name.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static (string Code, string Title) ByStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => ("bad-request", "The request could not be understood."),
        StatusCodes.Status401Unauthorized => ("sign-in-required", "Sign in first."),
        StatusCodes.Status403Forbidden => ("not-allowed", "You may not do this."),
        StatusCodes.Status404NotFound => ("not-found", "Not here, or not yours."),
        StatusCodes.Status405MethodNotAllowed => ("method-not-allowed", "This address does not take this method."),
        StatusCodes.Status413PayloadTooLarge => ("too-large", "This is larger than the house accepts."),
        StatusCodes.Status415UnsupportedMediaType => ("unsupported-media-type", "The body must be JSON."),
        StatusCodes.Status503ServiceUnavailable => ("unavailable", "Not available now. Try again in a moment."),
        < 500 => ("bad-request", "The request could not be understood."),
        _ => ("internal-error", "Something went wrong inside. It has been noted."),
    };
}
