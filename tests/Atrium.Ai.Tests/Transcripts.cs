using Atrium.Simulators;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.Tests;

/// <summary>The raw bytes of good streams, recorded from the simulators.</summary>
internal static class Transcripts
{
    private const string Text = "Xin chào, 世界 👋! The quick brown fox — ¿qué tal? — jumps over 1,000 \"lazy\" dogs\nand \\back\\ again. Đà Nẵng.";

    /// <summary>Place of the one that calls tools.</summary>
    public const int WithTools = 4;

    private static readonly Reply[] Replies =
    [
        new() { Text = Text, Usage = new ReplyUsage(120, 30, Cached: 7, Reasoning: 3) },
        new() { Text = Text, LineEnds = "crlf", Comments = true },
        new() { Text = Text, LineEnds = "cr", UsagePlace = UsagePlace.OnFinish },
        new() { Text = Text, Reasoning = "Hm, let me think: 思考.", Signature = "sig-c2ln", RedactedReasoning = "ZW5j", UsagePlace = UsagePlace.OnEveryChunk },
        new() { Text = "Looking.", ToolCalls = [new("weather", """{"city":"Đà Nẵng","days":3}"""), new("time")], UsagePlace = UsagePlace.InExtra, Signature = "sig-c2ln" },
        new() { Text = Text, UsagePlace = UsagePlace.Nowhere, WithoutEnd = true, Citations = ["https://example.org/a", "https://example.org/b"] },
    ];

    public static async Task<IReadOnlyList<byte[]>> RecordAsync(string row, CancellationToken cancellation)
    {
        await using var simulator = await SimulatorHost.StartAsync(cancellation: cancellation);
        var transcripts = new List<byte[]>();
        foreach (var reply in Replies)
        {
            simulator.Simulation.Enqueue(reply);
            var recorder = new Recorder();
            var client = new ChatClientFactory(TimeProvider.System, Connections.OneAttempt)
                .Create(Connections.Row(row), Connections.To(simulator, row: row), new HttpMessageInvoker(recorder));
            await Connections.CollectAsync(client.GetStreamingResponseAsync("Hi", Connections.Options(), cancellation));
            transcripts.Add(recorder.Stream ?? throw new InvalidOperationException($"{row} did not stream."));
        }
        return transcripts;
    }

    /// <summary>Keeps the body of the answer that is a stream.</summary>
    private sealed class Recorder() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        public byte[]? Stream { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.Content.Headers.ContentType?.MediaType is not "application/json")
                Stream = bytes;
            response.Content = new ByteArrayContent(bytes);
            return response;
        }
    }
}
