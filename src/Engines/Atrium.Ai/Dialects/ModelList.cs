using System.Text.Json;

namespace Atrium.Ai;

/// <summary>What all model lists have in common: they are long, and entries that make no sense are left out.</summary>
internal static class ModelList
{
    private const int Most = 5_000;
    private const int LongestId = 200;

    private static readonly string[] EmbeddingNames = ["embed", "bge-", "e5-"];
    private static readonly string[] ImageNames = ["dall-e", "gpt-image", "flux", "stable-diffusion", "imagen", "grok-imagine"];
    private static readonly string[] OtherNames = ["whisper", "tts", "transcribe", "moderation", "rerank", "realtime", "sora", "-audio", "guard", "davinci-002", "babbage-002"];

    /// <summary>Asks for the list behind the row's models path.</summary>
    public static async Task<IReadOnlyList<ProviderModel>> GetAsync(
        ProviderTransport transport, Func<JsonElement, IReadOnlyList<ProviderModel>> read, CancellationToken cancellation)
    {
        var models = await GetAsync(transport, transport.Provider.ModelsPath!, read, cancellation);
        foreach (var path in transport.Provider.FurtherModelsPaths)
            models = [.. models.Concat(await GetIfAllowedAsync(transport, path, read, cancellation)).DistinctBy(model => model.Id, StringComparer.Ordinal).Take(Most)];
        return models;
    }

    private static async Task<IReadOnlyList<ProviderModel>> GetIfAllowedAsync(
        ProviderTransport transport, string path, Func<JsonElement, IReadOnlyList<ProviderModel>> read, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(transport, path, read, cancellation);
        }
        catch (ProviderException)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<ProviderModel>> GetAsync(
        ProviderTransport transport, string path, Func<JsonElement, IReadOnlyList<ProviderModel>> read, CancellationToken cancellation)
    {
        using var json = await transport.GetJsonAsync(path, cancellation);
        try
        {
            return read(json.RootElement);
        }
        catch (InvalidOperationException cause)
        {
            throw transport.Malformed("the list of models is not valid JSON", cause);
        }
    }

    /// <summary>The models of a list, each once, by id; empty when there is no list.</summary>
    public static IReadOnlyList<ProviderModel> Read(JsonElement? list, Func<JsonElement, ProviderModel?> readModel) =>
        list is not { } entries
            ? []
            : [.. entries.EnumerateArray().Select(readModel).OfType<ProviderModel>()
                .DistinctBy(model => model.Id, StringComparer.Ordinal).Take(Most).OrderBy(model => model.Id, StringComparer.Ordinal)];

    /// <summary>An id that can be sent and shown, else null.</summary>
    public static string? Id(string? id) => id is { Length: > 0 and <= LongestId } && !id.Any(char.IsControl) ? id : null;

    /// <summary>What a model's name says about what it makes.</summary>
    public static ProviderModelKind KindByName(string id) =>
        Contains(id, EmbeddingNames) ? ProviderModelKind.Embedding
        : Contains(id, ImageNames) ? ProviderModelKind.Image
        : Contains(id, OtherNames) ? ProviderModelKind.Other
        : ProviderModelKind.Chat;

    /// <summary>Whether a list of words has this one; null without the list.</summary>
    public static bool? Lists(JsonElement entry, string list, string word) =>
        Json.Array(entry, list) is { } words ? words.EnumerateArray().Any(item => Json.Text(item) == word) : null;

    private static bool Contains(string id, string[] names) =>
        names.Any(name => id.Contains(name, StringComparison.OrdinalIgnoreCase));
}
