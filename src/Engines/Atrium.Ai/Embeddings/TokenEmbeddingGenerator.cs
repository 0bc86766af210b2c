using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>One connection as a generator of embeddings of texts that come as numbers of the model's own tokens, in one request.</summary>
internal sealed class TokenEmbeddingGenerator(IEmbeddingDialect dialect, ProviderTransport transport) : IEmbeddingGenerator<IReadOnlyList<int>, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<IReadOnlyList<int>> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var tokens = values.Take(dialect.MostTexts + 1).ToList();
        if (tokens.Count == 0 || tokens.Count > dialect.MostTexts || tokens.Exists(text => text.Count == 0))
            throw ProviderException.NotConfigured(transport.Provider, "input");
        var model = options?.ModelId ?? throw ProviderException.NotConfigured(transport.Provider, "model");
        var call = new EmbeddingCall(transport, model, [], options) { Tokens = tokens };
        var made = await dialect.EmbedAsync(call, cancellationToken);
        return made.Count == tokens.Count ? made : throw transport.Malformed($"it made {made.Count} vectors of {tokens.Count} texts");
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
        // The HTTP client belongs to whoever passed it in.
    }
}
