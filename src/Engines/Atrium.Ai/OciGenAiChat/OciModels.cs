using System.Text.Json;

namespace Atrium.Ai.OciGenAiChat;

/// <summary>Reads model lists; models that are not for use are left out.</summary>
internal static class OciModels
{
    public static IReadOnlyList<ProviderModel> Read(JsonElement root) =>
        ModelList.Read(root.ValueKind is JsonValueKind.Array ? root : Json.Array(root, "items"), ReadModel);

    /// <summary>Shared models are called by their name; one of the person's own by its long id.</summary>
    private static ProviderModel? ReadModel(JsonElement entry)
    {
        var isOwn = Json.String(entry, "type") is "CUSTOM";
        if (ModelList.Id(Json.String(entry, isOwn ? "id" : "displayName") ?? Json.String(entry, "id")) is not { } id
            || Json.String(entry, "lifecycleState") is "INACTIVE" or "FAILED" or "DELETED")
            return null;
        return new ProviderModel
        {
            Id = id,
            Name = ModelList.Id(Json.String(entry, "displayName")) ?? id,
            Kind = ModelList.Lists(entry, "capabilities", "CHAT") switch
            {
                true => ProviderModelKind.Chat,
                false when ModelList.Lists(entry, "capabilities", "TEXT_EMBEDDINGS") is true => ProviderModelKind.Embedding,
                false => ProviderModelKind.Other,
                null => ModelList.KindByName(id),
            },
        };
    }
}
