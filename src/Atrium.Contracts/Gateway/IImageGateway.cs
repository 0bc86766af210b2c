namespace Atrium.Contracts.Gateway;

/// <summary>Pictures to make on behalf of a person.</summary>
public sealed record ImageCall
{
    /// <summary>The feature under which such calls stand in the ledger.</summary>
    public const string FeatureName = "image";

    /// <summary>Whose keys, choice, limits and money.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The asking module's name, for the ledger.</summary>
    public required string Module { get; init; }

    /// <summary>What this call is for within the module.</summary>
    public string Feature { get; init; } = FeatureName;

    /// <summary><c>provider/model</c>, or a bare model of the person's chosen provider.</summary>
    public required string Model { get; init; }

    /// <summary>What to show.</summary>
    public required string Prompt { get; init; }

    /// <summary>How many, 1 to 10.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Pixels, null for the model's own.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>Further wishes by their names at OpenAI (<c>quality</c>, <c>background</c> …), texts or whole numbers; a provider without one refuses the call and names it.</summary>
    public IReadOnlyDictionary<string, object> Wishes { get; init; } = new Dictionary<string, object>();
}

/// <summary>One picture.</summary>
/// <param name="MediaType">By its first bytes.</param>
/// <param name="RevisedPrompt">What the provider made of the prompt, null when it does not say.</param>
public sealed record GeneratedImage(ReadOnlyMemory<byte> Data, string MediaType, string? RevisedPrompt);

/// <summary>The pictures; already in the ledger.</summary>
/// <param name="Provider">Catalogue id.</param>
/// <param name="Usage">Null when the provider counts no tokens.</param>
/// <param name="Cost">US dollars; null when the model's price is unknown.</param>
public sealed record ImageAnswer(string Provider, string Model, IReadOnlyList<GeneratedImage> Images, TokenUsage? Usage, decimal? Cost);

/// <summary>The one way to pictures: the person's choice, key, limits and money are applied here.</summary>
public interface IImageGateway
{
    /// <summary>Cancelling closes the provider's socket; what it may charge for until then is billed as an estimate.</summary>
    /// <exception cref="ChatFailedException">No picture.</exception>
    Task<ImageAnswer> DrawAsync(ImageCall call, CancellationToken cancellation);
}
