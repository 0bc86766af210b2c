using System.ComponentModel;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

/// <summary>What a person gets from every dialect alike.</summary>
[Keeps("Z-044")]
public sealed class DialectTests : SimulatorTest
{
    public static MatrixTheoryData<string, bool> RowsAndWays { get; } = new([.. RowIds, "ollama"], [false, true]);

    [Theory]
    [MemberData(nameof(RowsAndWays))]
    public async Task Answers_with_text_model_usage_and_the_reason_for_stopping(string row, bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Xin chào, 世界 👋!", Usage = new ReplyUsage(12, 3) });

        var answer = await Chat(Simulator, row).AskAsync(stream, [User("Hi")], Options());

        answer.Text.ShouldBe("Xin chào, 世界 👋!");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.ModelId.ShouldBe("sim-fast");
        answer.Usage!.InputTokenCount.ShouldBe(12);
        answer.Usage.OutputTokenCount.ShouldBe(3);
        answer.Usage.TotalTokenCount.ShouldBe(15);
    }

    [Theory]
    [MemberData(nameof(RowsAndWays))]
    public async Task Counts_cached_and_reasoning_tokens_as_parts_of_input_and_output(string row, bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Yes.", Reasoning = "Hm.", Usage = new ReplyUsage(120, 30, Cached: 70, Reasoning: 20) });

        var usage = (await Chat(Simulator, row).AskAsync(stream, [User("Hi")], Options())).Usage!;

        usage.InputTokenCount.ShouldBe(120);
        usage.OutputTokenCount.ShouldBe(30);
        var dialect = Row(row).Dialect;
        if (dialect is not ("ollama-chat" or "replicate-predictions"))
            usage.CachedInputTokenCount.ShouldBe(70);
        if (dialect is not ("ollama-chat" or "cohere-v2-chat" or "bedrock-converse" or "replicate-predictions"))
            usage.ReasoningTokenCount.ShouldBe(20);
    }

    [Theory]
    [MemberData(nameof(RowsAndWays))]
    public async Task Says_nothing_about_tokens_nobody_counted(string row, bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Yes.", UsagePlace = UsagePlace.Nowhere });

        (await Chat(Simulator, row).AskAsync(stream, [User("Hi")], Options())).Usage.ShouldBeNull();
    }

    /// <summary>Rows whose service calls tools.</summary>
    public static MatrixTheoryData<string, bool> ToolRowsAndWays { get; } = new([.. RowIds.Where(row => Row(row).Capabilities.Tools)], [false, true]);

    /// <summary>Rows whose service says its thoughts apart from the text.</summary>
    public static MatrixTheoryData<string, bool> ThinkingRowsAndWays { get; } = new([.. RowIds.Where(row => row is not "replicate")], [false, true]);

    [Theory]
    [MemberData(nameof(ToolRowsAndWays))]
    public async Task Calls_tools_in_parallel_and_sends_their_results_back(string row, bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Let me look.", ToolCalls = [new("weather", """{"city":"Đà Nẵng","days":3}"""), new("time")] });
        var client = Chat(Simulator, row);
        var options = Options();
        options.Tools = [AIFunctionFactory.Create(([Description("Where")] string city, int days) => city, "weather", "Tells the weather.")];

        var answer = await client.AskAsync(stream, [User("Weather?")], options);

        answer.Text.ShouldBe("Let me look.");
        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var calls = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        calls.Select(call => call.Name).ShouldBe(["weather", "time"]);
        calls[0].Arguments!["city"]!.ToString().ShouldBe("Đà Nẵng");
        calls[0].Arguments!["days"]!.ToString().ShouldBe("3");
        calls[1].Arguments.ShouldBeEmpty();
        calls.Select(call => call.CallId).Distinct().Count().ShouldBe(2);

        List<ChatMessage> next =
        [
            User("Weather?"),
            .. answer.Messages,
            new(ChatRole.Tool, [new FunctionResultContent(calls[1].CallId, new { hour = 7 }), new FunctionResultContent(calls[0].CallId, "Sunny")]),
        ];
        (await client.AskAsync(stream, next, options)).Text.ShouldBe("The tool has answered.");
        var body = Simulator.Simulation.Requests[^1].Body;
        body.ShouldContain("Sunny");
        body.ShouldContain("""hour\":7""");
    }

    [Theory]
    [MemberData(nameof(RowsAndWays))]
    public async Task Repairs_tool_calls_whose_results_are_missing_and_results_whose_calls_are(string row, bool stream)
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.Assistant, "Welcome."),
            User("Hi"),
            new(ChatRole.Tool, [new FunctionResultContent("gone", "stray")]),
            new(ChatRole.Assistant, [new FunctionCallContent("stopped", "weather")]),
            User("Never mind"),
        ];

        var answer = await Chat(Simulator, row).AskAsync(stream, messages, Options());

        answer.Text.ShouldBe("This is a simulated answer to: Never mind");
        Simulator.Simulation.Asked()[0].Body.ShouldNotContain("stray");
        Simulator.Simulation.Asked()[0].Body.ShouldContain("The tool was not run.");
    }

    [Theory]
    [MemberData(nameof(RowsAndWays))]
    public async Task Sends_pictures_and_texts(string row, bool stream)
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47];
        var message = new ChatMessage(ChatRole.User, [new TextContent("What is this?"), new DataContent(png, "image/png"), new DataContent("notes"u8.ToArray(), "text/plain")]);

        var answer = await Chat(Simulator, row).AskAsync(stream, [message], Options("sim-vision"));

        answer.Text.ShouldStartWith("I see 1 image.");
        Simulator.Simulation.Asked()[0].Body.ShouldContain("iVBORw==");
        Simulator.Simulation.Asked()[0].Body.ShouldContain("notes");
    }

    [Theory]
    [MemberData(nameof(ThinkingRowsAndWays))]
    public async Task Keeps_thoughts_apart_from_the_text(string row, bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Reasoning = "First, hm.", Text = "Yes." });

        var answer = await Chat(Simulator, row).AskAsync(stream, [User("Hi")], Options());

        answer.Text.ShouldBe("Yes.");
        string.Concat(answer.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)).ShouldBe("First, hm.");
    }

    [Theory]
    [MemberData(nameof(RowsAndWays))]
    public async Task Says_when_the_limit_cut_the_answer(string row, bool stream)
    {
        var options = Options();
        options.MaxOutputTokens = 2;
        Simulator.Simulation.Enqueue(new Reply { Text = "one two three" });

        var answer = await Chat(Simulator, row).AskAsync(stream, [User("Hi")], options);

        answer.Text.ShouldBe("one two");
        answer.FinishReason.ShouldBe(ChatFinishReason.Length);
    }

    [Theory]
    [MemberData(nameof(RowsAndWays))]
    public async Task Sends_every_option_in_a_form_the_service_takes(string row, bool stream)
    {
        var options = Options();
        options.Instructions = "You are Diszi.";
        options.Temperature = 0.7f;
        options.TopP = 0.9f;
        options.TopK = 40;
        options.Seed = 7;
        options.StopSequences = ["END"];
        if (Row(row).Capabilities.Tools)
            options.Tools = [AIFunctionFactory.Create((string city) => city, "weather", "Tells the weather.")];
        options.ToolMode = ChatToolMode.RequireAny;
        options.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High };
        options.AdditionalProperties = new AdditionalPropertiesDictionary { [RequestKeys.PromptCache] = true };

        var answer = await Chat(Simulator, row).AskAsync(stream, [User("Hi")], options);

        answer.Text.ShouldContain("Hi");
        Simulator.Simulation.Asked()[^1].Body.ShouldContain("You are Diszi.");
        if (Row(row).Capabilities.Tools)
            Simulator.Simulation.Asked()[^1].Body.ShouldContain("weather");
    }

    [Theory]
    [MemberData(nameof(RowsAndWays))]
    public async Task Proves_itself_only_in_the_services_own_header(string row, bool stream)
    {
        await Chat(Simulator, row).AskAsync(stream, [User("Hi")], Options());

        var request = Simulator.Simulation.Asked().ShouldHaveSingleItem();
        // Of a key that is exchanged only the token travels on, and the exchange has the key in its body.
        if (Row(row).Authentication is ProviderAuthentication.IbmIam)
        {
            request.Headers["Authorization"].ShouldBe("Bearer " + SimulatedSecrets.IamToken(1));
            request.Body.ShouldNotContain(Key);
            Simulator.Simulation.Requests[0].Body.ShouldBe("grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=" + Key);
            return;
        }
        var carriers = request.Headers.Where(header => header.Value.Contains(Key, StringComparison.Ordinal)).Select(header => header.Key.ToLowerInvariant());
        string[] own = row switch { "anthropic" => ["x-api-key"], "google-gemini" => ["x-goog-api-key"], "azure-openai" => ["api-key"], "ollama" => [], _ => ["authorization"] };
        carriers.ShouldBe(own);
        request.Path.ShouldNotContain(Key);
        request.Body.ShouldNotContain(Key);
        $"{request.Path} {request.Body} {string.Join(' ', request.Headers.Values)}".ShouldNotContain(SimulatedSecrets.AwsSecretAccessKey);
    }

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task Stopping_closes_the_socket_of_the_provider(string row)
    {
        Simulator.Simulation.Enqueue(new Reply { Words = 100_000, TokensPerSecond = 100 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var seen = 0;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Chat(Simulator, row).GetStreamingResponseAsync("Hi", Options(), stop.Token))
                if (++seen == 3)
                    await stop.CancelAsync();
        });

        (await Simulator.Simulation.Streamed().Ended).ShouldBe(RequestEnd.ClosedByClient);
    }

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task Says_before_the_call_what_cannot_be_sent(string row)
    {
        var message = new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "application/x-unknown")]);

        if (row is not "google-gemini")
            (await Should.ThrowAsync<ProviderException>(() => Chat(Simulator, row).GetResponseAsync([message], Options(), Cancellation))).Kind.ShouldBe(ProviderErrorKind.Unsupported);
        (await Should.ThrowAsync<ProviderException>(() => Chat(Simulator, row).GetResponseAsync([], Options(), Cancellation))).Kind.ShouldBe(ProviderErrorKind.NotConfigured);

        Simulator.Simulation.Requests.ShouldBeEmpty();
    }
}
