using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Assistant.Bench;

/// <summary>How answers end: how soon a stop closes the provider's socket, how long SIGTERM takes with many streams, and how much of a text kill -9 costs.</summary>
internal static class EndingsBench
{
    private const int Stops = 20;
    private const int Kills = 10;
    private const double WordsPerSecond = 50;

    public static async Task<object> RunAsync(int streams)
    {
        var stops = await StopAsync();
        var terminated = await TerminateAsync(streams);
        var lost = await KillAsync();
        Console.WriteLine($"""
            milliseconds                                        p50      p95      p99      max
            stop until the provider's socket is closed    {stops}
            text lost at kill -9, {WordsPerSecond} words/s              {lost}
            SIGTERM with {streams} streams: exit code {terminated.Code} after {terminated.Milliseconds:0} ms, {terminated.Told} told to come back, {terminated.Whole} whole again
            """);
        return new { stopMilliseconds = stops, lostMilliseconds = lost, streams, terminated.Code, terminated.Milliseconds, terminated.Told, terminated.Whole };
    }

    private static async Task<Percentiles> StopAsync()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var server = await Server.StartAsync(simulator.Address);
        using var client = await Server.FirstPersonAsync(server);
        await Server.ChooseAsync(client, simulator.OpenAiBaseUrl);
        var times = new List<double>();
        for (var round = 0; round < Stops; round++)
        {
            var (id, generation) = await AskAsync(client, "sim:words=100000 sim:speed=50");
            var request = await simulator.Simulation.NextRequestAsync();
            using var stream = new Listener(client, id);
            await stream.FirstAsync();
            var begun = Stopwatch.GetTimestamp();
            var stopping = client.PostAsync($"/api/generations/{generation}/stop", null);
            await request.Ended;
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            (await stopping).EnsureSuccessStatusCode();
        }
        return Percentiles.Of(times);
    }

    private static async Task<(int Code, double Milliseconds, int Told, int Whole)> TerminateAsync(int streams)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var server = await Server.StartAsync(simulator.Address);
        using var client = await Server.FirstPersonAsync(server);
        await Server.ChooseAsync(client, simulator.OpenAiBaseUrl);
        var open = new List<Listener>();
        for (var index = 0; index < streams; index++)
            open.Add(new Listener(client, (await AskAsync(client, "sim:words=100000 sim:speed=20")).Conversation));
        await Task.WhenAll(open.Select(listener => listener.FirstAsync()));
        var reading = Task.WhenAll(open.Select(listener => listener.ToEndAsync()));
        var begun = Stopwatch.GetTimestamp();
        var code = await server.StopAsync();
        var milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        await reading;
        await server.StartAsync("run");
        await server.WaitUntilReadyAsync();
        var whole = 0;
        foreach (var listener in open)
            whole += (await TextAsync(client, listener.Conversation)).StartsWith(listener.Text, StringComparison.Ordinal) ? 1 : 0;
        return (code, milliseconds, open.Count(listener => listener.LastEvent == "restarting"), whole);
    }

    /// <summary>Every word of the provider is the time at which it was sent, so what is kept says how old it is.</summary>
    private static async Task<Percentiles> KillAsync()
    {
        await using var provider = await StampingProvider.StartAsync(TestHouse.FreePort(), 100_000, WordsPerSecond);
        await using var server = await Server.StartAsync(provider.Address);
        using var client = await Server.FirstPersonAsync(server);
        await Server.ChooseAsync(client, new Uri(provider.Address, "/v1").AbsoluteUri);
        var random = new Random(5);
        var lost = new List<double>();
        for (var round = 0; round < Kills; round++)
        {
            var (id, _) = await AskAsync(client, "Go");
            using (var listener = new Listener(client, id))
                await listener.FirstAsync();
            await Task.Delay(random.Next(1_000, 2_500));
            var killed = Stopwatch.GetTimestamp();
            await server.KillAsync();
            await server.StartAsync("run");
            await server.WaitUntilReadyAsync();
            var last = (await TextAsync(client, id)).Split([' ', '@'], StringSplitOptions.RemoveEmptyEntries)[^1];
            lost.Add(Stopwatch.GetElapsedTime(long.Parse(last, System.Globalization.CultureInfo.InvariantCulture), killed).TotalMilliseconds);
        }
        return Percentiles.Of(lost);
    }

    private static async Task<(Guid Conversation, Guid Generation)> AskAsync(HttpClient client, string text)
    {
        var id = (await Server.PostAsync(client, "/api/conversations", new { title = "Ending" })).GetProperty("id").GetGuid();
        return (id, (await Server.PostAsync(client, $"/api/conversations/{id}/messages", new { text })).GetProperty("generationId").GetGuid());
    }

    private static async Task<string> TextAsync(HttpClient client, Guid conversation) =>
        string.Concat((await client.GetFromJsonAsync<JsonElement>($"/api/conversations/{conversation}/messages")).GetProperty("items")[1].GetProperty("parts").EnumerateArray()
            .Where(part => part.GetProperty("type").GetString() == "text").Select(part => part.GetProperty("text").GetString()));

    /// <summary>An open stream, and what it has shown.</summary>
    private sealed class Listener(HttpClient client, Guid conversation) : IDisposable
    {
        private HttpResponseMessage? response;
        private StreamReader? reader;

        public Guid Conversation => conversation;

        public string Text { get; private set; } = "";

        public string? LastEvent { get; private set; }

        public async Task FirstAsync()
        {
            response = await client.GetAsync($"/api/conversations/{conversation}/stream", HttpCompletionOption.ResponseHeadersRead);
            reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (Text.Length == 0 && await NextAsync())
            {
            }
        }

        public async Task ToEndAsync()
        {
            while (await NextAsync())
            {
            }
        }

        public void Dispose()
        {
            reader?.Dispose();
            response?.Dispose();
        }

        private async Task<bool> NextAsync()
        {
            if (await reader!.ReadLineAsync() is not { } line)
                return false;
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                LastEvent = line[7..];
            else if (LastEvent == "delta" && line.StartsWith("data: ", StringComparison.Ordinal))
                Text += JsonDocument.Parse(line[6..]).RootElement.GetProperty("text").GetString();
            return true;
        }
    }
}
