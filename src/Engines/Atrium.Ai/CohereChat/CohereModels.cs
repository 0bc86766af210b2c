using System.Text.Json;

namespace Atrium.Ai.CohereChat;

/// <summary>Reads model lists.</summary>
internal static class CohereModels
{
    public static IReadOnlyList<ProviderModel> Read(JsonElement root) => ModelList.Read(Json.Array(root, "models"), ReadModel);

    private static ProviderModel? ReadModel(JsonElement entry)
    {
        if (ModelList.Id(Json.String(entry, "name")) is not { } id)
            return null;
        return new ProviderModel
        {
            Id = id,
            Name = id,
            Kind = ModelList.Lists(entry, "endpoints", "chat") switch
            {
                true => ProviderModelKind.Chat,
                false when ModelList.Lists(entry, "endpoints", "embed") is true => ProviderModelKind.Embedding,
                false => ProviderModelKind.Other,
                null => ModelList.KindByName(id),
            },
            ContextTokens = Json.Integer(entry, "context_length"),
            Tools = ModelList.Lists(entry, "features", "tools"),
            ImagesIn = ModelList.Lists(entry, "features", "vision"),
        };
    }
}
