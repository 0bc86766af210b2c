using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Simulators;

namespace Atrium.Assistant.Bench;

/// <summary>A hundred people at once: each lists, opens, searches, renames and asks, with a second or so of thought between.</summary>
internal static class PeopleBench
{
    private const int Conversations = 50;

    public static async Task<object> RunAsync(int people, TimeSpan time)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var server = await Server.StartAsync(simulator.Address);
        var clients = new List<HttpClient> { await Server.FirstPersonAsync(server) };
        for (var number = 1; number < people; number++)
            clients.Add(await Server.PersonAsync(server, $"person{number}"));
        foreach (var client in clients)
        {
            await Server.ChooseAsync(client, simulator.OpenAiBaseUrl);
            using var file = new MemoryStream();
            await new SyntheticExport(seed: 3).WriteAsync(file, Conversations, 20, 300);
            file.Position = 0;
            await Server.ImportAsync(client, file);
        }
        var times = new ConcurrentDictionary<string, ConcurrentBag<double>>();
        using var stop = new CancellationTokenSource(time);
        var errors = await Task.WhenAll(clients.Select((client, index) => new BusyPerson(client, new Random(index), times).RunAsync(stop.Token)));
        var rows = times.Where(pair => !pair.Value.IsEmpty).OrderBy(pair => pair.Key).Select(pair => (Name: pair.Key, Count: pair.Value.Count, Times: Percentiles.Of([.. pair.Value]))).ToList();
        var all = Percentiles.Of([.. times.Values.SelectMany(bag => bag)]);
        Console.WriteLine($"{people} people, {time.TotalSeconds:0} s, {errors.Sum()} errors; milliseconds\n{"",-26}{"count",9}{"p50",9}{"p95",9}{"p99",9}{"max",9}");
        foreach (var (name, count, spread) in rows)
            Console.WriteLine($"{name,-26}{count,9}{spread}");
        Console.WriteLine($"{"all",-26}{rows.Sum(row => row.Count),9}{all}\nmemory {Server.PeakMegabytes(server)} MB at most");
        return new { people, seconds = time.TotalSeconds, errors = errors.Sum(), all, peakMegabytes = Server.PeakMegabytes(server), rows = rows.Select(row => new { name = row.Name, count = row.Count, times = row.Times }).ToList() };
    }

    private sealed class BusyPerson(HttpClient client, Random random, ConcurrentDictionary<string, ConcurrentBag<double>> times)
    {
        /// <returns>How many requests failed.</returns>
        public async Task<int> RunAsync(CancellationToken stop)
        {
            var errors = 0;
            await Task.Delay(random.Next(1_000), CancellationToken.None);
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await OnceAsync();
                }
                catch (HttpRequestException)
                {
                    errors++;
                }
                await Task.Delay(random.Next(500, 1_500), CancellationToken.None);
            }
            return errors;
        }

        private async Task OnceAsync()
        {
            JsonElement list = default;
            await TimeAsync("list", async () => list = await client.GetFromJsonAsync<JsonElement>("/api/conversations?limit=30"));
            var id = list.GetProperty("items")[random.Next(list.GetProperty("items").GetArrayLength())].GetProperty("id").GetGuid();
            await TimeAsync("open", () => client.GetByteArrayAsync($"/api/conversations/{id}"));
            await TimeAsync("messages", () => client.GetByteArrayAsync($"/api/conversations/{id}/messages"));
            if (random.Next(3) == 0)
                await TimeAsync("search", () => client.GetByteArrayAsync($"/api/messages/search?q=unique{random.Next(Conversations)}x{random.Next(20)}."));
            if (random.Next(3) == 0)
                await TimeAsync("rename", async () => (await client.PatchAsJsonAsync($"/api/conversations/{id}", new { title = $"Renamed {random.Next()}" })).EnsureSuccessStatusCode());
            if (random.Next(2) == 0)
                await AskAsync(id);
        }

        private async Task AskAsync(Guid id)
        {
            await TimeAsync("ask", async () => (await client.PostAsJsonAsync($"/api/conversations/{id}/messages", new { text = "sim:words=100 sim:speed=50" })).EnsureSuccessStatusCode());
            HttpResponseMessage? response = null;
            StreamReader? reader = null;
            await TimeAsync("first word after asking", async () =>
            {
                response = await client.GetAsync($"/api/conversations/{id}/stream", HttpCompletionOption.ResponseHeadersRead);
                reader = new StreamReader(await response.Content.ReadAsStreamAsync());
                while (await reader.ReadLineAsync() is { } line && line != "event: delta")
                {
                }
            });
            await reader!.ReadToEndAsync();
            reader.Dispose();
            response!.Dispose();
        }

        private async Task TimeAsync(string name, Func<Task> work) => times.GetOrAdd(name, _ => []).Add(await Server.MillisecondsAsync(work));
    }
}
