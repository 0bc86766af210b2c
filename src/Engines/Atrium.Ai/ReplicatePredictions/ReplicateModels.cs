using System.Text.Json;

namespace Atrium.Ai.ReplicatePredictions;

/// <summary>Reads a page of the public models, or a collection of them.</summary>
internal static class ReplicateModels
{
    public static IReadOnlyList<ProviderModel> Read(JsonElement root) =>
        ModelList.Read(Json.Array(root, "models") ?? Json.Array(root, "results"), ReadModel);

    private static ProviderModel? ReadModel(JsonElement entry)
    {
        if (Json.String(entry, "owner") is not { } owner || Json.String(entry, "name") is not { } name || ModelList.Id($"{owner}/{name}") is not { } id)
            return null;
        return new ProviderModel { Id = id, Name = id, Kind = ModelList.KindByName(id) };
    }
}
