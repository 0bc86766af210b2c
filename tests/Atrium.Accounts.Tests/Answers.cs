using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Atrium.Accounts.Tests;

/// <summary>Short ways to ask the house and to read what it says.</summary>
internal static class Answers
{
    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, object body) => client.PostAsJsonAsync(path, body);

    public static Task<HttpResponseMessage> SendTextAsync(this HttpClient client, HttpMethod method, string path, string body) =>
        client.SendAsync(new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json"), Headers = { ExpectContinue = body.Length > 100_000 } });

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        return await response.JsonAsync();
    }

    /// <summary>The status and, of a problem, the code: <c>409 username-taken</c>.</summary>
    public static async Task<string> OutcomeAsync(this Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        return await response.OutcomeAsync();
    }

    public static async Task<string> OutcomeAsync(this HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status < 400)
            return $"{status}";
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await response.JsonAsync();
        var code = problem.GetProperty("code").GetString();
        problem.GetProperty("type").GetString().ShouldBe("/problems/" + code);
        return $"{status} {code}";
    }

    /// <summary>The fields a 400 complains of.</summary>
    public static async Task<IReadOnlyList<string>> FieldsAsync(this HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        return [.. (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name)];
    }

    public static string NewName() => "n" + Guid.CreateVersion7().ToString("N")[^12..];
}
