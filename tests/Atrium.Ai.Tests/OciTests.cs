using System.Security.Cryptography;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class OciTests : SimulatorTest
{
    private const string Row = "oracle-cloud-ai";
    private const string Command = "cohere.sim-command";

    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public async Task A_wrong_clock_is_set_by_the_service_and_the_request_sent_once_more(int minutes)
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow.AddMinutes(minutes));

        (await Chat(Simulator, Row, clock: clock).GetResponseAsync("Hi", Options(), Cancellation)).Text.ShouldContain("Hi");

        Simulator.Simulation.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_wrong_fingerprint_is_refused_once()
    {
        var failure = await FailAsync(("fingerprint", "00:11"));

        failure.Kind.ShouldBe(ProviderErrorKind.KeyRefused);
        Simulator.Simulation.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----")]
    public async Task A_key_that_is_none_is_named_and_not_shown(string pem)
    {
        var failure = await FailAsync(("privateKeyPem", pem));

        failure.Kind.ShouldBe(ProviderErrorKind.NotConfigured);
        failure.Field.ShouldBe("privateKeyPem");
        failure.ToString().ShouldNotContain("AAAA");
        Simulator.Simulation.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_works_in_one_line_and_with_a_passphrase()
    {
        using var key = RSA.Create();
        key.ImportFromPem(SimulatedSecrets.OciPrivateKeyPem);
        var sealedPem = key.ExportEncryptedPkcs8PrivateKeyPem("pass-canary", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000));

        // A field of one line drops the line ends of what is pasted into it.
        (await AskAsync(("privateKeyPem", SimulatedSecrets.OciPrivateKeyPem.ReplaceLineEndings("")))).ShouldContain("Hi");
        (await AskAsync(("privateKeyPem", SimulatedSecrets.OciPrivateKeyPem.ReplaceLineEndings(" ")))).ShouldContain("Hi");
        (await AskAsync(("privateKeyPem", sealedPem), ("keyPassphrase", "pass-canary"))).ShouldContain("Hi");
        (await FailAsync(("privateKeyPem", sealedPem), ("keyPassphrase", "wrong"))).Field.ShouldBe("privateKeyPem");
    }

    [Theory]
    [InlineData("", "", "ON_DEMAND", "modelId")]
    [InlineData("endpointId", "ocid1.endpoint.x", "DEDICATED", "endpointId")]
    public async Task Names_where_the_model_runs(string setting, string value, string type, string field)
    {
        await AskAsync((setting, value));

        var mode = Simulator.Simulation.Requests[0].Json.GetProperty("servingMode");
        mode.GetProperty("servingType").GetString().ShouldBe(type);
        mode.TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task An_endpoint_that_is_missing_is_named() => (await FailAsync(("servingMode", "DEDICATED"))).Field.ShouldBe("endpointId");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Speaks_to_the_older_models_of_Cohere_in_their_form(bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Let me look.", ToolCalls = [new("weather", """{"city":"Huế"}"""), new("time")], Usage = new ReplyUsage(12, 3) });
        var client = Chat(Simulator, Row);
        var options = Options(Command);
        options.Instructions = "Be brief.";
        options.StopSequences = ["END"];
        options.Tools = [AIFunctionFactory.Create((string city, int days = 1) => city + days, "weather", "Tells the weather.")];

        var answer = await client.AskAsync(stream, [User("Hi"), new(ChatRole.Assistant, "Yes?"), User("Weather?")], options);

        answer.Text.ShouldBe("Let me look.");
        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        answer.Usage!.TotalTokenCount.ShouldBe(15);
        var calls = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        calls.Select(call => call.Name).ShouldBe(["weather", "time"]);
        var first = Simulator.Simulation.Requests[0].Json.GetProperty("chatRequest");
        first.GetProperty("message").GetString().ShouldBe("Weather?");
        first.GetProperty("preambleOverride").GetString().ShouldBe("Be brief.");
        first.GetProperty("chatHistory").GetRawText().ShouldBe("""[{"role":"USER","message":"Hi"},{"role":"CHATBOT","message":"Yes?"}]""");
        first.GetProperty("tools")[0].GetProperty("parameterDefinitions").GetProperty("city").GetRawText().ShouldBe("""{"type":"str","isRequired":true}""");
        first.GetProperty("tools")[0].GetProperty("parameterDefinitions").GetProperty("days").GetProperty("type").GetString().ShouldBe("int");

        List<ChatMessage> next = [User("Weather?"), .. answer.Messages, new(ChatRole.Tool, [.. calls.Select(call => new FunctionResultContent(call.CallId, "Sunny"))])];
        (await client.AskAsync(stream, next, options)).Text.ShouldBe("The tool has answered.");
        var second = Simulator.Simulation.Requests[1].Json.GetProperty("chatRequest");
        second.GetProperty("message").GetString().ShouldBe("");
        second.GetProperty("toolResults")[0].GetRawText().ShouldBe("""{"call":{"name":"weather","parameters":{"city":"Huế"}},"outputs":[{"output":"Sunny"}]}""");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_said_again_at_the_end_is_said_once(bool stream)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "one two three" });

        (await Chat(Simulator, Row).AskAsync(stream, [User("Hi")], Options(Command))).Text.ShouldBe("one two three");
    }

    [Fact]
    public async Task The_older_models_of_Cohere_see_nothing()
    {
        var message = new ChatMessage(ChatRole.User, [new TextContent("See?"), new DataContent(new byte[] { 1 }, "image/png")]);

        (await Should.ThrowAsync<ProviderException>(() => Chat(Simulator, Row).GetResponseAsync([message], Options(Command), Cancellation))).Kind.ShouldBe(ProviderErrorKind.Unsupported);
    }

    [Theory]
    [InlineData("ERROR", ProviderErrorKind.Unavailable)]
    [InlineData("ERROR_LIMIT", ProviderErrorKind.Unavailable)]
    public async Task An_answer_that_ended_in_an_error_is_one(string reason, ProviderErrorKind kind)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Half.", FinishReason = reason });

        var (answer, failure) = await CollectAsync(Chat(Simulator, Row).GetStreamingResponseAsync("Hi", Options(Command), Cancellation));

        answer.Text.ShouldBe("Half.");
        failure!.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task Lists_models_with_a_signed_request()
    {
        var models = await new ChatClientFactory(TimeProvider.System, OneAttempt).ListModelsAsync(Connections.Row(Row), To(Simulator, row: Row), Loopback, Cancellation);

        models.Select(model => (model.Id, model.Kind)).ShouldBe(
            [(Command, ProviderModelKind.Chat), ("cohere.sim-embed", ProviderModelKind.Embedding), ("sim-fast", ProviderModelKind.Chat), ("sim-vision", ProviderModelKind.Chat)]);
        Simulator.Simulation.Requests[0].Path.ShouldBe("/oci/20231130/models?compartmentId=ocid1.compartment.oc1..sim&limit=1000");
    }

    private async Task<string> AskAsync(params (string Name, string Value)[] settings) => (await Client(settings).GetResponseAsync("Hi", Options(), Cancellation)).Text;

    private Task<ProviderException> FailAsync(params (string Name, string Value)[] settings) =>
        Should.ThrowAsync<ProviderException>(() => Client(settings).GetResponseAsync("Hi", Options(), Cancellation));

    private IChatClient Client((string Name, string Value)[] settings)
    {
        var connection = To(Simulator, row: Row);
        var all = new Dictionary<string, string>(connection.Settings);
        foreach (var (name, value) in settings)
            all[name] = value;
        return new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Connections.Row(Row), new ProviderConnection { BaseUrl = connection.BaseUrl, Settings = all }, Loopback);
    }
}
