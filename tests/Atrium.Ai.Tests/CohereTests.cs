using System.Text.Json;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class CohereTests : SimulatorTest
{
    [Fact]
    public async Task Says_the_options_in_the_services_words()
    {
        var options = Options("sim-reasoner");
        options.TopP = 0.9f;
        options.TopK = 40;
        options.StopSequences = ["1", "2", "3", "4", "5", "6"];
        options.Tools = [AIFunctionFactory.Create(() => 1, "one"), AIFunctionFactory.Create(() => 2, "two")];
        options.ToolMode = ChatToolMode.RequireSpecific("two");
        options.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Medium };
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.Deserialize<JsonElement>("""{"type":"object"}"""));

        await Chat(Simulator, "cohere").GetResponseAsync("Hi", options, Cancellation);

        var body = Simulator.Simulation.Requests[0].Json;
        body.GetProperty("p").GetDecimal().ShouldBe(0.9m);
        body.GetProperty("k").GetInt32().ShouldBe(40);
        body.GetProperty("stop_sequences").GetArrayLength().ShouldBe(5);
        body.GetProperty("tool_choice").GetString().ShouldBe("REQUIRED");
        body.GetProperty("tools").GetArrayLength().ShouldBe(1);
        body.GetProperty("thinking").GetProperty("type").GetString().ShouldBe("enabled");
        body.GetProperty("response_format").GetProperty("json_schema").GetProperty("type").GetString().ShouldBe("object");
    }

    [Fact]
    public async Task A_model_that_does_not_think_is_asked_without_it()
    {
        var options = Options();
        options.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High };

        (await Chat(Simulator, "cohere").GetResponseAsync("Hi", options, Cancellation)).Text.ShouldContain("Hi");

        Simulator.Simulation.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Counts_what_is_billed_and_names_the_sources(bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Yes.", Usage = new ReplyUsage(12, 3), Citations = ["https://example.org/a"] });

        var answer = await Chat(Simulator, "cohere").AskAsync(stream, [User("Hi")], Options());

        answer.Usage!.InputTokenCount.ShouldBe(12);
        answer.Messages.SelectMany(message => message.Contents).SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>()
            .ShouldHaveSingleItem().Url!.AbsoluteUri.ShouldBe("https://example.org/a");
    }

    [Fact]
    public async Task Sends_the_plan_back_that_led_to_a_call()
    {
        List<ChatMessage> messages =
        [
            User("Hi"),
            new(ChatRole.Assistant, [new TextReasoningContent("I will look."), new FunctionCallContent("call-1", "weather")]),
            new(ChatRole.Tool, [new FunctionResultContent("call-1", "Sunny")]),
        ];

        await Chat(Simulator, "cohere").GetResponseAsync(messages, Options(), Cancellation);

        var message = Simulator.Simulation.Requests[0].Json.GetProperty("messages")[1];
        message.GetProperty("tool_plan").GetString().ShouldBe("I will look.");
        message.TryGetProperty("content", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ERROR")]
    [InlineData("TIMEOUT")]
    public async Task An_answer_that_ended_in_an_error_is_one(string reason)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Half.", FinishReason = reason });

        var (answer, failure) = await CollectAsync(Chat(Simulator, "cohere").GetStreamingResponseAsync("Hi", Options(), Cancellation));

        answer.Text.ShouldBe("Half.");
        failure!.Kind.ShouldBe(ProviderErrorKind.Unavailable);
        failure.Usage.ShouldNotBeNull();
    }

    [Fact]
    public async Task Lists_models_with_what_they_can_do()
    {
        var models = await new ChatClientFactory(TimeProvider.System, OneAttempt).ListModelsAsync(Row("cohere"), To(Simulator, row: "cohere"), Loopback, Cancellation);

        models.Select(model => model.Id).ShouldBe(["sim-fast", "sim-reasoner", "sim-vision"]);
        models[0].Tools.ShouldBe(true);
        models[2].ImagesIn.ShouldBe(true);
    }
}
