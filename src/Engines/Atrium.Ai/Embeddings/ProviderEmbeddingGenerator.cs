using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>One connection as a generator of embeddings. Many texts go in as many requests as the service needs.</summary>
internal sealed class ProviderEmbeddingGenerator(IEmbeddingDialect dialect, ProviderTransport transport, string? defaultModel) : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int MostTexts = 10_000;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var texts = values.Take(MostTexts + 1).ToList();
        if (texts.Count > MostTexts || texts.Exists(string.IsNullOrWhiteSpace))
            throw ProviderException.NotConfigured(transport.Provider, "input");
        var model = options?.ModelId ?? defaultModel ?? throw ProviderException.NotConfigured(transport.Provider, "model");
        var all = new GeneratedEmbeddings<Embedding<float>>(texts.Count);
        foreach (var some in texts.Chunk(dialect.MostTexts))
            await AddAsync(all, some, new EmbeddingCall(transport, model, some, options ?? new EmbeddingGenerationOptions()), texts, cancellationToken);
        return all;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata))
            return new EmbeddingGeneratorMetadata(transport.Provider.Id, transport.BaseAddress, defaultModel);
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
        // The HTTP client belongs to whoever passed it in.
    }

    private async Task AddAsync(
        GeneratedEmbeddings<Embedding<float>> all, string[] some, EmbeddingCall call, List<string> texts, CancellationToken cancellation)
    {
        try
        {
            var made = await dialect.EmbedAsync(call, cancellation);
            if (made.Count != some.Length)
                throw transport.Malformed($"it made {made.Count} vectors of {some.Length} texts");
            all.AddRange(made);
            if (made.Usage is { } usage)
                (all.Usage ??= new UsageDetails()).Add(usage);
        }
        catch (ProviderException failure) when (all.Count > 0)
        {
            // What was made before is paid for, and would be again if all were asked for anew.
            failure.Usage = all.Usage ?? TokenEstimate.Usage([new ChatMessage(ChatRole.User, string.Concat(texts.Take(all.Count)))], answer: null);
            failure.IsRetryable = false;
            throw;
        }
    }
}
