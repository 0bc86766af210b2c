using System.Text.Json;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class AnthropicTests : SimulatorTest
{
    private IChatClient Client => Chat(Simulator, "anthropic");

    private JsonElement LastBody => Simulator.Simulation.Requests[^1].Json;

    [Fact]
    public async Task Sends_a_first_question_without_marks()
    {
        var options = Options();
        options.Instructions = "You are Diszi.";
        options.MaxOutputTokens = 100;

        await Client.GetResponseAsync([User("One")], options, Cancellation);

        var request = Simulator.Simulation.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/anthropic/v1/messages");
        request.Headers["anthropic-version"].ShouldBe("2023-06-01");
        request.Body.ShouldBe("""
            {"model":"sim-fast","max_tokens":100,"system":[{"type":"text","text":"You are Diszi."}],"messages":[{"role":"user","content":[{"type":"text","text":"One"}]}],"stream":false}
            """.Trim());
    }

    [Fact]
    public async Task Marks_what_the_next_question_will_repeat_for_the_cache()
    {
        var options = Options();
        options.Instructions = "You are Diszi.";

        await Client.GetResponseAsync([User("One"), new(ChatRole.Assistant, "Two"), User("Three")], options, Cancellation);

        LastBody.GetProperty("system")[0].GetProperty("cache_control").GetProperty("type").GetString().ShouldBe("ephemeral");
        var messages = LastBody.GetProperty("messages");
        messages[2].GetProperty("content")[0].GetProperty("cache_control").GetProperty("type").GetString().ShouldBe("ephemeral");
        messages[0].GetProperty("content")[0].TryGetProperty("cache_control", out _).ShouldBeFalse();

        options.AdditionalProperties = new AdditionalPropertiesDictionary { [RequestKeys.PromptCache] = false };
        await Client.GetResponseAsync([User("One"), new(ChatRole.Assistant, "Two"), User("Three")], options, Cancellation);
        Simulator.Simulation.Requests[^1].Body.ShouldNotContain("cache_control");
    }

    [Fact]
    public async Task Counts_what_the_cache_had_and_got_as_parts_of_the_input()
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Yes.", Usage = new ReplyUsage(100, 5, Cached: 60, CacheWrite: 30) });

        var usage = (await Client.AskAsync(stream: true, [User("Hi")], Options())).Usage!;

        usage.InputTokenCount.ShouldBe(100);
        usage.CachedInputTokenCount.ShouldBe(60);
        usage.AdditionalCounts![UsageKeys.CacheWriteTokens].ShouldBe(30);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sends_signed_and_redacted_thoughts_back_unchanged_before_the_call(bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Reasoning = "Let me think.", Signature = "sig-1", RedactedReasoning = "ZW5jcnlwdGVk", ToolCalls = [new("weather", "{}", "toolu_1")] });

        var answer = await Client.AskAsync(stream, [User("Hi")], Options());
        var result = new ChatMessage(ChatRole.Tool, [new FunctionResultContent("toolu_1", "Sunny")]);
        await Client.AskAsync(stream, [User("Hi"), .. answer.Messages, result], Options());

        LastBody.GetProperty("messages")[1].GetProperty("content").GetRawText().ShouldBe(
            """[{"type":"thinking","thinking":"Let me think.","signature":"sig-1"},{"type":"redacted_thinking","data":"ZW5jcnlwdGVk"},{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}]""");
    }

    [Fact]
    public async Task Sends_no_signature_of_another_provider_and_no_id_it_cannot_take()
    {
        List<ChatMessage> messages =
        [
            User("Hi"),
            new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = "gemini:c2ln" }, new FunctionCallContent("call of another:1", "weather")]),
            new(ChatRole.Tool, [new FunctionResultContent("call of another:1", "Sunny")]),
        ];

        (await Client.GetResponseAsync(messages, Options(), Cancellation)).Text.ShouldBe("The tool has answered.");

        var sent = LastBody.GetProperty("messages");
        var use = sent[1].GetProperty("content")[0];
        use.GetProperty("type").GetString().ShouldBe("tool_use");
        use.GetProperty("id").GetString()!.All(char.IsAsciiLetterOrDigit).ShouldBeTrue();
        sent[2].GetProperty("content")[0].GetProperty("tool_use_id").GetString().ShouldBe(use.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Leaves_out_past_thoughts_whose_signature_is_refused()
    {
        List<ChatMessage> messages = [User("Hi"), new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = "anthropic:forged" }, new TextContent("Yes.")]), User("Go on")];

        (await Client.GetResponseAsync(messages, Options(), Cancellation)).Text.ShouldContain("Go on");

        Simulator.Simulation.Requests.Count.ShouldBe(2);
        Simulator.Simulation.Requests[^1].Body.ShouldNotContain("forged");
    }

    [Theory]
    [InlineData("sim-reasoner", 1, "adaptive")]
    [InlineData("sim-fast", 2, "enabled")]
    public async Task Asks_a_model_to_think_in_the_way_it_knows(string model, int requests, string type)
    {
        var options = Options(model);
        options.Temperature = 0.5f;
        options.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Medium };

        await Client.GetResponseAsync("Hi", options, Cancellation);

        Simulator.Simulation.Requests.Count.ShouldBe(requests);
        LastBody.GetProperty("thinking").GetProperty("type").GetString().ShouldBe(type);
        LastBody.TryGetProperty("temperature", out _).ShouldBeFalse();
        if (type is "adaptive")
            LastBody.GetProperty("output_config").GetProperty("effort").GetString().ShouldBe("medium");
        else
            LastBody.GetProperty("thinking").GetProperty("budget_tokens").GetInt32().ShouldBe(6_144);
    }

    [Fact]
    public async Task Asks_again_without_a_temperature_the_model_refuses_and_with_the_limit_it_names()
    {
        var reasoner = Options("sim-reasoner");
        reasoner.Temperature = 0.2f;
        await Client.GetResponseAsync("Hi", reasoner, Cancellation);
        LastBody.TryGetProperty("temperature", out _).ShouldBeFalse();

        var longest = Options();
        longest.MaxOutputTokens = 60_000;
        await Client.GetResponseAsync("Hi", longest, Cancellation);
        LastBody.GetProperty("max_tokens").GetInt32().ShouldBe(32_000);
        Simulator.Simulation.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Holds_the_model_to_a_schema_or_tells_it_in_words()
    {
        var options = Options();
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.Deserialize<JsonElement>("""{"type":"object","properties":{"a":{"type":"integer"}}}"""));
        await Client.GetResponseAsync("Hi", options, Cancellation);
        var format = LastBody.GetProperty("output_config").GetProperty("format");
        format.GetProperty("type").GetString().ShouldBe("json_schema");
        format.GetProperty("schema").GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();

        Simulator.Simulation.Enqueue(new Reply { Status = 400, Body = """{"type":"error","error":{"type":"invalid_request_error","message":"output_config.format: not supported by this model"}}""" });
        await Client.GetResponseAsync("Hi", options, Cancellation);
        LastBody.TryGetProperty("output_config", out _).ShouldBeFalse();
        LastBody.GetProperty("system")[0].GetProperty("text").GetString()!.ShouldContain("\"integer\"");
    }

    [Fact]
    public async Task Goes_on_from_an_answer_where_the_model_takes_no_beginning()
    {
        Simulator.Simulation.Enqueue(new Reply { Status = 400, Body = """{"type":"error","error":{"type":"invalid_request_error","message":"This model does not support assistant message prefill."}}""" });

        await Client.GetResponseAsync([User("Hi"), new(ChatRole.Assistant, "Once upon a ")], Options(), Cancellation);

        Simulator.Simulation.Requests[0].Json.GetProperty("messages")[1].GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("Once upon a");
        LastBody.GetProperty("messages")[2].GetProperty("role").GetString().ShouldBe("user");
    }

    [Theory]
    [InlineData("refusal", "content_filter")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("pause_turn", "pause_turn")]
    public async Task Knows_every_reason_for_stopping(string reason, string neutral)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Yes.", FinishReason = reason });

        (await Client.AskAsync(stream: true, [User("Hi")], Options())).FinishReason!.Value.Value.ShouldBe(neutral);
    }

    [Fact]
    public async Task Reads_citations_and_leaves_out_blocks_and_events_nobody_knows()
    {
        var answer = await ReplayHandler.Of("""
            event: message_start
            data: {"type":"message_start","message":{"id":"1","usage":{"input_tokens":5}}}

            event: novelty
            data: {"type":"novelty","index":0}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"query\":1}"}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a.example/1","title":"A","cited_text":"x"}}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}

            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7,"input_tokens":6}}

            data: {"type":"message_stop"}


            """).Client("anthropic").GetStreamingResponseAsync("Hi", Options("m"), Cancellation).ToChatResponseAsync(Cancellation);

        answer.Text.ShouldBe("Hi");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Usage!.TotalTokenCount.ShouldBe(13);
        answer.Messages[0].Contents.SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>().ShouldHaveSingleItem().Title.ShouldBe("A");
    }

    [Fact]
    public async Task Lists_models_with_what_they_take()
    {
        var models = await new ChatClientFactory(TimeProvider.System, OneAttempt).ListModelsAsync(Row("anthropic"), To(Simulator, row: "anthropic"), Loopback, Cancellation);

        models.Select(model => model.Id).ShouldBe(["sim-fast", "sim-reasoner", "sim-vision"]);
        models[0].ShouldBe(new ProviderModel { Id = "sim-fast", Name = "Simulated sim-fast", ContextTokens = 200_000, MaxOutputTokens = 64_000, Tools = true });
    }
}
