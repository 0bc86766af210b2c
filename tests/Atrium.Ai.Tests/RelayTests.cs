using System.Text;
using System.Text.Json;
using Atrium.Simulators;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class RelayTests : SimulatorTest
{
    private const int Most = 500;

    [Fact]
    public async Task Sends_the_bytes_of_the_program_when_nothing_has_to_change()
    {
        const string body = "{ \"model\":\"sim-fast\",\n  \"messages\" : [{\"role\":\"user\",\"content\":\"H\\u0069 \\ud83d\\ude00\",\"name\":\"ana\"}], \"max_tokens\":20,\"logprobs\":true, \"unheard_of\":{\"a\":[1.50,-0]} }";

        await RelayAsync("openai-compatible", RelayFormat.OpenAiChat, body, "sim-fast");

        Simulator.Simulation.Requests.ShouldHaveSingleItem().Body.ShouldBe(body);
    }

    [Theory]
    [InlineData("""{"model":"x/a","messages":[{}],"max_tokens":5}""", """{"model":"sim \"q\"","messages":[{}],"max_tokens":5}""")]
    [InlineData("""{"model":"x/a","messages":[{}],"max_tokens":9999}""", """{"model":"sim \"q\"","messages":[{}],"max_tokens":500}""")]
    [InlineData("""{"messages":[{}],"max_tokens":null,"model":"x/a"}""", """{"messages":[{}],"max_tokens":500,"model":"sim \"q\""}""")]
    [InlineData("""{ "model":"x/a","messages":[{}]}""", """{"max_tokens":500, "model":"sim \"q\"","messages":[{}]}""")]
    [InlineData("""{"model":"x/a","messages":[{}],"max_tokens":5,"stream":true}""", """{"stream_options":{"include_usage":true},"model":"sim \"q\"","messages":[{}],"max_tokens":5,"stream":true}""")]
    [InlineData("""{"model":"x/a","messages":[{}],"max_tokens":5,"stream":true,"stream_options":null}""", """{"model":"sim \"q\"","messages":[{}],"max_tokens":5,"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"x/a","messages":[{}],"max_tokens":5,"stream":true,"stream_options":{"a":1,"include_usage":false}}""", """{"model":"sim \"q\"","messages":[{}],"max_tokens":5,"stream":true,"stream_options":{"a":1,"include_usage":true}}""")]
    [InlineData("""{"model":"x/a","messages":[{}],"max_tokens":5,"stream":true,"stream_options":{"include_usage":true}}""", """{"model":"sim \"q\"","messages":[{}],"max_tokens":5,"stream":true,"stream_options":{"include_usage":true}}""")]
    public void Changes_only_model_limit_and_the_asking_for_counts(string body, string sent)
    {
        var request = RelayRequest.Read(Encoding.UTF8.GetBytes(body), RelayFormat.OpenAiChat).ShouldNotBeNull();

        Encoding.UTF8.GetString(request.Write("sim \"q\"", Most, Row("openai-compatible"), new HashSet<string>()).Span).ShouldBe(sent);
    }

    [Theory]
    [InlineData("""{"model":"a","model":"b","messages":[{}]}""")]
    [InlineData("""{"model":"a","mod\u0065l":"b","messages":[{}]}""")]
    [InlineData("""{"model":"a","messages":[{}],"max_tokens":1,"max_completion_tokens":2}""")]
    [InlineData("""{"model":7,"messages":[{}]}""")]
    [InlineData("""{"model":"a","messages":{}}""")]
    [InlineData("""{"model":"a","messages":[{"role":{"x":1},"content":"y"}]}""")]
    [InlineData("""{"model":"a","messages":["text"]}""")]
    [InlineData("""{"model":"a","messages":[{"role":"user","content":"\ud800"}]}""")]
    [InlineData("""{"model":"a","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"file:///etc/passwd"}}]}]}""")]
    [InlineData("""{"model":"a"}""")]
    [InlineData("""{"model":"a","messages":[]}""")]
    [InlineData("""{"model":"a","messages":[{}],"n":0}""")]
    [InlineData("""{"model":"a","messages":[{}],"stream":"yes"}""")]
    [InlineData("""{"model":"a","messages":[{}],"max_tokens":1.5}""")]
    [InlineData("""{"model":"a","messages":[{}],"stream_options":{"include_usage":1}}""")]
    [InlineData("""{"model":"a","messages":[{}]} {}""")]
    [InlineData("""{"model":"a","messages":[{}]""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Leaves_what_is_not_plainly_a_request_to_those_who_explain(string body) =>
        RelayRequest.Read(Encoding.UTF8.GetBytes(body), RelayFormat.OpenAiChat).ShouldBeNull();

    [Fact]
    public void Counts_texts_answers_and_attachments()
    {
        const string body = """
            {"model":"a","n":3,"messages":[{"role":"system","content":"12345"},{"role":"user","content":[{"type":"text","text":"1234"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},{"role":"assistant","content":"1"}],"tools":[{"type":"function"}]}
            """;
        var request = RelayRequest.Read(Encoding.UTF8.GetBytes(body), RelayFormat.OpenAiChat).ShouldNotBeNull();

        request.Answers.ShouldBe(3);
        request.Attachments.ShouldBe(1);
        // The words "text" and "image_url" are read, too.
        request.QuestionBytes.ShouldBe("text1234image_url".Length);
        request.TextBytes.ShouldBe("12345".Length + "text1234image_url".Length + "1".Length + "function".Length);
    }

    [Theory]
    [InlineData("openai-compatible", RelayFormat.OpenAiChat, true, true)]
    [InlineData("openai-compatible", RelayFormat.OpenAiChat, true, false)]
    [InlineData("openai-compatible", RelayFormat.OpenAiChat, false, false)]
    [InlineData("anthropic", RelayFormat.AnthropicMessages, true, false)]
    [InlineData("anthropic", RelayFormat.AnthropicMessages, false, false)]
    public async Task Hands_the_answer_on_as_it_came_and_reads_its_counts(string row, RelayFormat format, bool streams, bool asksForUsage)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Xin chào, 世界 👋!", Usage = new ReplyUsage(12, 3, Cached: 5) });
        var options = streams && format is RelayFormat.OpenAiChat ? $$""","stream_options":{"include_usage":{{(asksForUsage ? "true" : "false")}}}""" : "";

        var (text, answer) = await RelayAsync(row, format, $$"""{"model":"sim-fast","max_tokens":50,"messages":[{"role":"user","content":"Hi"}],"stream":{{(streams ? "true" : "false")}}{{options}}}""", "sim-fast");

        answer.IsStream.ShouldBe(streams);
        answer.Usage.ShouldNotBeNull().InputTokenCount.ShouldBe(12);
        answer.Usage!.OutputTokenCount.ShouldBe(3);
        answer.Usage.CachedInputTokenCount.ShouldBe(5);
        answer.FinishReason.ShouldBe(format is RelayFormat.OpenAiChat ? "stop" : "end_turn");
        // Of a stream the program hears its counts only when it asked.
        text.Contains("prompt_tokens", StringComparison.Ordinal).ShouldBe(format is RelayFormat.OpenAiChat && (!streams || asksForUsage));
        text.Contains("[DONE]", StringComparison.Ordinal).ShouldBe(streams && format is RelayFormat.OpenAiChat);
        TextOf(text, streams).ShouldBe("Xin chào, 世界 👋!");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Hands_on_the_same_bytes_however_they_are_cut(int piece)
    {
        const string stream = ": hello\r\n\r\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Số \"}}]}\r\n\r\ndata:{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"một\"},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n";
        var relay = RelayTo(new ReplayHandler(Cut(stream, piece)));
        var request = RelayRequest.Read("""{"model":"a","messages":[{}],"stream":true}"""u8.ToArray(), RelayFormat.OpenAiChat)!;

        await using var answer = await relay.SendAsync(request, RelayFormat.OpenAiChat, "a", Most, [], Cancellation);
        var text = await ReadAsync(answer);

        text.ShouldBe(stream.Replace("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}\n\n", "", StringComparison.Ordinal));
        answer.Usage.ShouldNotBeNull().OutputTokenCount.ShouldBe(2);
        answer.FinishReason.ShouldBe("stop");
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", ProviderErrorKind.Truncated)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"err", ProviderErrorKind.Truncated)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: nonsense\n\n", ProviderErrorKind.Malformed)]
    [InlineData("data: {\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}\n\n", ProviderErrorKind.RateLimited)]
    [InlineData("{\"error\":{\"message\":\"You exceeded your current quota\",\"code\":\"insufficient_quota\"}}", ProviderErrorKind.QuotaExhausted)]
    [InlineData("<html>not here</html>", ProviderErrorKind.Malformed)]
    [InlineData("", ProviderErrorKind.Truncated)]
    public async Task Says_how_an_answer_broke(string body, ProviderErrorKind kind)
    {
        var relay = RelayTo(new ReplayHandler(Cut(body, 3)));
        var request = RelayRequest.Read("""{"model":"a","messages":[{}],"stream":true}"""u8.ToArray(), RelayFormat.OpenAiChat)!;

        await using var answer = await relay.SendAsync(request, RelayFormat.OpenAiChat, "a", Most, [], Cancellation);

        (await Should.ThrowAsync<ProviderException>(() => ReadAsync(answer))).Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task Hands_on_what_came_before_a_failure()
    {
        const string begun = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
        var relay = RelayTo(new ReplayHandler(Cut(begun + "data: {\"error\":{\"message\":\"gone\"}}\n\n", 100_000)));
        var request = RelayRequest.Read("""{"model":"a","messages":[{}],"stream":true}"""u8.ToArray(), RelayFormat.OpenAiChat)!;

        await using var answer = await relay.SendAsync(request, RelayFormat.OpenAiChat, "a", Most, [], Cancellation);

        Encoding.UTF8.GetString((await answer.ReadAsync()).Span).ShouldBe(begun);
        await Should.ThrowAsync<ProviderException>(async () => await answer.ReadAsync());
    }

    [Fact]
    public void Lets_through_only_where_the_format_is_kept()
    {
        ChatRelay.Speaks(Row("openai"), RelayFormat.OpenAiChat).ShouldBeTrue();
        ChatRelay.Speaks(Row("anthropic"), RelayFormat.AnthropicMessages).ShouldBeTrue();
        ChatRelay.Speaks(Row("anthropic"), RelayFormat.OpenAiChat).ShouldBeFalse();
        ChatRelay.Speaks(Row("openai"), RelayFormat.AnthropicMessages).ShouldBeFalse();
        ChatRelay.Speaks(Row("mistral"), RelayFormat.OpenAiChat).ShouldBeFalse();
        ChatRelay.Speaks(Row("google-gemini"), RelayFormat.OpenAiChat).ShouldBeFalse();
    }

    private async Task<(string Text, RelayedAnswer Answer)> RelayAsync(string row, RelayFormat format, string body, string model)
    {
        var relay = new ChatClientFactory(TimeProvider.System, OneAttempt).CreateRelay(Row(row), To(Simulator, row: row), Loopback);
        var request = RelayRequest.Read(Encoding.UTF8.GetBytes(body), format).ShouldNotBeNull();
        await using var answer = await relay.SendAsync(request, format, model, Most, [], Cancellation);
        return (await ReadAsync(answer), answer);
    }

    private static ChatRelay RelayTo(ReplayHandler handler) =>
        new ChatClientFactory(TimeProvider.System, OneAttempt).CreateRelay(Row("openai-compatible"), At("https://models.example.com/v1", Row("openai-compatible")), new HttpMessageInvoker(handler));

    private static ReadOnlyMemory<byte>[] Cut(string text, int length) => [.. Encoding.UTF8.GetBytes(text).Chunk(length).Select(piece => (ReadOnlyMemory<byte>)piece)];

    private static async Task<string> ReadAsync(RelayedAnswer answer)
    {
        using var all = new MemoryStream();
        while (await answer.ReadAsync() is { IsEmpty: false } piece)
            all.Write(piece.Span);
        return Encoding.UTF8.GetString(all.ToArray());
    }

    /// <summary>All texts of an answer in either format, joined.</summary>
    private static string TextOf(string answer, bool streams)
    {
        var pieces = streams
            ? answer.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => line["data: ".Length..])
            : [answer];
        return string.Concat(pieces.SelectMany(piece =>
        {
            using var document = JsonDocument.Parse(piece);
            return Texts(document.RootElement).ToList();
        }));
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name is "content" or "text" && member.Value.ValueKind is JsonValueKind.String ? [member.Value.GetString()!] : Texts(member.Value)),
        _ => [],
    };
}
