using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Host.Tests;

/// <summary>What a running server writes.</summary>
[Keeps("H-074", "L-071")]
public sealed class LogTests
{
    [Fact]
    [Asvs("16.2.3", "16.2.4", "16.4.1", "14.2.1")]
    public async Task Is_json_line_by_line_and_holds_nothing_of_what_people_send()
    {
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["LOG_LEVEL"] = "debug" });
        var canaries = Enumerable.Range(0, 40).Select(number => $"sk-canary{number:00}-0123456789abcdef").ToList();
        using (var registered = await server.Client.PostAsJsonAsync("/api/register", new { username = "log-writer", password = canaries[0], setupToken = server.SetupToken }))
        {
            registered.EnsureSuccessStatusCode();
            var session = await registered.Content.ReadFromJsonAsync<JsonElement>();
            canaries.Add(session.GetProperty("token").GetString()!);
            canaries.Add(session.GetProperty("refreshToken").GetString()!);
            server.Client.DefaultRequestHeaders.Authorization = new("Bearer", canaries[40]);
        }

        for (var number = 1; number < 40; number++)
            await SendAsync(server.Client, canaries[number], number);
        await server.StopAsync();

        var output = server.Output;
        foreach (var canary in canaries)
            output.ShouldNotContain(canary);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).ToList();
        lines.Count.ShouldBeGreaterThan(3);
        foreach (var line in lines)
            Should.NotThrow(() => JsonDocument.Parse(line).Dispose(), line);
    }

    /// <summary>Through headers, queries, paths, bodies that are taken, bodies that are refused, and bodies that are no JSON.</summary>
    private static async Task SendAsync(HttpClient client, string canary, int number)
    {
        using var request = (number % 8) switch
        {
            0 => With(new HttpRequestMessage(HttpMethod.Get, "/api/me"), "X-Api-Key", canary),
            1 => With(new HttpRequestMessage(HttpMethod.Get, "/api/me"), "Cookie", $"__Host-atrium={canary}"),
            2 => new HttpRequestMessage(HttpMethod.Get, $"/api/conversations?q={canary}&key={canary}"),
            3 => new HttpRequestMessage(HttpMethod.Get, $"/api/attachments/{canary}"),
            4 => new HttpRequestMessage(HttpMethod.Post, "/api/login") { Content = JsonContent.Create(new { username = "log-writer", password = canary }) },
            5 => new HttpRequestMessage(HttpMethod.Post, "/api/provider-keys") { Content = JsonContent.Create(new { provider = "openai", apiKey = canary, name = "logged" }) },
            6 => new HttpRequestMessage(HttpMethod.Patch, "/api/me") { Content = new StringContent($"{{\"about\":{canary}", Encoding.UTF8, "application/json") },
            _ => new HttpRequestMessage(HttpMethod.Post, "/api/conversations") { Content = JsonContent.Create(new { title = $"line\nbreak {canary}\r\n{{\"Level\":\"Fake\"}}" }) },
        };
        using var answer = await client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBeLessThan(500);
    }

    private static HttpRequestMessage With(HttpRequestMessage request, string header, string value)
    {
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }
}
