using System.Net.Http.Json;
using System.Text.Json;

namespace Atrium.Assistant.Bench;

/// <summary>Long lists and searches over HTTP, one request after another.</summary>
internal static class ListBench
{
    private const int Requests = 300;

    public static async Task<object> RunAsync()
    {
        await using var server = await Server.StartAsync();
        using var many = await Server.FirstPersonAsync(server);
        using var longOne = await Server.PersonAsync(server, "long");
        using var searcher = await Server.PersonAsync(server, "searcher");
        await ImportAsync(many, 5_000, 2, 200);
        await ImportAsync(longOne, 1, 5_000, 600);
        await ImportAsync(searcher, 2_000, 50, 400);
        var conversation = (await longOne.GetFromJsonAsync<JsonElement>("/api/conversations")).GetProperty("items")[0].GetProperty("id").GetGuid();
        var rows = new List<(string Name, Percentiles Times)>
        {
            ("first page of 5,000 conversations", await MeasureAsync(many, _ => "/api/conversations?limit=30")),
            ("page in the middle of them", await MiddleAsync(many)),
            ("filter of their titles", await MeasureAsync(many, index => $"/api/conversations?limit=30&q=talk%20{index * 7 % 5000}%20")),
            ("one of 5,000 messages", await MeasureAsync(longOne, _ => $"/api/conversations/{conversation}")),
            ("its newest 60", await MeasureAsync(longOne, _ => $"/api/conversations/{conversation}/messages?limit=60")),
            ("its tree", await MeasureAsync(longOne, _ => $"/api/conversations/{conversation}/tree")),
            ("search of 100,000: a word of every message", await MeasureAsync(searcher, _ => "/api/messages/search?q=river")),
            ("search of 100,000: a word of one message", await MeasureAsync(searcher, index => $"/api/messages/search?q=unique{index * 7 % 2000}x{index % 50}.")),
            ("search of 100,000: a word of none", await MeasureAsync(searcher, index => $"/api/messages/search?q=nowhere{index}")),
        };
        Console.WriteLine($"{"milliseconds",-46}{"p50",9}{"p95",9}{"p99",9}{"max",9}");
        foreach (var (name, times) in rows)
            Console.WriteLine($"{name,-46}{times}");
        return rows.Select(row => new { name = row.Name, times = row.Times }).ToList();
    }

    private static async Task ImportAsync(HttpClient client, int conversations, int messages, int letters)
    {
        var path = Path.GetTempFileName();
        await using var file = new FileStream(path, new FileStreamOptions { Access = FileAccess.ReadWrite, Mode = FileMode.Create, Options = FileOptions.DeleteOnClose });
        await new SyntheticExport(seed: conversations).WriteAsync(file, conversations, messages, letters);
        file.Position = 0;
        await Server.ImportAsync(client, file);
    }

    private static async Task<Percentiles> MiddleAsync(HttpClient client)
    {
        string? cursor = null;
        for (var page = 0; page < 25; page++)
            cursor = (await client.GetFromJsonAsync<JsonElement>($"/api/conversations?limit=100{(cursor is null ? "" : "&cursor=" + cursor)}")).GetProperty("next").GetString();
        return await MeasureAsync(client, _ => $"/api/conversations?limit=30&cursor={cursor}");
    }

    private static async Task<Percentiles> MeasureAsync(HttpClient client, Func<int, string> path)
    {
        for (var warm = 0; warm < 20; warm++)
            await client.GetByteArrayAsync(path(warm));
        var times = new List<double>();
        for (var index = 0; index < Requests; index++)
            times.Add(await Server.MillisecondsAsync(() => client.GetByteArrayAsync(path(index))));
        return Percentiles.Of(times);
    }
}
