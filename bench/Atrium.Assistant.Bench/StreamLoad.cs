using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Atrium.Assistant.Bench;

/// <summary>One person who asks, reads the stream, and notes how late each token came.</summary>
internal sealed class StreamLoad(HttpClient client, List<double> tokenDelays, List<double> firstOverheads)
{
    /// <summary>Milliseconds of a span of ticks.</summary>
    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    public async Task RunAsync()
    {
        var conversation = (await PostAsync("/api/conversations", new { title = "Load" })).GetProperty("id").GetGuid();
        var asked = Stopwatch.GetTimestamp();
        await PostAsync($"/api/conversations/{conversation}/messages", new { text = "Go" });
        using var response = await client.GetAsync($"/api/conversations/{conversation}/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var isDelta = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                isDelta = line == "event: delta";
            else if (isDelta && line.StartsWith("data: ", StringComparison.Ordinal))
                Note(Stopwatch.GetTimestamp(), asked, JsonDocument.Parse(line[6..]).RootElement.GetProperty("text").GetString()!);
        }
    }

    private void Note(long now, long asked, string text)
    {
        foreach (var stamp in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = stamp.Split('@');
            var delay = Milliseconds(long.Parse(parts[^1]), now);
            lock (tokenDelays)
                tokenDelays.Add(delay);
            if (parts.Length == 2)
            {
                lock (firstOverheads)
                    firstOverheads.Add(Milliseconds(asked, long.Parse(parts[0])) + delay);
            }
        }
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<HttpClient> SignInAsync(Uri server, string setupToken, Uri provider)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 10_000 }) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        using var registered = await client.PostAsJsonAsync("/api/register", new { username = "load", password = "correct horse battery staple", setupToken });
        registered.EnsureSuccessStatusCode();
        var token = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var chosen = await client.PutAsJsonAsync("/api/user/ai-provider", new { provider = "openai", model = "stamps", apiKey = "key-for-load", baseUrl = new Uri(provider, "/v1") });
        chosen.EnsureSuccessStatusCode();
        return client;
    }
}
