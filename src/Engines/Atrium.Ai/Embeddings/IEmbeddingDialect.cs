using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>A dialect that turns texts into vectors, too.</summary>
internal interface IEmbeddingDialect
{
    /// <summary>How many texts one request takes.</summary>
    int MostTexts { get; }

    /// <summary>The vectors of some texts, in their order.</summary>
    Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation);
}

/// <summary>One request for vectors.</summary>
/// <param name="Transport">To whom.</param>
/// <param name="Model">The model.</param>
/// <param name="Texts">At least one text, at most as many as the dialect takes.</param>
/// <param name="Options">Dimensions, and what else the caller wants.</param>
internal sealed record EmbeddingCall(ProviderTransport Transport, string Model, IReadOnlyList<string> Texts, EmbeddingGenerationOptions Options)
{
    /// <summary>Numbers of the model's own tokens instead of the texts; null where there are texts.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Tokens { get; init; }

    public string Path => Transport.Provider.EmbeddingsPath!;

    /// <summary>What the vectors are for, where a service asks: texts to find, unless the caller says that they are what is searched for.</summary>
    public bool AreQueries => Options.AdditionalProperties?.TryGetValue(RequestKeys.EmbedQuery, out var value) is true && value is true;
}
