using System.Net;
using System.Text.Json;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class GeminiTests : SimulatorTest
{
    private IChatClient Client => Chat(Simulator, "google-gemini");

    private JsonElement LastBody => Simulator.Simulation.Requests[^1].Json;

    [Theory]
    [InlineData(true, "/gemini/v1beta/models/sim-fast:streamGenerateContent?alt=sse")]
    [InlineData(false, "/gemini/v1beta/models/sim-fast:generateContent")]
    public async Task Sends_the_conversation_in_its_own_form(bool stream, string path)
    {
        var options = Options("models/sim-fast");
        options.Instructions = "You are Diszi.";
        options.MaxOutputTokens = 100;

        await Client.AskAsync(stream, [User("One"), new(ChatRole.Assistant, "Two"), User("Three")], options);

        var request = Simulator.Simulation.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe(path);
        request.Body.ShouldBe("""
            {"systemInstruction":{"parts":[{"text":"You are Diszi."}]},"contents":[{"role":"user","parts":[{"text":"One"}]},{"role":"model","parts":[{"text":"Two"}]},{"role":"user","parts":[{"text":"Three"}]}],"generationConfig":{"maxOutputTokens":100}}
            """.Trim());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sends_the_signature_of_a_call_back_on_the_same_part(bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Reasoning = "Hm.", Signature = "c2ln", ToolCalls = [new("weather"), new("time")] });

        var answer = await Client.AskAsync(stream, [User("Hi")], Options("gemini-3-sim"));
        var results = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => (AIContent)new FunctionResultContent(call.CallId, "Fine")).ToList();
        await Client.AskAsync(stream, [User("Hi"), .. answer.Messages, new(ChatRole.Tool, results)], Options("gemini-3-sim"));

        LastBody.GetProperty("contents")[1].GetProperty("parts").GetRawText().ShouldBe(
            """[{"functionCall":{"name":"weather","args":{}},"thoughtSignature":"c2ln"},{"functionCall":{"name":"time","args":{}}}]""");
        LastBody.GetProperty("contents")[2].GetProperty("parts")[1].GetRawText().ShouldBe("""{"functionResponse":{"name":"time","response":{"output":"Fine"}}}""");
    }

    [Fact]
    public async Task Sends_the_signature_of_a_text_back_behind_it()
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Yes.", Signature = "c2ln" });

        var answer = await Client.AskAsync(stream: true, [User("Hi")], Options());
        await Client.AskAsync(stream: true, [User("Hi"), .. answer.Messages, User("Go on")], Options());

        LastBody.GetProperty("contents")[1].GetProperty("parts").GetRawText().ShouldBe("""[{"text":"Yes."},{"text":"","thoughtSignature":"c2ln"}]""");
    }

    [Fact]
    public async Task Signs_the_calls_of_another_provider_as_foreign_where_a_signature_is_a_must()
    {
        List<ChatMessage> messages =
        [
            User("Hi"),
            new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = "anthropic:sig" }, new FunctionCallContent("toolu_1", "weather")]),
            new(ChatRole.Tool, [new FunctionResultContent("toolu_1", "Sunny")]),
        ];

        (await Client.GetResponseAsync(messages, Options("gemini-3-sim"), Cancellation)).Text.ShouldBe("The tool has answered.");

        Simulator.Simulation.Requests[^1].Body.ShouldNotContain("anthropic");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_when_the_filter_stopped_the_prompt(bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Fault = Fault.ContentFiltered });

        var failure = await Should.ThrowAsync<ProviderException>(() => Client.AskAsync(stream, [User("Hi")], Options()));

        failure.Kind.ShouldBe(ProviderErrorKind.ContentFiltered);
        failure.Usage!.InputTokenCount.ShouldBe(5);
        failure.IsRetryable.ShouldBeFalse();
    }

    [Theory]
    [InlineData("SAFETY", "content_filter")]
    [InlineData("RECITATION", "content_filter")]
    [InlineData("MAX_TOKENS", "length")]
    public async Task Keeps_the_text_and_says_why_it_stopped(string reason, string neutral)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Half a", FinishReason = reason });

        var answer = await Client.AskAsync(stream: true, [User("Hi")], Options());

        answer.Text.ShouldBe("Half a");
        answer.FinishReason!.Value.Value.ShouldBe(neutral);
    }

    [Fact]
    public async Task Says_when_nothing_came_but_an_odd_reason()
    {
        var failure = await Should.ThrowAsync<ProviderException>(() => ReplayHandler.Of("""{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}""")
            .Client("google-gemini").GetResponseAsync("Hi", Options("m"), Cancellation));

        failure.Kind.ShouldBe(ProviderErrorKind.Malformed);
        failure.Message.ShouldContain("MALFORMED_FUNCTION_CALL");
    }

    [Theory]
    [InlineData("GenerateRequestsPerMinute", "15", ProviderErrorKind.RateLimited)]
    [InlineData("GenerateRequestsPerDay-FreeTier", "15", ProviderErrorKind.QuotaExhausted)]
    [InlineData("GenerateRequestsPerMinute", "0", ProviderErrorKind.QuotaExhausted)]
    public async Task Tells_a_limit_of_the_minute_from_one_of_the_day(string quota, string value, ProviderErrorKind kind)
    {
        var body = $$$"""
            {"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[
              {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"{{{quota}}}","quotaValue":"{{{value}}}"}]},
              {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.4s"}]}}
            """;

        var failure = await Should.ThrowAsync<ProviderException>(() => ReplayHandler.Of(body, HttpStatusCode.TooManyRequests).Client("google-gemini").GetResponseAsync("Hi", Options("m"), Cancellation));

        failure.Kind.ShouldBe(kind);
        failure.RetryAfter.ShouldBe(kind is ProviderErrorKind.RateLimited ? TimeSpan.FromSeconds(34.4) : null);
    }

    [Theory]
    [InlineData("gemini-2.5-sim", "thinkingBudget", "8192")]
    [InlineData("gemini-3-sim", "thinkingLevel", "MEDIUM")]
    public async Task Asks_a_model_to_think_in_the_way_it_knows(string model, string field, string value)
    {
        var options = Options(model);
        options.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Medium };

        await Client.GetResponseAsync("Hi", options, Cancellation);

        var thinking = LastBody.GetProperty("generationConfig").GetProperty("thinkingConfig");
        thinking.GetProperty(field).ToString().ShouldBe(value);
        thinking.GetProperty("includeThoughts").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Asks_again_without_what_a_model_refuses()
    {
        var options = Options();
        options.Instructions = "Be brief.";
        options.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Medium };
        await Client.GetResponseAsync("Hi", options, Cancellation);
        Simulator.Simulation.Requests.Count.ShouldBe(2);
        LastBody.GetProperty("generationConfig").TryGetProperty("thinkingConfig", out _).ShouldBeFalse();

        options.Reasoning = null;
        Simulator.Simulation.Enqueue(new Reply { Status = 400, Body = """{"error":{"code":400,"message":"Developer instruction is not enabled for models/gemma-3","status":"INVALID_ARGUMENT"}}""" });
        await Client.GetResponseAsync("Hi", options, Cancellation);
        LastBody.GetProperty("contents")[0].GetProperty("parts")[0].GetProperty("text").GetString().ShouldBe("Be brief.");
    }

    [Fact]
    public async Task Asks_for_json_of_a_schema()
    {
        var options = Options();
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.Deserialize<JsonElement>("""{"type":"object"}"""));

        await Client.GetResponseAsync("Hi", options, Cancellation);

        var settings = LastBody.GetProperty("generationConfig");
        settings.GetProperty("responseMimeType").GetString().ShouldBe("application/json");
        settings.GetProperty("responseJsonSchema").GetProperty("type").GetString().ShouldBe("object");
    }

    [Fact]
    public async Task Reads_pictures_citations_and_a_stream_that_is_one_list()
    {
        var answer = await ReplayHandler.Of("""
            [{"candidates":[{"content":{"parts":[{"text":"A "}]}}]},
             {"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"iVBORw=="}},{"text":"cat"}]},"finishReason":"STOP",
               "groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example/","title":"A"}}]}}]}]
            """).Client("google-gemini").GetStreamingResponseAsync("Hi", Options("m"), Cancellation).ToChatResponseAsync(Cancellation);

        answer.Text.ShouldBe("A cat");
        answer.Messages[0].Contents.OfType<DataContent>().ShouldHaveSingleItem().Data.Length.ShouldBe(4);
        answer.Messages[0].Contents.SelectMany(content => content.Annotations ?? []).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Lists_models_by_their_short_names()
    {
        var models = await new ChatClientFactory(TimeProvider.System, OneAttempt).ListModelsAsync(Row("google-gemini"), To(Simulator, row: "google-gemini"), Loopback, Cancellation);

        models.Select(model => $"{model.Id}:{model.Kind}").ShouldBe(["sim-embedding:Embedding", "sim-fast:Chat", "sim-reasoner:Chat", "sim-vision:Chat"]);
        models[1].ContextTokens.ShouldBe(1_048_576);
        models[1].MaxOutputTokens.ShouldBe(65_536);
    }
}
