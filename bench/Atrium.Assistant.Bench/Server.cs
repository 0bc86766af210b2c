using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Assistant.Bench;

/// <summary>What the programs here do to a server before they measure it.</summary>
internal static class Server
{
    private const string Password = "correct horse battery staple";

    /// <summary>A built server of its own, which may reach one simulated provider.</summary>
    public static Task<ServerProcess> StartAsync(Uri? provider = null)
    {
        var settings = new Dictionary<string, string> { ["LOG_LEVEL"] = "error" };
        if (provider is not null)
            settings["ATRIUM_PRIVATE_HOSTS"] = provider.Authority;
        return ServerProcess.StartAsync(settings);
    }

    /// <summary>The first admin; everybody else registers after.</summary>
    public static Task<HttpClient> FirstPersonAsync(ServerProcess server) => PersonAsync(server, "first", server.SetupToken);

    public static async Task<HttpClient> PersonAsync(ServerProcess server, string name, string? setupToken = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 10_000 }) { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        var session = await PostAsync(client, "/api/register", new { username = name, password = Password, setupToken });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        return client;
    }

    public static async Task ChooseAsync(HttpClient client, string baseUrl)
    {
        using var chosen = await client.PutAsJsonAsync("/api/user/ai-provider", new { provider = "openai", model = "gpt-bench", apiKey = "key-for-the-bench", baseUrl });
        chosen.EnsureSuccessStatusCode();
    }

    public static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Uploads a file and waits for the end of its import.</summary>
    /// <returns>The import, and the seconds of the upload and of the work behind it.</returns>
    public static async Task<(JsonElement Import, double UploadSeconds, double WorkSeconds)> ImportAsync(HttpClient client, Stream file)
    {
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        using var response = await client.PostAsync("/api/conversations/import", new MultipartFormDataContent { { new StreamContent(file), "file", "conversations.json" } });
        response.EnsureSuccessStatusCode();
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var uploaded = System.Diagnostics.Stopwatch.GetTimestamp();
        JsonElement import;
        while (!(import = await client.GetFromJsonAsync<JsonElement>($"/api/imports/{id}")).TryGetProperty("finishedAt", out _))
            await Task.Delay(200);
        return (import, System.Diagnostics.Stopwatch.GetElapsedTime(begun, uploaded).TotalSeconds, System.Diagnostics.Stopwatch.GetElapsedTime(uploaded).TotalSeconds);
    }

    /// <summary>The most memory the process ever held, in MB.</summary>
    public static double PeakMegabytes(ServerProcess server) =>
        File.ReadLines($"/proc/{server.ProcessId}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, _]
            ? Math.Round(double.Parse(kilobytes, System.Globalization.CultureInfo.InvariantCulture) / 1024, 1)
            : 0;

    public static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        await work();
        return System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
