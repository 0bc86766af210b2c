using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class StreamCutTests
{
    private const int Places = 1_000;

    public static MatrixTheoryData<string, bool> RowsAndResets { get; } = new([.. RowIds], [false, true]);

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task Reads_the_same_answer_however_the_bytes_are_cut(string row)
    {
        var transcripts = await Transcripts.RecordAsync(row, Cancellation);
        var whole = new List<string>();
        foreach (var transcript in transcripts)
            whole.Add(Describe(await AskAsync(row, [transcript])));
        whole.ShouldAllBe(answer => answer.Contains("\"Reason\":\"stop\"") || answer.Contains("\"Reason\":\"tool_calls\""));

        for (var seed = 0; seed < Places; seed++)
        {
            var which = seed % transcripts.Count;
            var pieces = new Random(seed).Cut(transcripts[which], mostCuts: 40);
            Describe(await AskAsync(row, pieces)).ShouldBe(whole[which], $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task Reads_the_same_answer_byte_by_byte(string row)
    {
        foreach (var transcript in await Transcripts.RecordAsync(row, Cancellation))
        {
            var bytes = Enumerable.Range(0, transcript.Length).Select(i => (ReadOnlyMemory<byte>)transcript.AsMemory(i, 1)).ToList();
            Describe(await AskAsync(row, bytes)).ShouldBe(Describe(await AskAsync(row, [transcript])));
        }
    }

    [Theory]
    [MemberData(nameof(RowsAndResets))]
    public async Task Keeps_the_text_and_says_truncated_when_the_stream_breaks(string row, bool withReset)
    {
        var transcripts = await Transcripts.RecordAsync(row, Cancellation);
        for (var seed = 0; seed < Places; seed++)
        {
            var transcript = transcripts[seed % transcripts.Count];
            var (whole, _) = await AskAsync(row, [transcript]);
            var random = new Random(seed);
            var end = random.Next(transcript.Length);

            var (answer, failure) = await AskAsync(row, random.Cut(transcript.AsMemory(0, end), mostCuts: 5), withReset);

            whole.Text.ShouldStartWith(answer.Text, Case.Sensitive, $"seed {seed}");
            var (finishStart, finishEnd) = Finish(row, transcript);
            if (end < finishStart)
                (failure?.Kind).ShouldBe(ProviderErrorKind.Truncated, $"seed {seed}");
            else if (end >= finishEnd)
                (failure is null && answer.Text == whole.Text).ShouldBeTrue($"seed {seed}");
        }
    }

    public static TheoryData<string> ToolRows { get; } = [.. RowIds.Where(row => Row(row).Capabilities.Tools)];

    [Theory]
    [MemberData(nameof(ToolRows))]
    public async Task Never_hands_out_a_tool_call_of_a_broken_stream(string row)
    {
        var transcript = (await Transcripts.RecordAsync(row, Cancellation))[Transcripts.WithTools];
        var end = Finish(row, transcript).Start - 1;

        var (answer, failure) = await AskAsync(row, [transcript.AsMemory(0, end)]);

        failure!.Kind.ShouldBe(ProviderErrorKind.Truncated);
        answer.Text.ShouldBe("Looking.");
        answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ShouldBeEmpty();
    }

    private static Task<(ChatResponse Answer, ProviderException? Failure)> AskAsync(string row, IReadOnlyList<ReadOnlyMemory<byte>> pieces, bool withReset = false) =>
        CollectAsync(new ReplayHandler(pieces, withReset).Client(row).GetStreamingResponseAsync("Hi", Options(), Cancellation));

    /// <summary>Where the JSON of the last chunk begins to be complete, and where its event has surely ended.</summary>
    private static (int Start, int End) Finish(string row, byte[] transcript)
    {
        var text = Encoding.Latin1.GetString(transcript);
        var mark = Row(row).Dialect switch
        {
            "anthropic-messages" => "\"stop_reason\":\"",
            "gemini-generatecontent" => "\"finishReason\":\"",
            "ollama-chat" => "\"done\":true",
            "bedrock-converse" => "\"stopReason\":\"",
            "oci-genai-chat" => "\"finishReason\":\"",
            "replicate-predictions" => "event: done",
            _ => "\"finish_reason\":\"",
        };
        var reason = text.LastIndexOf(mark, StringComparison.Ordinal);
        if (Row(row).Dialect is "bedrock-converse")
            return (EndOfFrame(transcript, reason), EndOfFrame(transcript, reason));
        var lineEnd = text.IndexOfAny(['\r', '\n'], reason);
        // There the name of the event stands on a line before its data.
        return (lineEnd, Row(row).Dialect is "replicate-predictions" ? transcript.Length : lineEnd + 4);
    }

    /// <summary>The end of the frame that a place is in.</summary>
    private static int EndOfFrame(byte[] transcript, int place)
    {
        var end = 0;
        while (end <= place)
            end += BinaryPrimitives.ReadInt32BigEndian(transcript.AsSpan(end));
        return end;
    }

    private static string Describe((ChatResponse Answer, ProviderException? Failure) result)
    {
        result.Failure.ShouldBeNull();
        var contents = result.Answer.Messages.SelectMany(message => message.Contents).ToList();
        return JsonSerializer.Serialize(new
        {
            result.Answer.Text,
            Reasoning = string.Concat(contents.OfType<TextReasoningContent>().Select(content => content.Text)),
            Calls = contents.OfType<FunctionCallContent>().Select(call => new { call.CallId, call.Name, Arguments = JsonSerializer.Serialize(call.Arguments) }),
            Citations = contents.SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>().Select(citation => citation.Url),
            Usage = result.Answer.Usage is { } usage ? new { usage.InputTokenCount, usage.OutputTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount } : null,
            Reason = result.Answer.FinishReason?.Value,
        });
    }
}
