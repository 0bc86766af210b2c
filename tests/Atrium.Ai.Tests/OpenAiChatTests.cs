using System.ComponentModel;
using System.Text.Json;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

[Keeps("Z-036", "Z-045")]
public sealed class OpenAiChatTests : SimulatorTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answers_with_text_model_usage_and_the_reason_for_stopping(bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Xin chào, 世界 👋!", Usage = new ReplyUsage(12, 3, Cached: 5, Reasoning: 2) });

        var answer = await AskAsync(stream, [User("Hi")], Options());

        answer.Text.ShouldBe("Xin chào, 世界 👋!");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.ModelId.ShouldBe("sim-fast");
        answer.Usage.ShouldNotBeNull();
        answer.Usage.InputTokenCount.ShouldBe(12);
        answer.Usage.OutputTokenCount.ShouldBe(3);
        answer.Usage.TotalTokenCount.ShouldBe(15);
        answer.Usage.CachedInputTokenCount.ShouldBe(5);
        answer.Usage.ReasoningTokenCount.ShouldBe(2);
    }

    [Fact]
    public async Task Sends_the_key_in_its_header_and_the_conversation_in_order()
    {
        var options = Options();
        options.Instructions = "You are Diszi.";
        options.MaxOutputTokens = 100;
        options.Temperature = 0.7f;
        options.StopSequences = ["END"];

        await Chat(Simulator, "openai").GetResponseAsync([User("One"), new(ChatRole.Assistant, "Two"), User("Three")], options, Cancellation);

        var request = Simulator.Simulation.Requests.ShouldHaveSingleItem();
        request.Headers["Authorization"].ShouldBe("Bearer " + Key);
        request.Path.ShouldBe("/v1/chat/completions");
        request.Body.ShouldBe("""
            {"model":"sim-fast","messages":[{"role":"system","content":"You are Diszi."},{"role":"user","content":"One"},{"role":"assistant","content":"Two"},{"role":"user","content":"Three"}],"stream":false,"max_completion_tokens":100,"temperature":0.7,"stop":["END"]}
            """.Trim());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_tools_in_parallel_and_sends_their_results_back(bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply
        {
            Text = "Let me look.",
            ToolCalls = [new("weather", """{"city":"Đà Nẵng","days":3}"""), new("time", "{}")],
        });
        var options = Options();
        options.Tools = [AIFunctionFactory.Create(([Description("Where")] string city, int days) => city, "weather", "Tells the weather.")];

        var answer = await AskAsync(stream, [User("Weather?")], options);

        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var calls = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        calls.Select(call => call.Name).ShouldBe(["weather", "time"]);
        calls[0].Arguments!["city"]!.ToString().ShouldBe("Đà Nẵng");
        calls[0].Arguments!["days"]!.ToString().ShouldBe("3");
        calls[1].Arguments.ShouldBeEmpty();

        List<ChatMessage> next =
        [
            User("Weather?"),
            .. answer.Messages,
            new(ChatRole.Tool, [new FunctionResultContent(calls[0].CallId, "Sunny"), new FunctionResultContent(calls[1].CallId, new { hour = 7 })]),
        ];
        (await AskAsync(stream, next, options)).Text.ShouldBe("The tool has answered.");
        var sent = Simulator.Simulation.Requests[^1].Json.GetProperty("messages");
        sent.GetArrayLength().ShouldBe(4);
        sent[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString().ShouldBe("""{"city":"Đà Nẵng","days":3}""");
        sent[2].GetProperty("content").GetString().ShouldBe("Sunny");
        sent[3].GetProperty("content").GetString().ShouldBe("""{"hour":7}""");
    }

    [Fact]
    public async Task Offers_tools_with_their_schema_and_choice()
    {
        var options = Options();
        options.Tools = [AIFunctionFactory.Create((string city) => city, "weather", "Tells the weather.")];
        options.ToolMode = ChatToolMode.RequireSpecific("weather");
        options.AllowMultipleToolCalls = false;

        await Chat(Simulator).GetResponseAsync("Hi", options, Cancellation);

        var body = Simulator.Simulation.Requests[0].Json;
        var function = body.GetProperty("tools")[0].GetProperty("function");
        function.GetProperty("name").GetString().ShouldBe("weather");
        function.GetProperty("description").GetString().ShouldBe("Tells the weather.");
        function.GetProperty("parameters").GetProperty("properties").GetProperty("city").GetProperty("type").GetString().ShouldBe("string");
        body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString().ShouldBe("weather");
        body.GetProperty("parallel_tool_calls").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Sends_pictures_sound_and_documents()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47];
        var message = new ChatMessage(ChatRole.User,
        [
            new TextContent("What is this?"),
            new DataContent(png, "image/png"),
            new UriContent("https://example.org/cat.jpg", "image/jpeg"),
            new DataContent(png, "audio/wav"),
            new DataContent(png, "application/pdf") { Name = "a.pdf" },
            new DataContent("notes"u8.ToArray(), "text/plain"),
        ]);

        var answer = await Chat(Simulator).GetResponseAsync([message], Options("sim-vision"), Cancellation);

        answer.Text.ShouldStartWith("I see 2 images.");
        var parts = Simulator.Simulation.Requests[0].Json.GetProperty("messages")[0].GetProperty("content");
        parts[1].GetProperty("image_url").GetProperty("url").GetString().ShouldBe("data:image/png;base64,iVBORw==");
        parts[2].GetProperty("image_url").GetProperty("url").GetString().ShouldBe("https://example.org/cat.jpg");
        parts[3].GetProperty("input_audio").GetProperty("format").GetString().ShouldBe("wav");
        parts[4].GetProperty("file").GetProperty("filename").GetString().ShouldBe("a.pdf");
        parts[5].GetProperty("text").GetString().ShouldBe("notes");
    }

    [Fact]
    public async Task Asks_for_json_of_a_schema()
    {
        var options = Options();
        var schema = JsonSerializer.Deserialize<JsonElement>("""{"type":"object","properties":{"a":{"type":"integer"}}}""");
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "thing");

        await Chat(Simulator).GetResponseAsync("Hi", options, Cancellation);

        var format = Simulator.Simulation.Requests[0].Json.GetProperty("response_format");
        format.GetProperty("type").GetString().ShouldBe("json_schema");
        format.GetProperty("json_schema").GetProperty("name").GetString().ShouldBe("thing");
        format.GetProperty("json_schema").GetProperty("schema").GetProperty("properties").GetProperty("a").GetProperty("type").GetString().ShouldBe("integer");
    }

    [Fact]
    public async Task Streams_thoughts_apart_from_the_text()
    {
        Simulator.Simulation.Enqueue(new Reply { Reasoning = "First, hm.", Text = "Yes." });

        var answer = await AskAsync(stream: true, [User("Hi")], Options());

        answer.Text.ShouldBe("Yes.");
        answer.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text).ShouldBe(["First, hm."]);
    }

    [Fact]
    public async Task Says_when_the_limit_cut_the_answer()
    {
        var options = Options();
        options.MaxOutputTokens = 2;
        Simulator.Simulation.Enqueue(new Reply { Text = "one two three" });

        var answer = await AskAsync(stream: true, [User("Hi")], options);

        answer.Text.ShouldBe("one two");
        answer.FinishReason.ShouldBe(ChatFinishReason.Length);
    }

    [Fact]
    public async Task Asks_again_without_what_a_reasoning_model_refuses()
    {
        var options = Options("sim-reasoner");
        options.Temperature = 0.2f;
        options.MaxOutputTokens = 50;

        var answer = await Chat(Simulator).GetResponseAsync("Hi", options, Cancellation);

        answer.Text.ShouldContain("Hi");
        Simulator.Simulation.Requests.Count.ShouldBe(3);
        var last = Simulator.Simulation.Requests[^1].Json;
        last.GetProperty("max_completion_tokens").GetInt32().ShouldBe(50);
        last.TryGetProperty("max_tokens", out _).ShouldBeFalse();
        last.TryGetProperty("temperature", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Repairs_tool_calls_whose_results_are_missing_and_results_whose_calls_are()
    {
        List<ChatMessage> messages =
        [
            User("Hi"),
            new(ChatRole.Tool, [new FunctionResultContent("gone", "stray")]),
            new(ChatRole.Assistant, [new FunctionCallContent("stopped", "weather")]),
            User("Never mind"),
        ];

        await Chat(Simulator).GetResponseAsync(messages, Options(), Cancellation);

        var sent = Simulator.Simulation.Requests[0].Json.GetProperty("messages");
        sent.EnumerateArray().Select(message => message.GetProperty("role").GetString()).ShouldBe(["user", "assistant", "tool", "user"]);
        sent[2].GetProperty("tool_call_id").GetString().ShouldBe("stopped");
    }

    private Task<ChatResponse> AskAsync(bool stream, IEnumerable<ChatMessage> messages, ChatOptions options) =>
        Chat(Simulator).AskAsync(stream, messages, options);
}
