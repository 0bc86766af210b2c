using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.Bench;

/// <summary>What one streamed chunk costs, beside the barest parse of the same bytes in the same run.</summary>
internal sealed record StreamMeasure(
    string Dialect, int Chunks, double BytesPerChunk, double NanosecondsPerChunk, double Spread, double HeldKilobytes, double BareNanosecondsPerChunk)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public double Ratio => NanosecondsPerChunk / BareNanosecondsPerChunk;

    public static async Task<StreamMeasure> TakeAsync(string dialect, int chunks, int rounds)
    {
        var provider = ProviderCatalogue.Default.Providers.First(row => row.Dialect == dialect && row.IsUsable);
        using var http = new HttpMessageInvoker(new BodyHandler(dialect, chunks));
        using var client = new ChatClientFactory(TimeProvider.System)
            .Create(provider, Connection(provider), http);
        await ReadAsync(client, chunks);
        var times = new List<double>();
        var bare = new List<double>();
        double bytes = 0, held = 0;
        for (var i = 0; i < rounds; i++)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            var last = await ReadAsync(client, chunks);
            times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / chunks);
            bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)chunks;
            held = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024d;
            GC.KeepAlive(last);
            bare.Add(BareParse(dialect, chunks));
        }
        times.Sort();
        bare.Sort();
        var median = times[rounds / 2];
        return new StreamMeasure(dialect, chunks, bytes, median, (times[^1] - times[0]) / median, Math.Max(0, held), bare[rounds / 2]);
    }

    private static ProviderConnection Connection(Provider provider)
    {
        var settings = provider.Settings.Where(setting => setting is { Required: true, IsAddress: false } && setting.Name != "apiKey").ToDictionary(setting => setting.Name, _ => "one");
        settings["projectId"] = "one";
        using var key = RSA.Create(2048);
        if (settings.ContainsKey("privateKeyPem"))
            settings["privateKeyPem"] = key.ExportPkcs8PrivateKeyPem();
        return new ProviderConnection { ApiKey = "bench-key", BaseUrl = "https://bench.example", Settings = settings };
    }

    private static async Task<ChatResponseUpdate> ReadAsync(IChatClient client, int chunks)
    {
        var count = 0;
        ChatResponseUpdate? last = null;
        await foreach (var update in client.GetStreamingResponseAsync("Hi", new ChatOptions { ModelId = "m" }))
        {
            count++;
            last = update;
        }
        return count >= chunks + 1 && count <= chunks + 2 && last is not null ? last : throw new InvalidOperationException($"{count} updates for {chunks} chunks.");
    }

    /// <summary>Nanoseconds to parse each chunk's JSON and read its text, nothing else.</summary>
    private static double BareParse(string dialect, int chunks)
    {
        var line = Streams.Json(dialect);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < chunks; i++)
        {
            using var json = JsonDocument.Parse(line);
            GC.KeepAlive(Streams.Text(dialect, json.RootElement));
        }
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / chunks;
    }

    private sealed class BodyHandler(string dialect, int chunks) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = Prepared(request.RequestUri!.AbsolutePath) is { } text ? new StringContent(text) : new StreamContent(Streams.Body(dialect, chunks)) });

        /// <summary>What comes beside the stream: a token for a key, and a prediction.</summary>
        private static string? Prepared(string path) =>
            path.EndsWith("/token", StringComparison.Ordinal) ? """{"access_token":"token","expires_in":3600}"""
            : path.EndsWith("/predictions", StringComparison.Ordinal) ? """{"id":"p1","status":"starting","urls":{"stream":"https://bench.example/stream"}}"""
            : path.EndsWith("/predictions/p1", StringComparison.Ordinal) ? """{"id":"p1","status":"succeeded"}"""
            : null;
    }
}
