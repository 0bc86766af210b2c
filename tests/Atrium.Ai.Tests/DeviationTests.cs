using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

/// <summary>What each compatible service does differently, as it looks on the wire.</summary>
public sealed class DeviationTests
{
    private const string End = "\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    [Fact]
    public async Task Groq_counts_in_an_extra_member()
    {
        var answer = await ReadAsync("groq", """
            data: {"choices":[{"index":0,"delta":{"reasoning":"Hm."}}],"x_groq":{"id":"r"}}

            data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}}

            data: [DONE]

            """);

        answer.Text.ShouldBe("Hi");
        Reasoning(answer).ShouldBe("Hm.");
        answer.Usage!.TotalTokenCount.ShouldBe(7);
    }

    [Fact]
    public async Task Mistral_sends_content_in_parts_and_refuses_foreign_fields()
    {
        var handler = ReplayHandler.Of("""
            data: {"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]}]}}]}

            data: {"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"Hi"},{"type":"reference","reference_ids":[1]}]}}]}

            data: {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"model_length"}],"usage":{"prompt_tokens":5,"completion_tokens":2}}

            data: [DONE]

            """);
        var options = Options("magistral");
        options.Seed = 7;
        options.Tools = [AIFunctionFactory.Create(() => 1, "one")];
        options.ToolMode = ChatToolMode.RequireAny;
        List<ChatMessage> messages =
        [
            User("Hi"),
            new(ChatRole.Assistant, [new FunctionCallContent("call_of_another_provider", "one")]),
            new(ChatRole.Tool, [new FunctionResultContent("call_of_another_provider", "1")]),
        ];

        var answer = await handler.Client("mistral").GetStreamingResponseAsync(messages, options, Cancellation).ToChatResponseAsync(Cancellation);

        answer.Text.ShouldBe("Hi");
        Reasoning(answer).ShouldBe("Hm.");
        answer.FinishReason.ShouldBe(ChatFinishReason.Length);
        answer.Usage!.OutputTokenCount.ShouldBe(2);
        var body = System.Text.Json.JsonDocument.Parse(handler.RequestBody!).RootElement;
        body.TryGetProperty("stream_options", out _).ShouldBeFalse();
        body.GetProperty("random_seed").GetInt32().ShouldBe(7);
        body.GetProperty("tool_choice").GetString().ShouldBe("any");
        var id = body.GetProperty("messages")[1].GetProperty("tool_calls")[0].GetProperty("id").GetString()!;
        id.Length.ShouldBe(9);
        body.GetProperty("messages")[2].GetProperty("tool_call_id").GetString().ShouldBe(id);
    }

    [Fact]
    public async Task Xai_leaves_reasoning_out_of_its_output_count()
    {
        var answer = await ReadAsync("xai", """
            data: {"choices":[{"index":0,"delta":{"reasoning_content":"Hm.","content":"Hi"}}]}

            data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":40}}}
            """ + End);

        answer.Usage!.OutputTokenCount.ShouldBe(42);
        answer.Usage.ReasoningTokenCount.ShouldBe(40);
    }

    [Fact]
    public async Task Deepseek_keeps_the_line_with_comments_and_counts_cache_hits()
    {
        var answer = await ReadAsync("deepseek", """
            : keep-alive

            : keep-alive

            data: {"choices":[{"index":0,"delta":{"reasoning_content":"Hm.","content":null}}]}

            data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2,"prompt_cache_hit_tokens":8,"prompt_cache_miss_tokens":2}}

            data: [DONE]

            """);

        answer.Text.ShouldBe("Hi");
        answer.Usage!.CachedInputTokenCount.ShouldBe(8);
    }

    [Fact]
    public async Task Openrouter_signs_its_thoughts_and_gets_them_back_unchanged()
    {
        var handler = ReplayHandler.Of("""
            data: {"choices":[{"index":0,"delta":{"reasoning":"Let me","reasoning_details":[{"type":"reasoning.text","index":0,"format":"v1","text":"Let me"}]}}]}

            data: {"choices":[{"index":0,"delta":{"reasoning":" see.","reasoning_details":[{"type":"reasoning.text","index":0,"text":" see.","signature":"c2ln"}]}}]}

            data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2,"cost":0.00012}}

            data: [DONE]

            """);
        var client = handler.Client("openrouter");

        var answer = await client.GetStreamingResponseAsync("Hi", Options("m"), Cancellation).ToChatResponseAsync(Cancellation);
        await client.GetResponseAsync([User("Hi"), .. answer.Messages, User("Go on")], Options("m"), Cancellation);

        Reasoning(answer).ShouldBe("Let me see.");
        answer.Usage!.AdditionalCounts![UsageKeys.ChargedPicoDollars].ShouldBe(120_000_000);
        handler.RequestBody!.ShouldContain(""" "reasoning_details":[{"type":"reasoning.text","index":0,"format":"v1","text":"Let me see.","signature":"c2ln"}] """.Trim());
    }

    [Fact]
    public async Task Openrouter_reports_errors_inside_the_stream_with_a_status_as_code()
    {
        var (answer, failure) = await CollectAsync(ReplayHandler.Of("""
            : OPENROUTER PROCESSING

            data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}

            data: {"id":"1","error":{"code":502,"message":"Provider disconnected"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}

            """).Client("openrouter").GetStreamingResponseAsync("Hi", Options("m"), Cancellation));

        answer.Text.ShouldBe("Hi");
        failure!.Kind.ShouldBe(ProviderErrorKind.Unavailable);
        failure.ProviderMessage.ShouldBe("Provider disconnected");
    }

    [Fact]
    public async Task Perplexity_cites_thinks_aloud_and_counts_on_every_chunk()
    {
        var answer = await ReadAsync("perplexity", """
            data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"<thi"},"message":{"content":"<thi"}}],"usage":{"prompt_tokens":5,"completion_tokens":1},"citations":["https://a.example/1"]}

            data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"nk>Hm.</th"},"message":{"content":"<think>Hm.</th"}}],"usage":{"prompt_tokens":5,"completion_tokens":2}}

            data: {"object":"chat.completion.done","choices":[{"index":0,"delta":{"content":"ink>\n\nHi [1]"},"message":{"content":"all"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":9,"cost":{"total_cost":0.006}},"search_results":[{"url":"https://a.example/1","title":"A"},{"url":"javascript:alert(1)","title":"B"}]}

            """);

        answer.Text.ShouldBe("Hi [1]");
        Reasoning(answer).ShouldBe("Hm.");
        answer.Usage!.OutputTokenCount.ShouldBe(9);
        answer.Usage.AdditionalCounts![UsageKeys.ChargedPicoDollars].ShouldBe(6_000_000_000);
        var citation = answer.Messages[0].Contents.SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>().ShouldHaveSingleItem();
        citation.Url.ShouldBe(new Uri("https://a.example/1"));
        citation.Title.ShouldBe("A");
    }

    [Fact]
    public async Task Perplexity_gets_neighbouring_messages_of_one_role_merged()
    {
        var handler = ReplayHandler.Of("""{"choices":[{"message":{"content":"Yes."}}]}""");

        await handler.Client("perplexity").GetResponseAsync([User("One"), User("Two")], Options("sonar"), Cancellation);

        handler.RequestBody!.ShouldContain("""[{"role":"user","content":"One\n\nTwo"}]""");
    }

    [Theory]
    [InlineData("together", "eos")]
    [InlineData("openai", "function_call")]
    public async Task Knows_other_words_for_the_end(string row, string reason)
    {
        var answer = await ReadAsync(row, $$$"""
            data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"{{{reason}}}"}]}

            data: [DONE]

            """);

        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
    }

    [Theory]
    [InlineData("""data: {"error":{"message":"Too busy","type":"server_error","code":"x","id":"1"},"status_code":503}""", ProviderErrorKind.Unavailable)]
    [InlineData("""data: {"error":"Model is overloaded"}""", ProviderErrorKind.Unavailable)]
    [InlineData("""data: {"choices":[{"index":0,"delta":{}}],"x_groq":{"error":{"message":"boom","type":"rate_limit_exceeded"}}}""", ProviderErrorKind.RateLimited)]
    [InlineData("""data: {"object":"error","message":"bad","type":"BadRequestError","code":400}""", ProviderErrorKind.BadRequest)]
    [InlineData("""data: {"choices":[{"index":0,"delta":{},"finish_reason":"insufficient_system_resource"}]}""", ProviderErrorKind.Unavailable)]
    public async Task Reads_errors_inside_a_stream_in_every_form(string line, ProviderErrorKind kind)
    {
        var (_, failure) = await CollectAsync(ReplayHandler.Of(line + "\n\n").Client().GetStreamingResponseAsync("Hi", Options("m"), Cancellation));

        failure!.Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData("""{"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}""", """{"id":"b","function":{"name":"g","arguments":"{\"x\":2}"}}""")]
    [InlineData("""{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}""", """{"index":0,"id":"b","function":{"name":"g","arguments":"{\"x\":2}"}}""")]
    [InlineData("""{"index":0,"id":"a","function":{"name":"f","arguments":{"x":1}}}""", """{"index":1,"function":{"name":"g","arguments":"{\"x\":2}"}}""")]
    [InlineData("""{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\""}},{"index":0,"id":"a","function":{"name":"f","arguments":":1}"}}""", """{"index":1,"id":"b","function":{"name":"g","arguments":"{\"x\":2}"}}""")]
    public async Task Puts_tool_calls_together_however_a_host_numbers_them(string first, string second)
    {
        var answer = await ReadAsync("openai", $$$"""
            data: {"choices":[{"index":0,"delta":{"tool_calls":[{{{first}}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{{{second}}}]}}]}
            """ + End);

        var calls = answer.Messages[0].Contents.OfType<FunctionCallContent>().ToList();
        calls.Select(call => call.Name).ShouldBe(["f", "g"]);
        calls.Select(call => call.Arguments!["x"]!.ToString()).ShouldBe(["1", "2"]);
        calls.Select(call => call.CallId).Distinct().Count().ShouldBe(2);
        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
    }

    [Fact]
    public async Task Marks_tool_calls_whose_arguments_are_no_json()
    {
        var answer = await ReadAsync("openai", """
            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]}}]}
            """ + End);

        var call = answer.Messages[0].Contents.OfType<FunctionCallContent>().ShouldHaveSingleItem();
        call.Exception.ShouldNotBeNull();
        call.Arguments.ShouldBeNull();
    }

    [Fact]
    public async Task Reads_letters_that_a_host_broke()
    {
        var answer = await ReadAsync("openai", """
            data: {"choices":[{"index":0,"delta":{"content":"a\ud83d"}}]}

            data: {"choices":[{"index":0,"delta":{"content":"\n\"b\u00e9"}}]}
            """ + End);

        answer.Text.ShouldBe("a\uFFFD\n\"bé");
    }

    [Fact]
    public async Task Cuts_the_limit_to_what_a_service_takes()
    {
        var handler = ReplayHandler.Of("""{"choices":[{"message":{"content":"Yes."}}]}""");
        var options = Options("jamba-mini");
        options.MaxOutputTokens = 8_192;

        await handler.Client("ai21").GetResponseAsync("Hi", options, Cancellation);

        handler.RequestBody!.ShouldContain("\"max_tokens\":4096");
    }

    [Fact]
    public async Task Says_before_the_call_what_a_service_cannot_do()
    {
        var picture = new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);
        var tools = Options("m");
        tools.Tools = [AIFunctionFactory.Create(() => 1, "one")];
        var handler = ReplayHandler.Of("{}");

        (await Should.ThrowAsync<ProviderException>(() => handler.Client("deepseek").GetResponseAsync([picture], Options("m"), Cancellation))).Kind.ShouldBe(ProviderErrorKind.Unsupported);
        (await Should.ThrowAsync<ProviderException>(() => handler.Client("perplexity").GetResponseAsync("Hi", tools, Cancellation))).Kind.ShouldBe(ProviderErrorKind.Unsupported);
        (await Should.ThrowAsync<ProviderException>(() => handler.Client().GetResponseAsync([], Options("m"), Cancellation))).Kind.ShouldBe(ProviderErrorKind.NotConfigured);
        handler.Requests.ShouldBe(0);
    }

    private static Task<ChatResponse> ReadAsync(string row, string stream) =>
        ReplayHandler.Of(stream).Client(row).GetStreamingResponseAsync("Hi", Options("m"), Cancellation).ToChatResponseAsync(Cancellation);

    private static string Reasoning(ChatResponse answer) =>
        string.Concat(answer.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
}
