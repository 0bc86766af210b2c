using System.Text;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class StreamFuzzTests
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "data: ", "data:", "\n\n", "\r", "[DONE]", "data: [DONE]\n\n", "null", "{}", "[]", "\"", "\\ud83d", "{\"error\":", "{\"error\":{\"message\":5}}", "\"index\":-1",
            "\"index\":99999999999", "\"choices\":null", "\"choices\":[[]]", "\"delta\":[]", "\"content\":[{\"type\":\"thinking\",\"thinking\":[{}]}]", "\"tool_calls\":[null,{},{\"function\":5}]",
            "\"usage\":{\"prompt_tokens\":1e400}", "\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":\"7\"}", "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"\\ud800\"}]",
            "event: error\n", "\"type\":\"message_stop\"", "\"type\":5", "\"content_block\":{\"type\":\"tool_use\"}", "\"parts\":[null,5,{\"functionCall\":{}},{\"inlineData\":{\"mimeType\":\"x\",\"data\":\"%\"}}]",
            "\"thoughtSignature\":\"\\ud800\"", "\"candidates\":[5,null,{}]", "\"done\":true", "\"done\":\"true\"", "\"message\":[]", "{\"error\":\"\\ud800\"}\n", "\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":[]}}]",
            "\"finish_reason\":7", "\"type\":\"message-end\"", "\"tool_calls\":{\"function\":[]}", "\"citations\":{\"sources\":[null,5]}", "\"stopReason\":5", "\"toolUse\":{\"input\":{}}", "\"reasoningContent\":[]", "\"errors\":[5]", "\"finishReason\":{}", "\"toolCalls\":[null,{\"arguments\":5}]", "event: done\ndata: {\"reason\":5}\n\n", "event: error\ndata\n\n", "\"citations\":[{},5,\"ftp://x\"]", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0x00], [0xEF, 0xBB, 0xBF],
    ];

    [Theory]
    [InlineData("openai")]
    [InlineData("perplexity")]
    [InlineData("anthropic")]
    [InlineData("google-gemini")]
    [InlineData("ollama-cloud")]
    [InlineData("azure-openai")]
    [InlineData("cohere")]
    [InlineData("amazon-bedrock")]
    [InlineData("ibm-watsonx")]
    [InlineData("oracle-cloud-ai")]
    [InlineData("replicate")]
    public async Task Ends_every_broken_stream_with_an_answer_or_a_typed_failure(string row)
    {
        var transcripts = await Transcripts.RecordAsync(row, Cancellation);
        var chunks = 0L;
        var kinds = new HashSet<ProviderErrorKind>();
        for (var seed = 0; seed < SeededRandom.Rounds(sample: 3_000); seed++)
        {
            var random = new Random(seed);
            var transcript = transcripts[random.Next(transcripts.Count)];
            // A damaged frame is found at once: half of the time what is in the frames is damaged, and their sums are right.
            var bytes = Row(row).Dialect is "bedrock-converse" && random.Next(2) == 0 ? Frames.Mutate(transcript, payload => Mutate(random, payload)) : Mutate(random, transcript);
            var pieces = random.Cut(bytes, mostCuts: 20);
            chunks += pieces.Count;
            var handler = new ReplayHandler(pieces, endsWithReset: random.Next(4) == 0);
            try
            {
                var (_, failure) = await CollectAsync(handler.Client(row).GetStreamingResponseAsync("Hi", Options(), Cancellation));
                if (failure is not null)
                    kinds.Add(failure.Kind);
            }
            catch (Exception unexpected)
            {
                throw new InvalidOperationException($"Seed {seed}: {unexpected.GetType().Name}", unexpected);
            }
        }
        TestContext.Current.SendDiagnosticMessage("{0}: {1} fuzzed chunks", row, chunks);
        // The mutations reach more than one way to fail.
        if (row is not "replicate")
            kinds.ShouldContain(ProviderErrorKind.Malformed);
        kinds.ShouldContain(ProviderErrorKind.Truncated);
    }

    private static byte[] Mutate(Random random, byte[] original)
    {
        var bytes = original.ToList();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 50), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at / 2, Math.Min(100, bytes.Count - (at / 2))));
                    break;
                case 4 when random.Next(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(ValueStart(bytes, at), Tokens[random.Next(Tokens.Length)]);
                    break;
            }
            if (bytes.Count == 0)
                bytes.Add((byte)'x');
        }
        return [.. bytes];
    }

    /// <summary>The place after the next colon: putting a token there makes odd values more often than broken JSON.</summary>
    private static int ValueStart(List<byte> bytes, int from) => Math.Max(0, bytes.IndexOf((byte)':', from)) + 1;
}
