using System.Text.Json;

namespace Atrium.Ai.WatsonxChat;

/// <summary>Reads the list of foundation models.</summary>
internal static class WatsonxModels
{
    public static IReadOnlyList<ProviderModel> Read(JsonElement root) => ModelList.Read(Json.Array(root, "resources"), ReadModel);

    private static ProviderModel? ReadModel(JsonElement entry)
    {
        if (ModelList.Id(Json.String(entry, "model_id")) is not { } id || Has(entry, "lifecycle", "withdrawn") is true)
            return null;
        var limits = Json.Object(entry, "model_limits") ?? default;
        return new ProviderModel
        {
            Id = id,
            Name = ModelList.Id(Json.String(entry, "label")) ?? id,
            Kind = KindOf(id, entry),
            ContextTokens = Json.Integer(limits, "max_sequence_length"),
            MaxOutputTokens = Json.Integer(limits, "max_output_tokens"),
            Tools = Has(entry, "task_ids", "function_calling") ?? Has(entry, "tasks", "function_calling"),
            ImagesIn = Has(entry, "functions", "image_chat"),
        };
    }

    private static ProviderModelKind KindOf(string id, JsonElement entry) =>
        Has(entry, "functions", "text_chat") is true ? ProviderModelKind.Chat
        : Has(entry, "functions", "embedding") is true ? ProviderModelKind.Embedding
        : Has(entry, "functions", "text_generation") is false ? ProviderModelKind.Other
        : ModelList.KindByName(id);

    /// <summary>Whether a list of words, or of objects with an id, has this one; null without the list.</summary>
    private static bool? Has(JsonElement entry, string list, string word) =>
        Json.Array(entry, list) is { } items ? items.EnumerateArray().Any(item => (Json.Text(item) ?? Json.String(item, "id")) == word) : null;
}
