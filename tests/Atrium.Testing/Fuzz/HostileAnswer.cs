using System.Net.Http.Json;
using System.Text.Json;

namespace Atrium.Testing.Fuzz;

/// <summary>Judges what the house answers to a hostile request.</summary>
public static class HostileAnswer
{
    private const string Problem = "application/problem+json";

    /// <returns>The status, 0 when the server closed before the answer could be read; and what is wrong with the answer, or null.</returns>
    public static async Task<(int Status, string? Fault)> JudgeAsync(HttpClient client, HostileRequest request, JsonElement document)
    {
        using var message = request.ToMessage();
        HttpResponseMessage answer;
        try
        {
            answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (HttpRequestException) when (request.ExtraBytes > 0)
        {
            // The server answers and closes while the body is still on its way; then the sender may see only the close.
            return (0, null);
        }
        using (answer)
            return ((int)answer.StatusCode, await FaultOfAsync(answer, request, document));
    }

    private static async Task<string?> FaultOfAsync(HttpResponseMessage answer, HostileRequest request, JsonElement document)
    {
        var status = (int)answer.StatusCode;
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (status >= 500)
            return $"{status} {await answer.Content.ReadAsStringAsync()}";
        if (status < 400)
            return request.Expectation != Expectation.NoFailure ? $"accepted with {status}" : await MismatchAsync(answer, request.Operation, status, type, document);
        // What programs call refuses in the words of their providers.
        if (request.Operation.Path.StartsWith("/v1/", StringComparison.Ordinal))
            return null;
        if (type != Problem)
            return $"{status} as {type}";
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        if (!problem.TryGetProperty("code", out var code) || problem.GetProperty("status").GetInt32() != status || problem.GetProperty("type").GetString() != "/problems/" + code.GetString())
            return $"{status} is no whole problem: {problem}";
        // A right that is missing is said before anything is read.
        if (request.Expectation != Expectation.NamesTheField || status == 403)
            return null;
        var names = problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(error => error.Name).ToList() : [];
        return names.Exists(name => name == request.Field || name.StartsWith(request.Field + ".", StringComparison.Ordinal))
            ? null
            : $"{status} {code} names {string.Join(',', names)} and not {request.Field}";
    }

    /// <summary>What the document says of this answer and is not so.</summary>
    private static async Task<string?> MismatchAsync(HttpResponseMessage answer, ApiOperation operation, int status, string? type, JsonElement document)
    {
        var responses = document.GetProperty("paths").GetProperty(operation.Path).GetProperty(operation.Method.Method.ToLowerInvariant()).GetProperty("responses");
        if (!responses.TryGetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out var response))
            return status == 304 ? null : $"{status} is not in the document";
        if (type != "application/json" || !response.TryGetProperty("content", out var content) || !content.TryGetProperty("application/json", out var media))
            return null;
        return JsonShape.Fault(await answer.Content.ReadFromJsonAsync<JsonElement>(), media.GetProperty("schema"), document, "$");
    }
}
