using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Faults;

/// <summary>What restarting PostgreSQL under load did.</summary>
public sealed record RestartResult
{
    public required int Rounds { get; init; }

    public required int AcknowledgedWrites { get; init; }

    /// <summary>Requests that were told to come back later.</summary>
    public required int Refused { get; init; }

    /// <summary>The longest time from PostgreSQL's return to the house's first 200 of <c>/ready</c>.</summary>
    public required double SlowestReturnSeconds { get; init; }

    /// <summary>One sentence for each row lost or doubled, and each answer that was neither "done" nor "come back later".</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}

/// <summary>Stops PostgreSQL at once while several clients write, starts it again, and looks at what is there in the end.</summary>
public sealed class RestartRounds(int rounds, Action<string> say)
{
    private const int Writers = 4;
    private const int WritesBefore = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Guid> acknowledged = new();
    private readonly ConcurrentQueue<string> faults = new();
    private int refused;

    /// <returns>Null when PostgreSQL is not installed.</returns>
    public async Task<RestartResult?> RunAsync()
    {
        await using var postgres = await OwnPostgres.StartAsync();
        if (postgres is null)
            return null;
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>
        {
            ["DATABASE_URL"] = postgres.Address("atrium"),
            ["KEYS_DATABASE_URL"] = postgres.Address("atrium_keys"),
            ["LOG_LEVEL"] = "critical",
        });
        await SignInAsync(server);
        using var stopping = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(worker => WriteAsync(server.Client, worker, stopping.Token)).ToList();
        var slowest = TimeSpan.Zero;
        for (var round = 1; round <= rounds; round++)
        {
            var before = acknowledged.Count;
            await UntilAsync(() => Task.FromResult(acknowledged.Count >= before + WritesBefore));
            await postgres.StopNowAsync();
            await UntilAsync(async () => await ReadyAsync(server) == HttpStatusCode.ServiceUnavailable);
            await postgres.StartAgainAsync();
            var back = Stopwatch.GetTimestamp();
            await UntilAsync(async () => await ReadyAsync(server) == HttpStatusCode.OK);
            var took = Stopwatch.GetElapsedTime(back);
            slowest = took > slowest ? took : slowest;
            say($"round {round}: ready {took.TotalSeconds:0.00} s after PostgreSQL, {acknowledged.Count} writes acknowledged");
        }
        await stopping.CancelAsync();
        await Task.WhenAll(writers);
        await CompareAsync(server.Client);
        return new RestartResult { Rounds = rounds, AcknowledgedWrites = acknowledged.Count, Refused = refused, SlowestReturnSeconds = Math.Round(slowest.TotalSeconds, 2), Faults = [.. faults] };
    }

    private static async Task SignInAsync(ServerProcess server)
    {
        using var answer = await server.Client.PostAsJsonAsync("/api/register", new { username = "faults", password = TestHouse.Password, setupToken = server.SetupToken });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static async Task<HttpStatusCode> ReadyAsync(ServerProcess server)
    {
        using var answer = await server.Client.GetAsync("/ready");
        return answer.StatusCode;
    }

    private async Task WriteAsync(HttpClient client, int worker, CancellationToken stopping)
    {
        for (var number = 0; !stopping.IsCancellationRequested; number++)
        {
            var title = $"{worker}-{number}";
            using var answer = await client.PostAsJsonAsync("/api/conversations", new { title }, CancellationToken.None);
            if (answer.StatusCode == HttpStatusCode.Created)
                acknowledged[title] = (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetGuid();
            else if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                Interlocked.Increment(ref refused);
            else
                faults.Enqueue($"{title} was answered with {(int)answer.StatusCode}");
        }
    }

    private async Task CompareAsync(HttpClient client)
    {
        var found = new Dictionary<string, int>();
        for (string? next = ""; next is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/conversations?limit=100{(next.Length > 0 ? "&cursor=" + Uri.EscapeDataString(next) : "")}");
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                var title = item.GetProperty("title").GetString()!;
                found[title] = found.GetValueOrDefault(title) + 1;
                if (acknowledged.TryGetValue(title, out var id) && id != item.GetProperty("id").GetGuid())
                    faults.Enqueue($"{title} has another id than was acknowledged");
            }
            next = page.TryGetProperty("next", out var cursor) && cursor.ValueKind == JsonValueKind.String ? cursor.GetString() : null;
        }
        foreach (var title in acknowledged.Keys.Where(title => !found.ContainsKey(title)))
            faults.Enqueue($"{title} is lost");
        foreach (var (title, count) in found.Where(pair => pair.Value > 1))
            faults.Enqueue($"{title} is there {count} times");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!await holds())
            await Task.Delay(20, timeout.Token);
    }
}
