using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class ReplicateTests : SimulatorTest
{
    private const string Row = "replicate";

    [Theory]
    [InlineData("meta/llama-4", "/replicate/v1/models/meta/llama-4/predictions", null)]
    [InlineData("deployments/me/mine", "/replicate/v1/deployments/me/mine/predictions", null)]
    [InlineData("sim/fast:0123abcd", "/replicate/v1/predictions", "sim/fast:0123abcd")]
    [InlineData("../../x", "/replicate/v1/predictions", "../../x")]
    public async Task Begins_a_prediction_where_its_kind_of_model_has_them(string model, string path, string? version)
    {
        await Chat(Simulator, Row).GetResponseAsync("Hi", Options(model), Cancellation);

        Simulator.Simulation.Requests[0].Path.ShouldBe(path);
        Simulator.Simulation.Requests[0].Headers["Prefer"].ShouldBe("wait");
        (Simulator.Simulation.Requests[0].Json.TryGetProperty("version", out var named) ? named.GetString() : null).ShouldBe(version);
    }

    [Fact]
    public async Task Asks_again_and_again_where_there_is_no_stream()
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "one two three four five six" });
        var clock = new ManualClock();
        var updates = new List<string>();
        var reading = ReadAsync();

        while (!reading.IsCompleted)
        {
            clock.AdvanceToTimerWithin(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }
        await reading;

        updates.ShouldBe(["one two", " three four", " five six"]);
        clock.Timers.ShouldBe(0);

        async Task ReadAsync()
        {
            await foreach (var update in Chat(Simulator, Row, clock: clock).GetStreamingResponseAsync("Hi", Options("sim/polled"), Cancellation))
                if (update.Text.Length > 0)
                    updates.Add(update.Text);
        }
    }

    [Theory]
    [InlineData("sim/fast")]
    [InlineData("sim/polled")]
    public async Task Cancels_what_nobody_waits_for(string model)
    {
        Simulator.Simulation.Enqueue(new Reply { Words = 100_000, TokensPerSecond = 100 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Chat(Simulator, Row).GetStreamingResponseAsync("Hi", Options(model), stop.Token))
                if (update.Text.Length > 0)
                    await stop.CancelAsync();
        });

        Simulator.Simulation.Requests[^1].Path.ShouldEndWith("/predictions/p000001/cancel");
    }

    [Fact]
    public async Task Cancels_nothing_that_is_over()
    {
        await Chat(Simulator, Row).GetStreamingResponseAsync("Hi", Options(), Cancellation).ToChatResponseAsync(Cancellation);

        Simulator.Simulation.Requests.ShouldNotContain(request => request.Path.EndsWith("/cancel", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.Overloaded)]
    [InlineData(Fault.Reset)]
    public async Task Never_begins_a_prediction_twice(Fault fault)
    {
        Simulator.Simulation.Default = new Reply { Fault = fault };

        var failure = await Should.ThrowAsync<ProviderException>(
            () => Chat(Simulator, Row, new ProviderTimeouts { Retries = 2 }).GetResponseAsync("Hi", Options(), Cancellation));

        failure.IsRetryable.ShouldBeFalse();
        Simulator.Simulation.Asked().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_key_does_not_go_to_the_stream()
    {
        await Chat(Simulator, Row).GetStreamingResponseAsync("Hi", Options(), Cancellation).ToChatResponseAsync(Cancellation);

        Simulator.Simulation.Streamed().Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task A_stream_elsewhere_is_not_followed()
    {
        await using var elsewhere = await SimulatorHost.StartAsync(cancellation: Cancellation);
        Simulator.Simulation.Enqueue(new Reply { Status = 201, Body = $$"""{"id":"p9","status":"starting","urls":{"stream":"{{elsewhere.Address}}replicate/v1/predictions/p9/stream"} }""" });

        var (_, failure) = await CollectAsync(Chat(Simulator, Row).GetStreamingResponseAsync("Hi", Options(), Cancellation));

        // It asks its own service, which does not know this prediction.
        failure.ShouldNotBeNull();
        elsewhere.Simulation.Requests.ShouldBeEmpty();
        Simulator.Simulation.Requests.ShouldContain(request => request.Path == "/replicate/v1/predictions/p9");
    }

    [Fact]
    public async Task Folds_a_conversation_into_a_prompt()
    {
        List<ChatMessage> messages = [new(ChatRole.System, "Be brief."), User("One?"), new(ChatRole.Assistant, "Two."), User("Three?")];

        await Chat(Simulator, Row).GetResponseAsync(messages, Options(), Cancellation);

        var input = Simulator.Simulation.Requests[0].Json.GetProperty("input");
        input.GetProperty("prompt").GetString().ShouldBe("User: One?\n\nAssistant: Two.\n\nUser: Three?\n\nAssistant:");
        input.GetProperty("system_prompt").GetString().ShouldBe("Be brief.");
    }

    [Fact]
    public async Task Says_what_a_model_refuses_in_its_next_name_or_in_the_prompt()
    {
        Simulator.Simulation.Enqueue(Refusal("max_tokens"), Refusal("system_prompt"), Refusal("image"), new Reply { Text = "Yes." });
        var options = Options();
        options.MaxOutputTokens = 50;
        options.Instructions = "Be brief.";
        var message = new ChatMessage(ChatRole.User, [new TextContent("What is this?"), new DataContent(new byte[] { 1 }, "image/png")]);
        // The simulated model has no such field either; what counts is what is sent.
        var (_, _) = await CollectAsync(Chat(Simulator, Row).GetStreamingResponseAsync([message], options, Cancellation));

        var input = Simulator.Simulation.Asked()[3].Json.GetProperty("input");
        input.GetProperty("max_new_tokens").GetInt32().ShouldBe(50);
        input.GetProperty("prompt").GetString().ShouldBe("Be brief.\n\nWhat is this?");
        input.GetProperty("image_input").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("failed", "CUDA out of memory", "CUDA out of memory")]
    [InlineData("canceled", null, "the prediction was cancelled")]
    [InlineData("aborted", null, "the prediction was cancelled")]
    public async Task A_prediction_that_failed_says_why(string status, string? error, string words)
    {
        Simulator.Simulation.Enqueue(new Reply { Status = 201, Body = System.Text.Json.JsonSerializer.Serialize(new { id = "p1", status, error, input = new { prompt = "secret question" } }) });

        var failure = await Should.ThrowAsync<ProviderException>(() => Chat(Simulator, Row).GetResponseAsync("Hi", Options(), Cancellation));

        failure.ProviderMessage.ShouldBe(words);
        Simulator.Simulation.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"id":"../x","status":"starting"}""")]
    [InlineData("""{"id":5,"status":"starting"}""")]
    [InlineData("""{"id":"p1"}""")]
    [InlineData("[]")]
    public async Task What_is_no_prediction_is_not_asked_about(string body)
    {
        Simulator.Simulation.Enqueue(new Reply { Status = 201, Body = body });

        (await Should.ThrowAsync<ProviderException>(() => Chat(Simulator, Row).GetResponseAsync("Hi", Options(), Cancellation))).Kind.ShouldBe(ProviderErrorKind.Malformed);

        Simulator.Simulation.Requests.Count.ShouldBe(1);
    }

    private static Reply Refusal(string field) => new()
    {
        Status = 422,
        Body = $$$"""{"title":"Input validation failed","detail":"- input.{{{field}}}: Additional property {{{field}}} is not allowed\n","status":422,"invalid_fields":[{"type":"additional_property_not_allowed","field":"input.{{{field}}}"}]}""",
    };
}
