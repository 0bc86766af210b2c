using System.Net;
using System.Text;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

[Keeps("B-019")]
public sealed class SecretTests : SimulatorTest
{
    /// <summary>Rows with a key that is a text; a signature says nothing of its key.</summary>
    public static TheoryData<string> KeyRows { get; } = [.. RowIds.Where(row => Row(row).Authentication is not ProviderAuthentication.OciSignature)];

    [Theory]
    [MemberData(nameof(KeyRows))]
    public async Task No_failure_shows_the_key(string row)
    {
        var factory = new ChatClientFactory(TimeProvider.System, OneAttempt);
        foreach (var fault in Enum.GetValues<Fault>().Where(fault => (fault, row) is not (Fault.BrokenChunk, "replicate") && fault is not (Fault.None or Fault.StallBeforeHeaders or Fault.StallBeforeBody or Fault.Stall)))
        {
            // The model's name is the key here: careless services repeat it in their errors.
            Simulator.Simulation.Default = new Reply { Fault = fault, FaultAt = 10 };
            var client = factory.Create(Row(row), To(Simulator, row: row), Loopback);
            var (_, failure) = await CollectAsync(client.GetStreamingResponseAsync("Hi", Options(Key), Cancellation));
            ShouldNotShow(failure.ShouldNotBeNull($"{fault}"), Key);
        }
    }

    [Theory]
    [InlineData("openai-compatible", "Incorrect API key provided: •••.")]
    [InlineData("anthropic", "invalid x-api-key: •••.")]
    [InlineData("google-gemini", "API key not valid. Please pass a valid API key: •••.")]
    [InlineData("ollama-cloud", "unauthorized: •••")]
    [InlineData("azure-openai", "Access denied due to invalid subscription key or wrong API endpoint: •••.")]
    [InlineData("cohere", "invalid api token: •••")]
    [InlineData("amazon-bedrock", "The security token included in the request is invalid: •••.")]
    [InlineData("ibm-watsonx", "Provided API key could not be found: •••.")]
    [InlineData("replicate", "You did not pass a valid authentication token: •••")]
    public async Task The_services_own_words_are_kept_without_the_key(string row, string words)
    {
        const string bad = "bad-canary-key-0123456789";
        var client = new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Row(row), To(Simulator, bad, row), Loopback);

        var failure = await Should.ThrowAsync<ProviderException>(() => client.GetResponseAsync("Hi", Options(), Cancellation));

        failure.Kind.ShouldBe(ProviderErrorKind.KeyRefused);
        failure.ProviderMessage.ShouldBe(words);
        ShouldNotShow(failure, bad);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Bearer {0}, {0}")]
    [InlineData("{1}")]
    [InlineData("{2}")]
    [InlineData("{3}{0}")]
    public async Task No_form_of_the_key_passes_through(string template)
    {
        const string key = "sk-canary/+=&0123456789";
        var text = string.Format(null, template, key, Uri.EscapeDataString(key), Convert.ToBase64String(Encoding.UTF8.GetBytes(key)), new string('x', 490));
        var body = System.Text.Json.JsonSerializer.Serialize(new { error = new { message = text, code = text, param = text } });

        var failure = await Should.ThrowAsync<ProviderException>(
            () => ReplayHandler.Of(body, HttpStatusCode.BadRequest).Client(key: key).GetResponseAsync("Hi", Options("m"), Cancellation));

        ShouldNotShow(failure, key);
        ShouldNotShow(failure, "canary");
    }

    [Theory]
    [InlineData("key\r\nX-Injected: 1")]
    [InlineData("key\u00e9")]
    [InlineData("key with spaces")]
    public void A_key_that_cannot_be_sent_is_refused_without_being_shown(string key)
    {
        var refused = Should.Throw<ProviderException>(() => ReplayHandler.Of("{}").Client(key: key));

        refused.Kind.ShouldBe(ProviderErrorKind.NotConfigured);
        refused.Field.ShouldBe("apiKey");
        ShouldNotShow(refused, key);
    }

    [Fact]
    public async Task A_pasted_key_is_trimmed()
    {
        var client = new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Row("openai-compatible"), To(Simulator, $" {Key}\n"), Loopback);

        await client.GetResponseAsync("Hi", Options(), Cancellation);

        Simulator.Simulation.Requests[0].Headers["Authorization"].ShouldBe($"Bearer {Key}");
    }

    [Fact]
    public void A_connection_does_not_print_its_secrets() =>
        new ProviderConnection { ApiKey = Key, Settings = new Dictionary<string, string> { ["secretAccessKey"] = Key } }.ToString().ShouldBe(nameof(ProviderConnection));

    [Fact]
    public void A_missing_key_is_named_before_any_call()
    {
        var missing = Should.Throw<ProviderException>(() => new ChatClientFactory(TimeProvider.System).Create(Row("openai"), new ProviderConnection(), Loopback));

        missing.Kind.ShouldBe(ProviderErrorKind.NotConfigured);
        missing.Field.ShouldBe("apiKey");
    }

    private static void ShouldNotShow(ProviderException failure, string secret)
    {
        var everything = $"{failure} {failure.ProviderMessage} {failure.ProviderCode} {failure.Field}";
        everything.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{failure.Kind} shows the key");
    }
}
