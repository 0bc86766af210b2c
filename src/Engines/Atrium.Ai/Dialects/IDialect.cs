using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>A wire format. It maps messages to a request and the answer back; sending, time and errors are the transport's.</summary>
internal interface IDialect
{
    /// <summary>Streams one answer. Ends normally only when the answer is whole.</summary>
    IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation);

    /// <summary>Gets one answer in one piece.</summary>
    Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation);

    /// <summary>Those of <see cref="Ai.Demands.OpenAi"/> it can meet.</summary>
    IReadOnlySet<string> Demands => Ai.Demands.None;

    /// <summary>True where a field of Anthropic's own format is understood.</summary>
    bool TakesAnthropicFields => false;

    /// <summary>Lists the models behind the row's models path.</summary>
    Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation);
}

/// <summary>One chat call: to whom, and what.</summary>
internal sealed record ProviderCall(ProviderTransport Transport, string Model, IReadOnlyList<ChatMessage> Messages, ChatOptions Options)
{
    public Provider Provider => Transport.Provider;
}
