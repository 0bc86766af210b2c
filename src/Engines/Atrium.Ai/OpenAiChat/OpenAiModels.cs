using System.Text.Json;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Reads model lists: <c>{data:[…]}</c>, <c>{models:[…]}</c> or a bare array.</summary>
internal static class OpenAiModels
{
    public static IReadOnlyList<ProviderModel> Read(JsonElement root) =>
        ModelList.Read(root.ValueKind is JsonValueKind.Array ? root : Json.Array(root, "data") ?? Json.Array(root, "models"), ReadModel);

    private static ProviderModel? ReadModel(JsonElement entry)
    {
        if (ModelList.Id(Json.String(entry, "id") ?? Json.Text(entry)) is not { } id || IsInactive(entry))
            return null;
        return new ProviderModel
        {
            Id = id,
            Name = ModelList.Id(Json.String(entry, "name")) ?? id,
            Kind = KindOf(id, entry),
            ContextTokens = Json.Integer(entry, "context_length") ?? Json.Integer(entry, "context_window")
                ?? Json.Integer(entry, "max_context_length") ?? Json.Integer(entry, "max_model_len"),
            MaxOutputTokens = Json.Integer(entry, "max_completion_tokens")
                ?? (Json.Object(entry, "top_provider") is { } top ? Json.Integer(top, "max_completion_tokens") : null),
            Tools = Supports(entry, "function_calling") ?? ModelList.Lists(entry, "supported_parameters", "tools"),
            ImagesIn = Supports(entry, "vision")
                ?? (Json.Object(entry, "architecture") is { } architecture ? ModelList.Lists(architecture, "input_modalities", "image") : null),
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
        _ => ModelList.KindByName(id),
    };

    private static bool? Supports(JsonElement entry, string capability) =>
        Json.Object(entry, "capabilities") is { } capabilities && capabilities.TryGetProperty(capability, out var value)
            ? value.ValueKind is JsonValueKind.True
            : null;
}
