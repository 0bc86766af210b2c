using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>What a provider says beside the words of its answer reaches the program, in the program's format.</summary>
public sealed class AnswerKeepingTests(OwnSimulator own) : IClassFixture<OwnSimulator>
{
    private const string Arguments = """{"city":"Huế","days":3,"exact":1.50}""";

    private readonly SimulatorHost simulator = own.Simulator;
    private readonly TestHouse house = own.House;

    public static TheoryData<string, string> Talks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var provider in (string[])["openai", "anthropic", "amazon-bedrock", "cohere", "ibm-watsonx", "oracle-cloud-ai", "google-gemini", "ollama-cloud"])
            {
                foreach (var format in (string[])["chat", "messages", "responses"])
                    data.Add(provider, format);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Talks))]
    public async Task Calls_of_tools_arrive_as_they_are_made_and_whole_at_the_end(string provider, string format)
    {
        var (secret, model) = await StartAsync(provider);
        var reply = new Reply { ToolCalls = [new ReplyToolCall("weather", Arguments), new ReplyToolCall("clock", """{"zone":"Asia/Ho_Chi_Minh"}""")] };

        simulator.Simulation.Enqueue(reply, reply);
        var streamed = await house.StreamAsync(secret, PathOf(format), Ask(format, model, stream: true));
        var (status, whole) = await house.RequestAsync(secret, PathOf(format), Ask(format, model, stream: false));

        status.ShouldBe(200, whole.ToString());
        var (calls, pieces) = CallsOf(format, streamed.Where(line => line != "[DONE]").Select(line => JsonDocument.Parse(line).RootElement).ToList());
        calls.Select(call => call.Name).ShouldBe(["weather", "clock"]);
        foreach (var found in (IReadOnlyList<(string Name, string Arguments)>[])[calls, CallsOf(format, whole)])
            found.Select(call => JsonNode.Parse(call.Arguments)!.ToJsonString()).ShouldBe([JsonNode.Parse(Arguments)!.ToJsonString(), """{"zone":"Asia/Ho_Chi_Minh"}"""]);
        // These two have no pieces.
        if (provider is not ("google-gemini" or "ollama-cloud"))
            pieces.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("anthropic", "sig-simulated-proof", null)]
    [InlineData("anthropic", "sig-simulated-proof", "hidden-thought")]
    [InlineData("amazon-bedrock", "sig-bedrock-proof", null)]
    [InlineData("google-gemini", "gem-proof", null)]
    public async Task Thoughts_keep_their_proof_and_find_the_way_back(string provider, string proof, string? hidden)
    {
        var (secret, model) = await StartAsync(provider);
        simulator.Simulation.Enqueue(new Reply { Reasoning = "Let me think.", Signature = proof, RedactedReasoning = hidden, ToolCalls = [new ReplyToolCall("weather", Arguments)] });

        var lines = await house.StreamAsync(secret, "/v1/messages", Ask("messages", model, stream: true));
        var content = Assemble(lines.Select(line => JsonDocument.Parse(line).RootElement));
        var use = content.Single(block => block!["type"]!.GetValue<string>() == "tool_use")!;
        var next = new JsonObject
        {
            ["model"] = model,
            ["max_tokens"] = 500,
            ["tools"] = JsonNode.Parse(MessageTools),
            ["messages"] = new JsonArray(
                new JsonObject { ["role"] = "user", ["content"] = "x" },
                new JsonObject { ["role"] = "assistant", ["content"] = content.DeepClone() },
                new JsonObject { ["role"] = "user", ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = use["id"]!.GetValue<string>(), ["content"] = "Sunny" }) }),
        };
        var (status, answer) = await house.RequestAsync(secret, "/v1/messages", next.ToJsonString());

        status.ShouldBe(200, answer.ToString());
        content.First()!["type"]!.GetValue<string>().ShouldBe("thinking");
        var sent = simulator.Simulation.Requests[^1].Body;
        sent.ShouldContain(proof);
        sent.ShouldNotContain("gemini:");
        if (hidden is not null)
            sent.ShouldContain(hidden);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    public async Task Counts_of_the_cache_and_of_thinking_stay_apart(string format)
    {
        var (secret, model) = await StartAsync(format == "messages" ? "amazon-bedrock" : "anthropic");
        simulator.Simulation.Enqueue(new Reply { Text = "ok", Usage = new ReplyUsage(100, 20, Cached: 40, CacheWrite: 25) });

        var (_, body) = await house.RequestAsync(secret, PathOf(format), Ask(format, model, stream: false));

        var usage = body.GetProperty("usage");
        long Count(params string[] path) => path.Aggregate(usage, (element, name) => element.GetProperty(name)).GetInt64();
        if (format == "messages")
            (Count("input_tokens"), Count("cache_read_input_tokens"), Count("cache_creation_input_tokens"), Count("output_tokens")).ShouldBe((35, 40, 25, 20));
        else if (format == "chat")
            (Count("prompt_tokens"), Count("prompt_tokens_details", "cached_tokens"), Count("prompt_tokens_details", "cache_write_tokens"), Count("completion_tokens")).ShouldBe((100, 40, 25, 20));
        else
            (Count("input_tokens"), Count("input_tokens_details", "cached_tokens"), Count("input_tokens_details", "cache_write_tokens"), Count("output_tokens")).ShouldBe((100, 40, 25, 20));
    }

    [Theory]
    [InlineData("chat", "annotations")]
    [InlineData("messages", "citations")]
    [InlineData("responses", "annotations")]
    public async Task Pages_an_answer_rests_on_are_named(string format, string name)
    {
        var (secret, model) = await StartAsync("google-gemini");
        var reply = new Reply { Text = "It rains.", Citations = ["https://example.org/rain"] };

        simulator.Simulation.Enqueue(reply, reply);
        var (_, whole) = await house.RequestAsync(secret, PathOf(format), Ask(format, model, stream: false));
        var lines = string.Concat(await house.StreamAsync(secret, PathOf(format), Ask(format, model, stream: true)));

        Strings(whole, name).ShouldContain("https://example.org/rain");
        lines.ShouldContain(format == "messages" ? "citations_delta" : format == "chat" ? "\"annotations\":[{" : "response.output_text.annotation.added");
        lines.ShouldContain("https://example.org/rain");
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("responses")]
    public async Task Thoughts_and_probabilities_arrive(string format)
    {
        var (secret, model) = await StartAsync("ibm-watsonx");
        var chunk = """data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{DELTA},"logprobs":{"content":[{"token":"TOKEN","logprob":-0.5,"bytes":null,"top_logprobs":[]}]}}]}""" + "\n\n";
        var stream = """data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"reasoning_content":"Let me think."}}]}""" + "\n\n"
            + chunk.Replace("DELTA", "\"content\":\"It \"").Replace("TOKEN", "It ") + chunk.Replace("DELTA", "\"content\":\"rains.\"").Replace("TOKEN", "rains.")
            + """data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2}}""" + "\n\ndata: [DONE]\n\n";
        simulator.Simulation.Enqueue(new Reply { ContentType = "text/event-stream", Body = stream }, new Reply { ContentType = "text/event-stream", Body = stream });
        var ask = Ask(format, model, stream: false);
        ask[format == "chat" ? "logprobs" : "include"] = format == "chat" ? JsonValue.Create(true) : new JsonArray("message.output_text.logprobs");

        var (status, whole) = await house.RequestAsync(secret, PathOf(format), ask.ToJsonString());
        ask["stream"] = true;
        var lines = string.Concat(await house.StreamAsync(secret, PathOf(format), ask.ToJsonString()));

        status.ShouldBe(200, whole.ToString());
        var tokens = format == "chat" ? whole.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content") : whole.GetProperty("output")[1].GetProperty("content")[0].GetProperty("logprobs");
        tokens.EnumerateArray().Select(token => (token.GetProperty("token").GetString(), token.GetProperty("logprob").GetDecimal())).ShouldBe([("It ", -0.5m), ("rains.", -0.5m)]);
        (format == "chat" ? whole.GetProperty("choices")[0].GetProperty("message").GetProperty("reasoning_content") : whole.GetProperty("output")[0].GetProperty("summary")[0].GetProperty("text")).GetString().ShouldBe("Let me think.");
        lines.ShouldContain("-0.5");
        lines.ShouldContain("Let me think.");
    }

    private const string MessageTools = """[{"name":"weather","input_schema":{"type":"object"}},{"name":"clock","input_schema":{"type":"object"}}]""";

    private static string PathOf(string format) => format switch { "chat" => "/v1/chat/completions", "messages" => "/v1/messages", _ => "/v1/responses" };

    private static JsonObject Ask(string format, string model, bool stream) => format switch
    {
        "chat" => new JsonObject { ["model"] = model, ["stream"] = stream, ["messages"] = JsonNode.Parse("""[{"role":"user","content":"x"}]"""), ["tools"] = JsonNode.Parse("""[{"type":"function","function":{"name":"weather"}},{"type":"function","function":{"name":"clock"}}]""") },
        "messages" => new JsonObject { ["model"] = model, ["stream"] = stream, ["max_tokens"] = 500, ["messages"] = JsonNode.Parse("""[{"role":"user","content":"x"}]"""), ["tools"] = JsonNode.Parse(MessageTools) },
        _ => new JsonObject { ["model"] = model, ["stream"] = stream, ["input"] = "x", ["tools"] = JsonNode.Parse("""[{"type":"function","name":"weather"},{"type":"function","name":"clock"}]""") },
    };

    private static IReadOnlyList<(string Name, string Arguments)> CallsOf(string format, JsonElement whole) => format switch
    {
        "chat" => [.. whole.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls").EnumerateArray().Select(call => (call.GetProperty("function").GetProperty("name").GetString()!, call.GetProperty("function").GetProperty("arguments").GetString()!))],
        "messages" => [.. whole.GetProperty("content").EnumerateArray().Where(block => block.GetProperty("type").GetString() == "tool_use").Select(block => (block.GetProperty("name").GetString()!, block.GetProperty("input").ToString()))],
        _ => [.. whole.GetProperty("output").EnumerateArray().Where(item => item.GetProperty("type").GetString() == "function_call").Select(item => (item.GetProperty("name").GetString()!, item.GetProperty("arguments").GetString()!))],
    };

    /// <summary>What a program puts together from a stream, and in how many pieces its arguments came.</summary>
    private static (IReadOnlyList<(string Name, string Arguments)> Calls, int Pieces) CallsOf(string format, IReadOnlyList<JsonElement> events)
    {
        if (format == "messages")
        {
            var blocks = Assemble(events).Where(block => block!["type"]!.GetValue<string>() == "tool_use");
            return ([.. blocks.Select(block => (block!["name"]!.GetValue<string>(), block["input"]!.ToJsonString()))], events.Count(line => line.ToString().Contains("input_json_delta", StringComparison.Ordinal)));
        }
        if (format == "responses")
        {
            var last = events[^1].GetProperty("response");
            events[^1].GetProperty("type").GetString().ShouldBe("response.completed");
            var done = events.Where(line => line.GetProperty("type").GetString() == "response.function_call_arguments.done").Select(line => line.GetProperty("arguments").GetString());
            done.ShouldBe(CallsOf(format, last).Select(call => call.Arguments));
            return (CallsOf(format, last), events.Count(line => line.GetProperty("type").GetString() == "response.function_call_arguments.delta"));
        }
        var pieces = events.Where(line => line.GetProperty("choices").GetArrayLength() > 0).Select(line => line.GetProperty("choices")[0].GetProperty("delta"))
            .Where(delta => delta.TryGetProperty("tool_calls", out _)).SelectMany(delta => delta.GetProperty("tool_calls").EnumerateArray()).ToList();
        var calls = pieces.GroupBy(piece => piece.GetProperty("index").GetInt32()).OrderBy(group => group.Key).Select(group => (
            group.First().GetProperty("function").GetProperty("name").GetString()!,
            string.Concat(group.Select(piece => piece.GetProperty("function").GetProperty("arguments").GetString()))));
        return ([.. calls], pieces.Count);
    }

    /// <summary>Anthropic's blocks, each put together from its events as its own program does.</summary>
    private static JsonArray Assemble(IEnumerable<JsonElement> events)
    {
        var blocks = new JsonArray();
        var inputs = new Dictionary<int, string>();
        foreach (var happening in events)
        {
            var index = happening.TryGetProperty("index", out var number) ? number.GetInt32() : -1;
            switch (happening.GetProperty("type").GetString())
            {
                case "content_block_start":
                    blocks.Count.ShouldBe(index);
                    blocks.Add(JsonNode.Parse(happening.GetProperty("content_block").GetRawText()));
                    break;
                case "content_block_delta":
                    var delta = happening.GetProperty("delta");
                    foreach (var name in (string[])["text", "thinking", "signature"])
                    {
                        if (delta.TryGetProperty(name, out var piece))
                            blocks[index]![name] = blocks[index]![name]!.GetValue<string>() + piece.GetString();
                    }
                    if (delta.TryGetProperty("partial_json", out var json))
                        inputs[index] = inputs.GetValueOrDefault(index) + json.GetString();
                    break;
                case "content_block_stop" when inputs.TryGetValue(index, out var input):
                    blocks[index]!["input"] = JsonNode.Parse(input);
                    break;
            }
        }
        return blocks;
    }

    private static string Strings(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => string.Concat(element.EnumerateObject().Select(member => member.Name == name ? member.Value.ToString() : Strings(member.Value, name))),
        JsonValueKind.Array => string.Concat(element.EnumerateArray().Select(item => Strings(item, name))),
        _ => "",
    };

    private async Task<(string Secret, string Model)> StartAsync(string provider)
    {
        var person = await house.PersonAsync();
        await person.ChooseAsync(SimulatedDialects.ChoiceOf(provider, simulator));
        return ((await person.MakeApiKeyAsync()).Secret, SimulatedDialects.ModelOf(provider));
    }
}
