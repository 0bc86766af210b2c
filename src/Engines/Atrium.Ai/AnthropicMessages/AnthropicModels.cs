using System.Text.Json;

namespace Atrium.Ai.AnthropicMessages;

/// <summary>Reads model lists.</summary>
internal static class AnthropicModels
{
    public static IReadOnlyList<ProviderModel> Read(JsonElement root) => ModelList.Read(Json.Array(root, "data"), ReadModel);

    private static ProviderModel? ReadModel(JsonElement entry)
    {
        if (ModelList.Id(Json.String(entry, "id")) is not { } id || Json.String(entry, "lifecycle") is "retired")
            return null;
        return new ProviderModel
        {
            Id = id,
            Name = ModelList.Id(Json.String(entry, "display_name")) ?? id,
            ContextTokens = Json.Integer(entry, "max_input_tokens"),
            MaxOutputTokens = Json.Integer(entry, "max_tokens"),
            Tools = true,
            ImagesIn = Json.Object(entry, "capabilities") is { } capabilities && Json.Object(capabilities, "image_input") is { } images
                && images.TryGetProperty("supported", out var supported)
                ? supported.ValueKind is JsonValueKind.True
                : null,
        };
    }
}
