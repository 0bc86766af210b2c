namespace Atrium.Ai;

/// <summary>A model as a provider lists it. What the provider does not say is null.</summary>
public sealed record ProviderModel
{
    /// <summary>The id to send.</summary>
    public required string Id { get; init; }

    /// <summary>A name for people, the id when there is none.</summary>
    public required string Name { get; init; }

    /// <summary>What the model makes.</summary>
    public ProviderModelKind Kind { get; init; }

    /// <summary>Tokens of context.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>Most tokens of one answer.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether it calls tools.</summary>
    public bool? Tools { get; init; }

    /// <summary>Whether it reads images.</summary>
    public bool? ImagesIn { get; init; }
}

/// <summary>What a model makes.</summary>
public enum ProviderModelKind
{
    /// <summary>Text in a conversation.</summary>
    Chat,

    /// <summary>Vectors.</summary>
    Embedding,

    /// <summary>Pictures.</summary>
    Image,

    /// <summary>Something else: speech, moderation, ranking.</summary>
    Other,
}

/// <summary>The result of trying a key.</summary>
/// <param name="Works">True when the provider accepted the key; also when it only said "slow down".</param>
/// <param name="Models">The models found, or the row's own list where the provider has none to ask for.</param>
/// <param name="Problem">Why it does not work, or null.</param>
public sealed record KeyCheckResult(bool Works, IReadOnlyList<ProviderModel> Models, ProviderException? Problem);
