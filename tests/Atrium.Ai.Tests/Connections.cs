using Atrium.Ai;
using Atrium.Simulators;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.Tests;

/// <summary>Shorthands to talk to a simulator through a row of the catalogue.</summary>
internal static class Connections
{
    public const string Key = "sim-canary-0123456789-do-not-leak";

    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    });

    public static HttpMessageInvoker Loopback => Http;

    /// <summary>Limits no test waits for: one attempt, generous times.</summary>
    public static ProviderTimeouts OneAttempt { get; } = new() { Retries = 0 };

    public static Provider Row(string id) => ProviderCatalogue.Default.Find(id) ?? throw new ArgumentException($"No row {id}.", nameof(id));

    /// <summary>A row of each dialect.</summary>
    public static IReadOnlyList<string> RowIds { get; } = ["openai-compatible", "anthropic", "google-gemini", "ollama-cloud", "azure-openai", "cohere", "amazon-bedrock", "ibm-watsonx", "oracle-cloud-ai", "replicate"];

    public static TheoryData<string> Rows { get; } = [.. RowIds];

    /// <summary>Dialects whose service filters no prompt, or reports it as an answer that stopped.</summary>
    public static IReadOnlyList<string> Unfiltered { get; } = ["ollama-chat", "cohere-v2-chat", "bedrock-converse", "watsonx-chat", "oci-genai-chat", "replicate-predictions"];

    public static ProviderConnection To(SimulatorHost simulator, string key = Key, string row = "openai-compatible") =>
        At(simulator.BaseUrlOf(Row(row).Dialect), Row(row), key);

    /// <summary>A connection of a row at any address, with every setting the row wants filled in.</summary>
    public static ProviderConnection At(string baseUrl, Provider row, string key = Key) => new()
    {
        ApiKey = row.Authentication is ProviderAuthentication.AwsSigV4 or ProviderAuthentication.OciSignature ? null : key,
        BaseUrl = baseUrl,
        Settings = row.Dialect switch
        {
            "bedrock-converse" => new Dictionary<string, string> { ["region"] = "us-east-1", ["accessKeyId"] = key, ["secretAccessKey"] = SimulatedSecrets.AwsSecretAccessKey },
            "oci-genai-chat" => new Dictionary<string, string>
            {
                ["region"] = "us-chicago-1",
                ["compartmentId"] = "ocid1.compartment.oc1..sim",
                ["tenancyId"] = "ocid1.tenancy.oc1..sim",
                ["userId"] = key,
                ["fingerprint"] = SimulatedSecrets.OciFingerprint,
                ["privateKeyPem"] = SimulatedSecrets.OciPrivateKeyPem,
            },
            "watsonx-chat" => new Dictionary<string, string> { ["region"] = "us-south", ["projectId"] = "sim-project" },
            _ => row.Settings.Where(setting => setting is { Required: true, IsAddress: false } && setting.Name != "apiKey").ToDictionary(setting => setting.Name, _ => "one"),
        },
    };

    /// <summary>The requests that asked for an answer, without those that prepare or end one.</summary>
    public static IReadOnlyList<RecordedRequest> Asked(this Simulation simulation) =>
        [.. simulation.Requests.Where(request => request.Method is "POST" && !request.Path.EndsWith("/token", StringComparison.Ordinal) && !request.Path.EndsWith("/cancel", StringComparison.Ordinal))];

    /// <summary>The request whose answer is the stream: the first that asked, or the one that follows what it began.</summary>
    public static RecordedRequest Streamed(this Simulation simulation) =>
        simulation.Requests.FirstOrDefault(request => request.Path.EndsWith("/stream", StringComparison.Ordinal)) ?? simulation.Asked()[0];

    /// <summary>Waits until the request is there that answers, or that streams where only a stream can fail so.</summary>
    public static async Task<RecordedRequest> NextAnswerAsync(this Simulation simulation, string row, bool ofStream)
    {
        while (true)
        {
            var request = await simulation.NextRequestAsync(Cancellation);
            var isWanted = ofStream && Row(row).Dialect is "replicate-predictions"
                ? request.Path.EndsWith("/stream", StringComparison.Ordinal)
                : !request.Path.EndsWith("/token", StringComparison.Ordinal);
            if (isWanted)
                return request;
        }
    }

    public static IChatClient Chat(SimulatorHost simulator, string row = "openai-compatible", ProviderTimeouts? timeouts = null, TimeProvider? clock = null) =>
        new ChatClientFactory(clock ?? TimeProvider.System, timeouts ?? OneAttempt).Create(Row(row), To(simulator, row: row), Http);

    public static Task<ChatResponse> AskAsync(this IChatClient client, bool stream, IEnumerable<ChatMessage> messages, ChatOptions options) => stream
        ? client.GetStreamingResponseAsync(messages, options, Cancellation).ToChatResponseAsync(Cancellation)
        : client.GetResponseAsync(messages, options, Cancellation);

    public static ChatOptions Options(string model = "sim-fast") => new() { ModelId = model };

    public static ChatMessage User(string text) => new(ChatRole.User, text);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Everything of a stream and, when it failed, the failure.</summary>
    public static async Task<(ChatResponse Answer, ProviderException? Failure)> CollectAsync(IAsyncEnumerable<ChatResponseUpdate> stream)
    {
        var updates = new List<ChatResponseUpdate>();
        ProviderException? failure = null;
        try
        {
            await foreach (var update in stream)
                updates.Add(update);
        }
        catch (ProviderException caught)
        {
            failure = caught;
        }
        return (updates.ToChatResponse(), failure);
    }
}
