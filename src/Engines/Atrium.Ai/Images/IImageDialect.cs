using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>A dialect that makes pictures, too.</summary>
internal interface IImageDialect
{
    /// <summary>Wishes beside prompt, model, count and size that it can express, by their names at OpenAI.</summary>
    IReadOnlySet<string> Wishes { get; }

    /// <summary>Pictures after words.</summary>
    Task<ImageGenerationResponse> DrawAsync(ImageCall call, CancellationToken cancellation);
}

/// <summary>One request for pictures: to whom, and what.</summary>
internal sealed record ImageCall(ProviderTransport Transport, string Model, string Prompt, ImageGenerationOptions Options)
{
    public string Path => Transport.Provider.ImagesPath!;

    /// <summary>A wish in words; null when there is none.</summary>
    public string? Text(string wish) => Options.AdditionalProperties?.TryGetValue(wish, out var value) is true ? value as string : null;
}
