using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>One connection as a chat client.</summary>
internal sealed class ProviderChatClient(IDialect dialect, ProviderTransport transport) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        dialect.AnswerAsync(Call(messages, options), cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in dialect.StreamAsync(Call(messages, options), cancellationToken))
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
            return new ChatClientMetadata(transport.Provider.Id, transport.BaseAddress, transport.DefaultModel);
        if (serviceType == typeof(Provider))
            return transport.Provider;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
        // The HTTP client belongs to whoever passed it in.
    }

    private ProviderCall Call(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var model = options?.ModelId ?? transport.DefaultModel;
        if (string.IsNullOrWhiteSpace(model))
            throw ProviderException.NotConfigured(transport.Provider, "model");
        var call = new ProviderCall(transport, model, [.. messages], options ?? new ChatOptions());
        Demands.Check(call, dialect);
        return call;
    }
}
