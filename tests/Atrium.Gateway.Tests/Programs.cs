using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>What programs say to a house, with a key instead of a session.</summary>
internal static class Programs
{
    public static readonly (string Header, string Before)[] Carriers = [("Authorization", "Bearer "), ("x-api-key", ""), ("x-goog-api-key", ""), ("api-key", "")];

    public static async Task<(Guid Id, string Secret)> MakeApiKeyAsync(this TestPerson person, object? request = null)
    {
        var (status, body) = await person.SendAsync(HttpMethod.Post, "/api/keys", request ?? new { name = "a program" });
        status.ShouldBe(201, body.ToString());
        return (body.GetProperty("id").GetGuid(), body.GetProperty("key").GetString()!);
    }

    /// <summary>Sends as a program with its key in the given carrier.</summary>
    public static Task<HttpResponseMessage> CallAsync(this TestHouse house, string? secret, string path, object? body = null, int carrier = 0, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (secret is not null)
            request.Headers.TryAddWithoutValidation(Carriers[carrier].Header, Carriers[carrier].Before + secret);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        return house.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    public static async Task<(int Status, JsonElement Body)> RequestAsync(this TestHouse house, string? secret, string path, object? body = null, int carrier = 0)
    {
        using var response = await house.CallAsync(secret, path, body, carrier);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>The data lines of a stream.</summary>
    public static async Task<List<string>> StreamAsync(this TestHouse house, string secret, string path, object body)
    {
        using var response = await house.CallAsync(secret, path, body);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return [.. text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..])];
    }

    public static object Chat(string text, string model = "sim-fast", bool stream = false) =>
        new { model, stream, messages = new[] { new { role = "user", content = text } } };

    public static string CodeOf(JsonElement body) => body.GetProperty("error").GetProperty("code").GetString()!;

    public static string TypeOf(JsonElement body) => body.GetProperty("error").GetProperty("type").GetString()!;
}
