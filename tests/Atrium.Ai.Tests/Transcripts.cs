using System.Text;
using Atrium.Simulators;

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
            var (address, body) = Call(simulator, row);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            foreach (var header in (string[])["x-api-key", "x-goog-api-key", "anthropic-version"])
                request.Headers.Add(header, "sim-key");
            request.Headers.Authorization = new("Bearer", "sim-key");
            using var response = await Connections.Loopback.SendAsync(request, cancellation);
            transcripts.Add(await response.Content.ReadAsByteArrayAsync(cancellation));
        }
        return transcripts;
    }

    private static (string Address, string Body) Call(SimulatorHost simulator, string row) => Connections.Row(row).Dialect switch
    {
        "anthropic-messages" => (simulator.AnthropicBaseUrl + "/messages",
            """{"model":"sim-fast","max_tokens":1000,"stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}"""),
        "gemini-generatecontent" => (simulator.GeminiBaseUrl + "/models/sim-fast:streamGenerateContent?alt=sse",
            """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}"""),
        "ollama-chat" => (simulator.OllamaBaseUrl + "/api/chat", """{"model":"sim-fast","messages":[{"role":"user","content":"Hi"}]}"""),
        _ => (simulator.OpenAiBaseUrl + "/chat/completions",
            """{"model":"sim-fast","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]}"""),
    };
}
