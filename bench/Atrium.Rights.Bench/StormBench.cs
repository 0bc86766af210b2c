using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Rights.Bench;

/// <summary>Many people sign in at once, at the work factor of production, while others go on reading: what they wait, beside what they waited before.</summary>
internal static class StormBench
{
    private const string Password = "correct horse battery staple";
    private const string Guest = "storm-guest";
    private const int Readers = 4;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<object> RunAsync(int people)
    {
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["LOG_LEVEL"] = "error", ["BCRYPT_ROUNDS"] = "12", ["RATE_LIMITS"] = "off" });
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000 }) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };
        using (var registered = await client.PostAsJsonAsync("/api/register", new { username = "storm-watcher", password = Password, setupToken = server.SetupToken }))
        {
            registered.EnsureSuccessStatusCode();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString());
        }
        // Another person than the reader: more sign-ins than a person may have end the oldest.
        using (var registered = await client.PostAsJsonAsync("/api/register", new { username = Guest, password = Password }))
            registered.EnsureSuccessStatusCode();
        await ReadForAsync(client, TimeSpan.FromSeconds(3));

        var before = Spread.Of(await ReadForAsync(client, Calm));
        using var storm = new CancellationTokenSource();
        var reading = ReadUntilAsync(client, storm.Token);
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, people).Select(_ => SignInAsync(client)));
        var seconds = Math.Round(System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalSeconds, 1);
        await storm.CancelAsync();
        var during = Spread.Of(await reading);
        var ratio = Math.Round(during.P95 / before.P95, 2);

        Console.WriteLine($"{people} sign-ins at once: {outcomes.Count(status => status == 200)} entered, {outcomes.Count(status => status == 429)} were asked to wait, {seconds} s\n{"GET /api/me, ms",-20}{"count",7}{"p50",10}{"p95",10}{"max",10}\n{"before",-20}{before}\n{"during",-20}{during}\np95 {ratio} x");
        return new { people, seconds, entered = outcomes.Count(status => status == 200), busy = outcomes.Count(status => status == 429), before, during, ratio };
    }

    private static async Task<int> SignInAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/api/login", new { username = Guest, password = Password });
        return (int)answer.StatusCode;
    }

    private static async Task<List<double>> ReadForAsync(HttpClient client, TimeSpan time)
    {
        using var stop = new CancellationTokenSource(time);
        return await ReadUntilAsync(client, stop.Token);
    }

    private static async Task<List<double>> ReadUntilAsync(HttpClient client, CancellationToken stop)
    {
        var times = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                var begun = System.Diagnostics.Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync("/api/me", CancellationToken.None);
                answer.EnsureSuccessStatusCode();
                times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }));
        return [.. times];
    }
}
