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
    public static TheoryData<string> Rows { get; } = ["openai-compatible", "anthropic", "google-gemini", "ollama-cloud"];

    public static ProviderConnection To(SimulatorHost simulator, string key = Key, string row = "openai-compatible") => new()
    {
        ApiKey = key,
        BaseUrl = Row(row).Dialect switch
        {
            "anthropic-messages" => simulator.AnthropicBaseUrl,
            "gemini-generatecontent" => simulator.GeminiBaseUrl,
            "ollama-chat" => simulator.OllamaBaseUrl,
            _ => simulator.OpenAiBaseUrl,
        },
    };

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
