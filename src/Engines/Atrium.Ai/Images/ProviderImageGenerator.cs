using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>One connection as a generator of pictures.</summary>
internal sealed class ProviderImageGenerator(IImageDialect dialect, ProviderTransport transport, string? defaultModel) : IImageGenerator
{
    private const int MostPictures = 10;

    public async Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.Prompt))
            throw ProviderException.NotConfigured(transport.Provider, "prompt");
        if (request.OriginalImages?.Any() is true)
            throw ProviderException.Unsupported(transport.Provider, "it changes no pictures here");
        if (options?.Count is < 1 or > MostPictures)
            throw ProviderException.NotConfigured(transport.Provider, "count");
        if (options?.AdditionalProperties?.Keys.FirstOrDefault(wish => !dialect.Wishes.Contains(wish)) is { } unknown)
            throw ProviderException.Unsupported(transport.Provider, $"it has no '{unknown}'", unknown);
        var model = options?.ModelId ?? defaultModel ?? throw ProviderException.NotConfigured(transport.Provider, "model");
        var response = await dialect.DrawAsync(new ImageCall(transport, model, request.Prompt, options ?? new ImageGenerationOptions()), cancellationToken);
        return response.Contents.Count > 0 ? response : throw transport.Malformed("the answer has no picture");
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
