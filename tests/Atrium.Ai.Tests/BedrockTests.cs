using Atrium.Simulators;
using Atrium.Simulators.BedrockConverse;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class BedrockTests : SimulatorTest
{
    private const string Claude = "us.anthropic.sim-reasoner-v1:0";

    [Theory]
    [InlineData("amazon.nova-pro-v1:0", "/bedrock/model/amazon.nova-pro-v1%3A0/converse")]
    [InlineData("arn:aws:bedrock:us-east-1:1:inference-profile/us.x-v1:0", "/bedrock/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fus.x-v1%3A0/converse")]
    [InlineData("ä b", "/bedrock/model/%C3%A4%20b/converse")]
    public async Task Signs_addresses_with_any_model_in_them(string model, string path)
    {
        var raw = "";
        var handler = new Watching(request => raw = request.RequestUri!.PathAndQuery);
        var client = new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Row("amazon-bedrock"), To(Simulator, row: "amazon-bedrock"), new HttpMessageInvoker(handler));

        (await client.GetResponseAsync("Hi", Options(model), Cancellation)).Text.ShouldContain("Hi");

        raw.ShouldBe(path);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public async Task A_wrong_clock_is_set_by_the_service_and_the_request_sent_once_more(int minutes)
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow.AddMinutes(minutes));

        var answer = await Chat(Simulator, "amazon-bedrock", clock: clock).GetResponseAsync("Hi", Options(), Cancellation);

        answer.Text.ShouldContain("Hi");
        Simulator.Simulation.Requests.Select(request => request.Headers["X-Amz-Date"]).Distinct().Count().ShouldBe(2);
        Simulator.Simulation.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_not_tried_again()
    {
        var failure = await FailAsync(new Dictionary<string, string> { ["region"] = "us-east-1", ["accessKeyId"] = "AKIA1", ["secretAccessKey"] = "wrong-canary-secret" });

        failure.Kind.ShouldBe(ProviderErrorKind.KeyRefused);
        failure.ToString().ShouldNotContain("wrong-canary-secret");
        Simulator.Simulation.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_token_is_signed_and_an_expired_one_is_a_refused_key()
    {
        var settings = new Dictionary<string, string> { ["region"] = "eu-west-1", ["accessKeyId"] = "ASIA1", ["secretAccessKey"] = SimulatedSecrets.AwsSecretAccessKey, ["sessionToken"] = "session-canary" };
        var factory = new ChatClientFactory(TimeProvider.System, OneAttempt);
        var connection = new ProviderConnection { BaseUrl = Simulator.BaseUrlOf("bedrock-converse"), Settings = settings };
        await factory.Create(Row("amazon-bedrock"), connection, Loopback).GetResponseAsync("Hi", Options(), Cancellation);
        Simulator.Simulation.Requests[0].Headers["Authorization"].ShouldContain("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token");

        settings["sessionToken"] = "expired-canary";
        var failure = await FailAsync(settings);

        failure.Kind.ShouldBe(ProviderErrorKind.KeyRefused);
        failure.ToString().ShouldNotContain("expired-canary");
    }

    [Fact]
    public async Task A_bedrock_key_goes_as_a_bearer_and_nothing_is_signed()
    {
        var connection = new ProviderConnection { ApiKey = "ABSK-sim", BaseUrl = Simulator.BaseUrlOf("bedrock-converse"), Settings = new Dictionary<string, string> { ["region"] = "us-east-1" } };

        await new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Row("amazon-bedrock"), connection, Loopback).GetResponseAsync("Hi", Options(), Cancellation);

        Simulator.Simulation.Requests[0].Headers["Authorization"].ShouldBe("Bearer ABSK-sim");
        Simulator.Simulation.Requests[0].Headers.ContainsKey("X-Amz-Date").ShouldBeFalse();
    }

    [Theory]
    [InlineData("accessKeyId", "secretAccessKey=x")]
    [InlineData("secretAccessKey", "accessKeyId=x")]
    public void Names_the_half_of_a_pair_of_keys_that_is_missing(string field, string given)
    {
        var settings = new Dictionary<string, string> { ["region"] = "us-east-1", [given.Split('=')[0]] = "x" };

        var missing = Should.Throw<ProviderException>(() => new ChatClientFactory(TimeProvider.System).Create(Row("amazon-bedrock"), new ProviderConnection { Settings = settings }, Loopback));

        missing.Kind.ShouldBe(ProviderErrorKind.NotConfigured);
        missing.Field.ShouldBe(field);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thoughts_go_back_signed_and_marks_of_the_cache_with_them(bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Reasoning = "Let me think.", Signature = "sig-1", RedactedReasoning = "ZW5j", ToolCalls = [new("weather", "{}", "use-1")] });
        var options = Options(Claude);
        options.Temperature = 0.5f;
        options.TopK = 5;
        options.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low };
        options.Instructions = "Be brief.";
        var client = Chat(Simulator, "amazon-bedrock");

        var answer = await client.AskAsync(stream, [User("Hi")], options);
        await client.AskAsync(stream, [User("Hi"), .. answer.Messages, new(ChatRole.Tool, [new FunctionResultContent("use-1", "Sunny")])], options);

        var body = Simulator.Simulation.Requests[1].Json;
        body.GetProperty("messages")[1].GetProperty("content").GetRawText().ShouldBe(
            """[{"reasoningContent":{"reasoningText":{"text":"Let me think.","signature":"sig-1"}}},{"reasoningContent":{"redactedContent":"ZW5j"}},{"toolUse":{"toolUseId":"use-1","name":"weather","input":{}}}]""");
        body.GetProperty("messages")[2].GetProperty("content")[1].TryGetProperty("cachePoint", out _).ShouldBeTrue();
        body.GetProperty("system")[1].TryGetProperty("cachePoint", out _).ShouldBeTrue();
        body.GetProperty("additionalModelRequestFields").GetProperty("thinking").GetProperty("budget_tokens").GetInt32().ShouldBe(2_048);
        body.GetProperty("inferenceConfig").TryGetProperty("temperature", out _).ShouldBeFalse();
        // Nobody offers the tool any more; the conversation still has a call of it.
        body.GetProperty("toolConfig").GetProperty("tools")[0].GetProperty("toolSpec").GetProperty("name").GetString().ShouldBe("weather");
    }

    [Fact]
    public async Task Adds_up_what_the_cache_had_and_got()
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Yes.", Usage = new ReplyUsage(120, 30, Cached: 70, CacheWrite: 10) });

        var usage = (await Chat(Simulator, "amazon-bedrock").GetResponseAsync("Hi", Options(), Cancellation)).Usage!;

        usage.InputTokenCount.ShouldBe(120);
        usage.CachedInputTokenCount.ShouldBe(70);
        usage.AdditionalCounts![UsageKeys.CacheWriteTokens].ShouldBe(10);
    }

    [Theory]
    [InlineData("guardrail_intervened", "content_filter")]
    [InlineData("content_filtered", "content_filter")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("stop_sequence", "stop")]
    public async Task Says_why_it_stopped(string reason, string said)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Half.", FinishReason = reason });

        (await Chat(Simulator, "amazon-bedrock").GetResponseAsync("Hi", Options(), Cancellation)).FinishReason!.Value.Value.ShouldBe(said);
    }

    [Theory]
    [InlineData("throttlingException", ProviderErrorKind.RateLimited)]
    [InlineData("serviceUnavailableException", ProviderErrorKind.Unavailable)]
    [InlineData("modelStreamErrorException", ProviderErrorKind.Unavailable)]
    [InlineData("validationException", ProviderErrorKind.BadRequest)]
    public async Task Names_an_exception_inside_the_stream(string type, ProviderErrorKind kind)
    {
        var frame = EventStreamFrame.Write("exception", type, """{"message":"No."}"""u8);

        var (_, failure) = await CollectAsync(new ReplayHandler([frame]).Client("amazon-bedrock").GetStreamingResponseAsync("Hi", Options(), Cancellation));

        failure!.Kind.ShouldBe(kind);
        failure.ProviderMessage.ShouldBe("No.");
        failure.ProviderCode.ShouldBe(type);
    }

    [Fact]
    public async Task Every_damaged_bit_of_a_frame_is_found()
    {
        var frame = EventStreamFrame.Write("event", "contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"Hi"}}"""u8);
        for (var i = 0; i < frame.Length; i++)
        {
            var damaged = frame.ToArray();
            damaged[i] ^= (byte)(1 << (i % 8));
            var (answer, failure) = await CollectAsync(new ReplayHandler([damaged]).Client("amazon-bedrock").GetStreamingResponseAsync("Hi", Options(), Cancellation));
            answer.Text.ShouldBeEmpty($"byte {i}");
            failure!.Kind.ShouldBe(ProviderErrorKind.Malformed, $"byte {i}");
        }
    }

    [Fact]
    public async Task Names_the_files_of_a_question_apart()
    {
        var message = new ChatMessage(ChatRole.User, [new TextContent("Read."), new DataContent(new byte[] { 1 }, "application/pdf"), new DataContent(new byte[] { 2 }, "application/pdf") { Name = "x/../y.pdf" }]);

        await Chat(Simulator, "amazon-bedrock").GetResponseAsync([message], Options(), Cancellation);

        var content = Simulator.Simulation.Requests[0].Json.GetProperty("messages")[0].GetProperty("content");
        content[1].GetProperty("document").GetProperty("name").GetString().ShouldBe("Document 1");
        content[2].GetProperty("document").GetProperty("name").GetString().ShouldBe("Document 2");
    }

    [Fact]
    public async Task Lists_models_that_can_be_called_and_the_profiles_of_the_others()
    {
        var models = await new ChatClientFactory(TimeProvider.System, OneAttempt)
            .ListModelsAsync(Row("amazon-bedrock"), To(Simulator, row: "amazon-bedrock"), Loopback, Cancellation);

        models.Where(model => model.Kind is ProviderModelKind.Chat).Select(model => model.Id).ShouldBe(["sim-fast", "sim-vision", Claude]);
        models.ShouldContain(model => model.Kind == ProviderModelKind.Embedding);
        models.ShouldContain(model => model.Kind == ProviderModelKind.Image);
    }

    private async Task<ProviderException> FailAsync(Dictionary<string, string> settings)
    {
        var connection = new ProviderConnection { BaseUrl = Simulator.BaseUrlOf("bedrock-converse"), Settings = settings };
        var client = new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Row("amazon-bedrock"), connection, Loopback);
        return await Should.ThrowAsync<ProviderException>(() => client.GetResponseAsync("Hi", Options(), Cancellation));
    }

    private sealed class Watching(Action<HttpRequestMessage> watch) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            watch(request);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
