using System.Net.Http.Headers;
using System.Text;
using Atrium.Simulators;

namespace Atrium.Ai.Tests;

/// <summary>The raw bytes of good streams, recorded from the simulator.</summary>
internal static class Transcripts
{
    private const string Text = "Xin chào, 世界 👋! The quick brown fox — ¿qué tal? — jumps over 1,000 \"lazy\" dogs\nand \\back\\ again. Đà Nẵng.";

    private static readonly Reply[] Replies =
    [
        new() { Text = Text, Usage = new ReplyUsage(120, 30, Cached: 7, Reasoning: 3) },
        new() { Text = Text, LineEnds = "crlf", Comments = true },
        new() { Text = Text, LineEnds = "cr", UsagePlace = UsagePlace.OnFinish },
        new() { Text = Text, Reasoning = "Hm, let me think: 思考.", UsagePlace = UsagePlace.OnEveryChunk },
        new() { Text = "Looking.", ToolCalls = [new("weather", """{"city":"Đà Nẵng","days":3}"""), new("time")], UsagePlace = UsagePlace.InExtra },
        new() { Text = Text, UsagePlace = UsagePlace.Nowhere, WithoutEnd = true, Citations = ["https://example.org/a", "https://example.org/b"] },
    ];

    public static async Task<IReadOnlyList<byte[]>> RecordAsync(CancellationToken cancellation)
    {
        await using var simulator = await SimulatorHost.StartAsync(cancellation: cancellation);
        var transcripts = new List<byte[]>();
        foreach (var reply in Replies)
        {
            simulator.Simulation.Enqueue(reply);
            using var request = new HttpRequestMessage(HttpMethod.Post, simulator.OpenAiBaseUrl + "/chat/completions");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "sim-key");
            request.Content = new StringContent(
                """{"model":"sim-fast","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]}""", Encoding.UTF8, "application/json");
            using var response = await Connections.Loopback.SendAsync(request, cancellation);
            transcripts.Add(await response.Content.ReadAsByteArrayAsync(cancellation));
        }
        return transcripts;
    }
}
