namespace Atrium.Contracts.Gateway;

/// <summary>Texts to turn into vectors on behalf of a person.</summary>
public sealed record EmbeddingCall
{
    /// <summary>The feature under which such calls stand in the ledger.</summary>
    public const string FeatureName = "embedding";

    /// <summary>Whose keys, choice, limits and money.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The asking module's name, for the ledger.</summary>
    public required string Module { get; init; }

    /// <summary>What this call is for within the module.</summary>
    public string Feature { get; init; } = FeatureName;

    /// <summary><c>provider/model</c>, or a bare model of the person's chosen provider.</summary>
    public required string Model { get; init; }

    /// <summary>None of them empty. May itself be empty only where there are <see cref="Tokens"/>.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>Numbers of the model's own tokens instead of texts; few providers read them.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Tokens { get; init; }

    /// <summary>Length of the vectors, null for the model's own.</summary>
    public int? Dimensions { get; init; }

    /// <summary>True when the texts are what is searched for, false when they are what is to be found.</summary>
    public bool AreQueries { get; init; }

    /// <summary>Whom a program names as its own user to the provider, null for nobody.</summary>
    public string? User { get; init; }
}

/// <summary>The vectors, in the order of the texts; already in the ledger.</summary>
/// <param name="Provider">Catalogue id.</param>
/// <param name="Cost">US dollars; null when the model's price is unknown.</param>
public sealed record EmbeddingAnswer(string Provider, string Model, IReadOnlyList<ReadOnlyMemory<float>> Vectors, TokenUsage Usage, decimal? Cost);

/// <summary>The one way to vectors: the person's choice, key, limits and money are applied here.</summary>
public interface IEmbeddingGateway
{
    /// <summary>Cancelling closes the provider's socket; what it may charge for until then is billed as an estimate.</summary>
    /// <exception cref="ChatFailedException">No vectors.</exception>
    Task<EmbeddingAnswer> EmbedAsync(EmbeddingCall call, CancellationToken cancellation);
}
