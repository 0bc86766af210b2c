using System.Text.Json;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

/// <summary>Wishes and details that only some services know: they go there as they are, and come back.</summary>
public sealed class KeptFieldTests : SimulatorTest
{
    private static readonly JsonElement Mark = JsonSerializer.SerializeToElement(new { type = "ephemeral", ttl = "1h" });

    [Fact]
    public async Task Marks_of_the_callers_own_stand_where_they_were_put_and_nowhere_else()
    {
        var system = new ChatMessage(ChatRole.System, [new TextContent("You are an otter.") { AdditionalProperties = new() { [RequestKeys.CacheControl] = Mark } }]);

        await Chat(Simulator, "anthropic").GetResponseAsync([system, new(ChatRole.System, "You like rivers."), User("One"), new(ChatRole.Assistant, "Two"), User("Three")], Options(), Cancellation);

        var body = Simulator.Simulation.Requests[^1].Json;
        body.GetProperty("system")[0].GetProperty("cache_control").GetProperty("ttl").GetString().ShouldBe("1h");
        body.GetProperty("system")[1].TryGetProperty("cache_control", out _).ShouldBeFalse();
        body.GetProperty("messages").ToString().ShouldNotContain("cache_control");
    }

    [Theory]
    [InlineData("""{"id":"m","type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"a"}],"stop_reason":"stop_sequence","stop_sequence":"HALT","usage":{"input_tokens":1,"output_tokens":1}}""")]
    [InlineData("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}\n\nevent: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"a\"}}\n\nevent: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"HALT\"}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")]
    public async Task Says_at_which_sequence_an_answer_ended(string body)
    {
        var answer = await ReplayHandler.Of(body).Client("anthropic").GetResponseAsync([User("x")], Options(), Cancellation);

        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        var detail = answer.Messages.SelectMany(message => message.Contents).OfType<AnswerDetail>().ShouldHaveSingleItem();
        (detail.Name, detail.Value.GetString()).ShouldBe((AnswerDetail.StopSequence, "HALT"));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    [InlineData("cohere")]
    [InlineData("amazon-bedrock")]
    [InlineData("oracle-cloud-ai")]
    [InlineData("ibm-watsonx")]
    public async Task Pieces_of_a_call_come_only_to_who_asks_and_are_the_whole_call_together(string row)
    {
        const string Arguments = """{"city":"Huế","days":3}""";
        var options = Options(row is "oracle-cloud-ai" ? "meta.sim-fast" : "sim-fast");
        options.Tools = [AIFunctionFactory.Create((string city) => city, "weather")];
        Simulator.Simulation.Default = new Reply { ToolCalls = [new ReplyToolCall("weather", Arguments)] };

        var silent = await Chat(Simulator, row).GetStreamingResponseAsync([User("x")], options, Cancellation).ToListAsync(Cancellation);
        options.AdditionalProperties = new() { [RequestKeys.ToolPieces] = true };
        var told = await Chat(Simulator, row).GetStreamingResponseAsync([User("x")], options, Cancellation).ToListAsync(Cancellation);

        silent.SelectMany(update => update.Contents).OfType<ToolCallPiece>().ShouldBeEmpty();
        var pieces = told.SelectMany(update => update.Contents).OfType<ToolCallPiece>().ToList();
        var call = told.SelectMany(update => update.Contents).OfType<FunctionCallContent>().ShouldHaveSingleItem();
        pieces.Count.ShouldBeGreaterThan(2);
        string.Concat(pieces.Select(piece => piece.Arguments)).ShouldBe(Arguments);
        pieces.ShouldAllBe(piece => piece.CallId == call.CallId && piece.Name == "weather");
        call.RawRepresentation.ShouldBe(Arguments);
    }

    [Theory]
    [InlineData("azure-openai")]
    [InlineData("openai")]
    public async Task Says_who_wrote_how_closely_to_look_how_strictly_and_how_hard_to_think(string row)
    {
        var picture = new DataContent("data:image/png;base64,iVBORw==") { AdditionalProperties = new() { [RequestKeys.Detail] = "low" } };
        var options = new ChatOptions
        {
            ModelId = "sim-vision",
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low },
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.SerializeToElement(new { type = "object" }), "thing"),
            AdditionalProperties = new() { [RequestKeys.EffortWord] = "minimal", [RequestKeys.StrictSchema] = true, [RequestKeys.User] = "u-1" },
        };

        await Chat(Simulator, row).GetResponseAsync([new(ChatRole.System, "Be terse.") { AuthorName = "house" }, new(ChatRole.User, [new TextContent("x"), picture]) { AuthorName = "Ada" }], options, Cancellation);

        var body = Simulator.Simulation.Requests[^1].Json;
        body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("name").GetString()).ShouldBe(["house", "Ada"]);
        body.GetProperty("messages")[1].GetProperty("content")[1].GetProperty("image_url").GetProperty("detail").GetString().ShouldBe("low");
        (body.GetProperty("reasoning_effort").GetString(), body.GetProperty("user").GetString()).ShouldBe(("minimal", "u-1"));
        body.GetProperty("response_format").GetProperty("json_schema").GetProperty("strict").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("anthropic", "logprobs")]
    [InlineData("google-gemini", "logit_bias")]
    [InlineData("ibm-watsonx", "web_search_options")]
    [InlineData("openai", "anthropic:container")]
    public async Task What_changes_the_answer_is_refused_by_name_before_the_call(string row, string field)
    {
        var options = new ChatOptions { ModelId = "sim-fast", AdditionalProperties = new() { [field] = JsonSerializer.SerializeToElement(new { a = 1 }) } };

        var failure = await Should.ThrowAsync<ProviderException>(() => Chat(Simulator, row).GetResponseAsync([User("x")], options, Cancellation));

        (failure.Kind, failure.Field).ShouldBe((ProviderErrorKind.Unsupported, field.Split(':')[^1]));
        Simulator.Simulation.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Vectors_made_before_a_failure_are_counted_and_not_made_again()
    {
        var texts = Enumerable.Range(0, 600).Select(i => i == 599 ? "x" : "two words").ToList();
        texts[512] = "sim:500";
        var generator = new ChatClientFactory(TimeProvider.System, OneAttempt).CreateEmbeddings(Row("openai-compatible"), To(Simulator), Loopback, "m");

        var failure = await Should.ThrowAsync<ProviderException>(() => generator.GenerateAsync(texts, cancellationToken: Cancellation));

        failure.Usage!.InputTokenCount.ShouldBe(1_024);
        failure.IsRetryable.ShouldBeFalse();
    }

    [Fact]
    public async Task Token_numbers_go_out_as_they_are_and_only_where_they_are_read()
    {
        var factory = new ChatClientFactory(TimeProvider.System, OneAttempt);

        var made = await factory.CreateTokenEmbeddings(Row("openai-compatible"), To(Simulator), Loopback).GenerateAsync([[1, 2], [3]], new EmbeddingGenerationOptions { ModelId = "m" }, Cancellation);

        made.Count.ShouldBe(2);
        Simulator.Simulation.Requests[^1].Json.GetProperty("input").ToString().ShouldBe("[[1,2],[3]]");
        Should.Throw<ProviderException>(() => factory.CreateTokenEmbeddings(Row("cohere"), To(Simulator, row: "cohere"), Loopback)).Field.ShouldBe("input");
    }
}
