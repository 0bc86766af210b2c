using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Faults;

/// <summary>What the rounds found. A house that keeps its word has no losses and clean databases.</summary>
public sealed record KillResult
{
    public required int Rounds { get; init; }

    public required int Seed { get; init; }

    public required long AcknowledgedWrites { get; init; }

    public required int Conversations { get; init; }

    public required int Messages { get; init; }

    public required int InterruptedAnswers { get; init; }

    public required double MedianStartSeconds { get; init; }

    /// <summary>One sentence for each thing that was acknowledged and is not there, or not as it was.</summary>
    public required IReadOnlyList<string> Losses { get; init; }

    /// <summary>What SQLite said of each file that is not clean.</summary>
    public required IReadOnlyList<string> Damages { get; init; }
}

/// <summary>Starts the built server on SQLite, writes to it from several clients, kills it at a random moment, and looks at what it kept.</summary>
public sealed class KillRounds(int rounds, int seed, Action<string> say) : IDisposable
{
    private const int Writers = 4;

    /// <summary>Writes of a round before its clock starts: a server that still compiles its code writes next to nothing.</summary>
    private const int WritesBefore = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Files = ["atrium.db", "keys.db", "streams.db"];

    private readonly string folder = Directory.CreateTempSubdirectory("atrium-faults-").FullName;
    private readonly Acknowledged acknowledged = new();
    private readonly List<string> losses = [];
    private readonly List<string> damages = [];
    private readonly List<double> starts = [];
    private readonly Random random = new(seed);
    private int interrupted;

    public async Task<KillResult> RunAsync()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var server = ServerProcess.In(folder, new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority, ["LOG_LEVEL"] = "error" });
        for (var round = 1; round <= rounds; round++)
        {
            await StartAsync(server);
            starts.Add(server.StartTime.TotalSeconds);
            if (round == 1)
                server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SetUpAsync(server, simulator));
            var writers = Enumerable.Range(0, Writers).Select(_ => new Writer(server.Client, acknowledged, new Random(random.Next())).RunAsync()).ToList();
            await WaitForWritesAsync(acknowledged.Writes + WritesBefore);
            var life = random.Next(1, 501);
            await Task.Delay(life);
            await server.KillAsync();
            await Task.WhenAll(writers).WaitAsync(Patience);
            say($"round {round}: killed after {life} ms, {acknowledged.Writes} writes acknowledged");
        }
        await StartAsync(server);
        await CompareAsync(server.Client);
        await server.KillAsync();
        await CheckFilesAsync();
        return Result();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task StartAsync(ServerProcess server)
    {
        await server.StartAsync("run");
        await server.WaitUntilReadyAsync();
    }

    private async Task<string> SetUpAsync(ServerProcess server, SimulatorHost simulator)
    {
        using var registered = await server.Client.PostAsJsonAsync("/api/register", new { username = "faults", password = TestHouse.Password, setupToken = server.SetupToken });
        registered.EnsureSuccessStatusCode();
        acknowledged.Count();
        var token = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/user/ai-provider") { Content = JsonContent.Create(new { provider = "openai", apiKey = "key-for-faults", baseUrl = simulator.OpenAiBaseUrl }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var chosen = await server.Client.SendAsync(request);
        chosen.EnsureSuccessStatusCode();
        return token;
    }

    private async Task WaitForWritesAsync(long count)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (acknowledged.Writes < count)
            await Task.Delay(5, timeout.Token);
    }

    private async Task CompareAsync(HttpClient client)
    {
        foreach (var (id, expected) in acknowledged.Conversations)
        {
            using var response = await client.GetAsync($"/api/conversations/{id}");
            if (!response.IsSuccessStatusCode)
            {
                losses.Add($"conversation {id} is gone: {(int)response.StatusCode}");
                continue;
            }
            var shown = await response.Content.ReadFromJsonAsync<JsonElement>();
            var title = shown.GetProperty("title").GetString()!;
            if (title != expected.Title && title != expected.TitleOnItsWay)
                losses.Add($"conversation {id} is called {title}, not {expected.Title}");
            if (shown.TryGetProperty("running", out _))
                losses.Add($"conversation {id} still says it is running");
            var messages = (await client.GetFromJsonAsync<JsonElement>($"/api/conversations/{id}/messages?limit=100")).GetProperty("items").EnumerateArray().ToDictionary(message => message.GetProperty("id").GetGuid());
            foreach (var (message, text, answer) in expected.Messages)
                Compare(messages, message, text, answer, expected.Read.GetValueOrDefault(answer));
        }
    }

    private void Compare(Dictionary<Guid, JsonElement> messages, Guid message, string text, Guid answer, string? whole)
    {
        if (!messages.TryGetValue(message, out var question) || Writer.Text(question) != text)
            losses.Add($"message {message} is gone or changed");
        if (!messages.TryGetValue(answer, out var found))
        {
            losses.Add($"answer {answer} is gone");
            return;
        }
        var status = found.GetProperty("status").GetString();
        if (status == "streaming")
            losses.Add($"answer {answer} still says it is streaming");
        if (status == "interrupted")
            interrupted++;
        if (whole is not null && (status != "complete" || Writer.Text(found) != whole))
            losses.Add($"answer {answer} was told whole and is {status}");
    }

    private async Task CheckFilesAsync()
    {
        foreach (var file in Files.Select(name => Path.Combine(folder, "data", name)).Where(File.Exists))
        {
            using var check = Process.Start(new ProcessStartInfo("sqlite3", [file, "PRAGMA integrity_check"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var said = (await check.StandardOutput.ReadToEndAsync()).Trim();
            await check.WaitForExitAsync();
            if (said != "ok")
                damages.Add($"{Path.GetFileName(file)}: {said}");
        }
    }

    private KillResult Result()
    {
        starts.Sort();
        return new KillResult
        {
            Rounds = rounds,
            Seed = seed,
            AcknowledgedWrites = acknowledged.Writes,
            Conversations = acknowledged.Conversations.Count,
            Messages = acknowledged.Conversations.Sum(pair => pair.Value.Messages.Count),
            InterruptedAnswers = interrupted,
            MedianStartSeconds = Math.Round(starts[starts.Count / 2], 3),
            Losses = losses,
            Damages = damages,
        };
    }
}
