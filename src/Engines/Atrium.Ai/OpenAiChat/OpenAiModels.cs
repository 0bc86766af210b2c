using System.Text.Json;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Reads model lists: <c>{data:[…]}</c>, <c>{models:[…]}</c> or a bare array. Entries that make no sense are left out.</summary>
internal static class OpenAiModels
{
    private const int Most = 5_000;
    private const int LongestId = 200;

    private static readonly string[] EmbeddingNames = ["embed", "bge-", "e5-"];
    private static readonly string[] ImageNames = ["dall-e", "gpt-image", "flux", "stable-diffusion", "imagen", "grok-imagine"];
    private static readonly string[] OtherNames = ["whisper", "tts", "transcribe", "moderation", "rerank", "realtime", "sora", "-audio", "guard", "davinci-002", "babbage-002"];

    public static IReadOnlyList<ProviderModel> Read(JsonElement root)
    {
        var list = root.ValueKind is JsonValueKind.Array ? root : Json.Array(root, "data") ?? Json.Array(root, "models");
        if (list is not { } entries)
            return [];
        return [.. entries.EnumerateArray().Select(ReadModel).OfType<ProviderModel>()
            .DistinctBy(model => model.Id, StringComparer.Ordinal).Take(Most).OrderBy(model => model.Id, StringComparer.Ordinal)];
    }

    private static ProviderModel? ReadModel(JsonElement entry)
    {
        var id = Json.String(entry, "id") ?? Json.Text(entry);
        if (id is not { Length: > 0 and <= LongestId } || id.Any(char.IsControl) || IsInactive(entry))
            return null;
        return new ProviderModel
        {
            Id = id,
            Name = Json.String(entry, "name") is { Length: > 0 and <= LongestId } name && !name.Any(char.IsControl) ? name : id,
            Kind = KindOf(id, entry),
            ContextTokens = Json.Integer(entry, "context_length") ?? Json.Integer(entry, "context_window")
                ?? Json.Integer(entry, "max_context_length") ?? Json.Integer(entry, "max_model_len"),
            MaxOutputTokens = Json.Integer(entry, "max_completion_tokens")
                ?? (Json.Object(entry, "top_provider") is { } top ? Json.Integer(top, "max_completion_tokens") : null),
            Tools = Supports(entry, "function_calling") ?? Lists(entry, "supported_parameters", "tools"),
            ImagesIn = Supports(entry, "vision")
                ?? (Json.Object(entry, "architecture") is { } architecture ? Lists(architecture, "input_modalities", "image") : null),
        };
    }

    private static bool IsInactive(JsonElement entry) =>
        entry.ValueKind is JsonValueKind.Object && entry.TryGetProperty("active", out var active) && active.ValueKind is JsonValueKind.False;

    private static ProviderModelKind KindOf(string id, JsonElement entry) => Json.String(entry, "type") switch
    {
        "chat" or "language" or "code" => ProviderModelKind.Chat,
        "embedding" => ProviderModelKind.Embedding,
        "image" => ProviderModelKind.Image,
        "moderation" or "rerank" or "audio" or "video" or "transcribe" => ProviderModelKind.Other,
        _ => ByName(id),
    };

    private static ProviderModelKind ByName(string id) =>
        Contains(id, EmbeddingNames) ? ProviderModelKind.Embedding
        : Contains(id, ImageNames) ? ProviderModelKind.Image
        : Contains(id, OtherNames) ? ProviderModelKind.Other
        : ProviderModelKind.Chat;

    private static bool Contains(string id, string[] names) =>
        names.Any(name => id.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static bool? Supports(JsonElement entry, string capability) =>
        Json.Object(entry, "capabilities") is { } capabilities && capabilities.TryGetProperty(capability, out var value)
            ? value.ValueKind is JsonValueKind.True
            : null;

    private static bool? Lists(JsonElement entry, string list, string word) =>
        Json.Array(entry, list) is { } words ? words.EnumerateArray().Any(item => Json.Text(item) == word) : null;
}
