using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>A dialect that makes pictures, too.</summary>
internal interface IImageDialect
{
    /// <summary>Pictures after words.</summary>
    Task<ImageGenerationResponse> DrawAsync(ImageCall call, CancellationToken cancellation);
}

/// <summary>One request for pictures: to whom, and what.</summary>
internal sealed record ImageCall(ProviderTransport Transport, string Model, string Prompt, ImageGenerationOptions Options)
{
    public string Path => Transport.Provider.ImagesPath!;
}
