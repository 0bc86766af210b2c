using System.Text.Json;

namespace Atrium.Ai.OllamaChat;

/// <summary>Reads the list of installed models, or of those in the cloud.</summary>
internal static class OllamaModels
{
    public static IReadOnlyList<ProviderModel> Read(JsonElement root) => ModelList.Read(Json.Array(root, "models"), ReadModel);

    private static ProviderModel? ReadModel(JsonElement entry)
    {
        if (ModelList.Id(Json.String(entry, "model") ?? Json.String(entry, "name")) is not { } id)
            return null;
        return new ProviderModel
        {
            Id = id,
            Name = ModelList.Id(Json.String(entry, "name")) ?? id,
            Kind = KindOf(id, entry),
            Tools = ModelList.Lists(entry, "capabilities", "tools"),
            ImagesIn = ModelList.Lists(entry, "capabilities", "vision"),
        };
    }

    private static ProviderModelKind KindOf(string id, JsonElement entry)
    {
        var family = Json.Object(entry, "details") is { } details ? Json.String(details, "family") : null;
        var makesVectors = ModelList.Lists(entry, "capabilities", "embedding") is true
            || family?.Contains("bert", StringComparison.OrdinalIgnoreCase) is true;
        return makesVectors ? ProviderModelKind.Embedding : ModelList.KindByName(id);
    }
}
