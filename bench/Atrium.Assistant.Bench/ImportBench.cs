using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Assistant.Bench;

/// <summary>A large export through the front door: how much memory the server takes for it, and how long another person's writes wait meanwhile.</summary>
internal static class ImportBench
{
    public static async Task<object> RunAsync(long megabytes)
    {
        await using var server = await Server.StartAsync();
        using var person = await Server.FirstPersonAsync(server);
        using var other = await Server.PersonAsync(server, "other");
        var path = Path.Combine(server.Folder, "export.json");
        var export = new SyntheticExport(seed: 1);
        await using (var output = File.Create(path))
            await export.WriteAsync(output, megabytes * 1024 * 1024);
        var idle = Server.PeakMegabytes(server);
        using var stop = new CancellationTokenSource();
        var writes = WriteAsync(other, stop.Token);
        await using var file = File.OpenRead(path);
        var (import, upload, work) = await Server.ImportAsync(person, file);
        await stop.CancelAsync();
        var waits = Percentiles.Of(await writes);
        file.Position = 0;
        var (again, _, againWork) = await Server.ImportAsync(person, file);
        var report = import.GetProperty("report");
        var result = new
        {
            megabytes,
            conversations = export.Conversations,
            messages = export.Messages,
            importedConversations = report.GetProperty("conversations").GetInt32(),
            importedMessages = report.GetProperty("messages").GetInt32(),
            problems = report.GetProperty("problemCount").GetInt32(),
            skippedTheSecondTime = again.GetProperty("report").GetProperty("skipped").GetInt32(),
            uploadSeconds = Math.Round(upload, 1),
            importSeconds = Math.Round(work, 1),
            secondImportSeconds = Math.Round(againWork, 1),
            idleMegabytes = idle,
            peakMegabytes = Server.PeakMegabytes(server),
            otherPersonsWrites = waits,
        };
        Console.WriteLine($"""
            {megabytes} MB, {result.conversations} conversations, {result.messages} messages: {import.GetProperty("status")}
            upload {result.uploadSeconds} s, import {result.importSeconds} s, the same again {result.secondImportSeconds} s ({result.skippedTheSecondTime} skipped)
            memory {result.idleMegabytes} MB before, {result.peakMegabytes} MB at most
            another person's writes meanwhile, ms:  p50, p95, p99, max {waits}
            """);
        return result;
    }

    private static async Task<List<double>> WriteAsync(HttpClient client, CancellationToken stop)
    {
        var times = new List<double>();
        var id = (await Server.PostAsync(client, "/api/conversations", new { title = "Beside" })).GetProperty("id").GetGuid();
        while (!stop.IsCancellationRequested)
        {
            times.Add(await Server.MillisecondsAsync(async () =>
            {
                using var response = await client.PatchAsJsonAsync($"/api/conversations/{id}", new { pinned = times.Count % 2 == 0 });
                response.EnsureSuccessStatusCode();
            }));
            await Task.Delay(20, CancellationToken.None);
        }
        return times;
    }
}
