using System.Text.Json;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

[Keeps("Z-035")]
public sealed class OllamaTests : SimulatorTest
{
    private static readonly ChatClientFactory Factory = new(TimeProvider.System, OneAttempt);

    private JsonElement LastBody => Simulator.Simulation.Requests[^1].Json;

    [Fact]
    public async Task Sends_the_conversation_in_its_own_form()
    {
        var options = Options();
        options.Instructions = "You are Diszi.";
        options.MaxOutputTokens = 100;
        options.AdditionalProperties = new AdditionalPropertiesDictionary { ["num_ctx"] = 8192, ["keep_alive"] = "5m", ["reasoning_split"] = true };

        await Chat(Simulator, "ollama").GetResponseAsync([User("One"), new(ChatRole.Assistant, "Two"), User("Three")], options, Cancellation);

        var request = Simulator.Simulation.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/ollama/api/chat");
        request.Body.ShouldBe("""
            {"model":"sim-fast","messages":[{"role":"system","content":"You are Diszi."},{"role":"user","content":"One"},{"role":"assistant","content":"Two"},{"role":"user","content":"Three"}],"stream":false,"options":{"num_predict":100,"num_ctx":8192},"keep_alive":"5m"}
            """.Trim());
    }

    [Theory]
    [InlineData("ollama")]
    [InlineData("ollama-cloud")]
    public async Task Lists_installed_and_cloud_models_and_talks_with_both(string row)
    {
        var models = await Factory.ListModelsAsync(Row(row), To(Simulator, row: row), Loopback, Cancellation);

        models.Select(model => $"{model.Id}:{model.Kind}").ShouldBe(
            ["sim-cloud:120b-cloud:Chat", "sim-embedding:Embedding", "sim-fast:Chat", "sim-reasoner:Chat", "sim-vision:Chat"]);
        models.Single(model => model.Id == "sim-vision").ImagesIn.ShouldBe(true);
        models.Single(model => model.Id == "sim-vision").Tools.ShouldBe(false);
        foreach (var model in models.Where(model => model.Kind is ProviderModelKind.Chat))
            (await Chat(Simulator, row).GetResponseAsync("Hi", Options(model.Id), Cancellation)).Text.ShouldContain("Hi");
    }

    [Theory]
    [InlineData("good-key", true, null)]
    [InlineData("bad-key", false, ProviderErrorKind.KeyRefused)]
    [InlineData("nocredit-key", false, ProviderErrorKind.QuotaExhausted)]
    public async Task Proves_a_cloud_key_with_a_call_because_anybody_may_list(string key, bool works, ProviderErrorKind? problem)
    {
        var result = await Factory.CheckKeyAsync(Row("ollama-cloud"), To(Simulator, key, "ollama-cloud"), Loopback, Cancellation);

        result.Works.ShouldBe(works);
        (result.Problem?.Kind).ShouldBe(problem);
    }

    [Theory]
    [InlineData("sim-reasoner", ReasoningEffort.High, "True")]
    [InlineData("sim-reasoner", ReasoningEffort.None, "False")]
    [InlineData("gpt-oss:20b", ReasoningEffort.Medium, "medium")]
    [InlineData("gpt-oss:20b", ReasoningEffort.None, "low")]
    public async Task Asks_a_model_to_think_in_the_way_it_knows(string model, ReasoningEffort effort, string think)
    {
        var options = Options(model);
        options.Reasoning = new ReasoningOptions { Effort = effort };

        await Chat(Simulator, "ollama").GetResponseAsync("Hi", options, Cancellation);

        LastBody.GetProperty("think").ToString().ShouldBe(think);
    }

    [Fact]
    public async Task Asks_again_without_thinking_where_a_model_does_not()
    {
        var options = Options();
        options.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High };

        await Chat(Simulator, "ollama").GetResponseAsync("Hi", options, Cancellation);

        Simulator.Simulation.Requests.Count.ShouldBe(2);
        LastBody.TryGetProperty("think", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Asks_for_json_and_offers_no_tool_that_must_not_be_called()
    {
        var options = Options();
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.Deserialize<JsonElement>("""{"type":"object"}"""));
        options.Tools = [AIFunctionFactory.Create(() => 1, "one")];
        options.ToolMode = ChatToolMode.None;

        await Chat(Simulator, "ollama").GetResponseAsync("Hi", options, Cancellation);

        LastBody.GetProperty("format").GetProperty("type").GetString().ShouldBe("object");
        LastBody.TryGetProperty("tools", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Gives_calls_ids_and_names_their_results()
    {
        var answer = await ReplayHandler.Of("""
            {"model":"m","created_at":"t","message":{"role":"assistant","content":"","thinking":"Hm.","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}},{"function":{"name":"g","arguments":"{\"a\":2}"}}]},"done":false}
            {"model":"m","created_at":"t","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","eval_count":3}
            """).Client("ollama").GetStreamingResponseAsync("Hi", Options("m"), Cancellation).ToChatResponseAsync(Cancellation);
        var calls = answer.Messages[0].Contents.OfType<FunctionCallContent>().ToList();
        calls.Select(call => call.CallId).Distinct().Count().ShouldBe(2);
        calls[1].Arguments!["a"]!.ToString().ShouldBe("2");
        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        answer.Usage!.OutputTokenCount.ShouldBe(3);

        ChatMessage results = new(ChatRole.Tool, [.. calls.Select(call => new FunctionResultContent(call.CallId, "Fine"))]);
        await Chat(Simulator, "ollama").GetResponseAsync([User("Hi"), .. answer.Messages, results], Options(), Cancellation);

        var sent = LastBody.GetProperty("messages");
        sent[1].GetProperty("thinking").GetString().ShouldBe("Hm.");
        sent[3].GetProperty("tool_name").GetString().ShouldBe("g");
        sent[3].GetProperty("tool_call_id").GetString().ShouldBe(calls[1].CallId);
    }
}
