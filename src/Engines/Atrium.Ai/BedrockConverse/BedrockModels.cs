using System.Text.Json;

namespace Atrium.Ai.BedrockConverse;

/// <summary>Reads the models that can be called by their own name, and the inference profiles by which the others are called.</summary>
internal static class BedrockModels
{
    public static IReadOnlyList<ProviderModel> Read(JsonElement root) =>
        Json.Array(root, "inferenceProfileSummaries") is { } profiles ? ModelList.Read(profiles, ReadProfile) : ModelList.Read(Json.Array(root, "modelSummaries"), ReadModel);

    private static ProviderModel? ReadModel(JsonElement entry)
    {
        if (ModelList.Id(Json.String(entry, "modelId")) is not { } id || ModelList.Lists(entry, "inferenceTypesSupported", "ON_DEMAND") is false
            || (Json.Object(entry, "modelLifecycle") is { } lifecycle && Json.String(lifecycle, "status") is "LEGACY"))
            return null;
        return new ProviderModel
        {
            Id = id,
            Name = ModelList.Id(Json.String(entry, "modelName")) ?? id,
            Kind = KindOf(id, entry),
            ImagesIn = ModelList.Lists(entry, "inputModalities", "IMAGE"),
        };
    }

    private static ProviderModel? ReadProfile(JsonElement entry)
    {
        if (ModelList.Id(Json.String(entry, "inferenceProfileId")) is not { } id || Json.String(entry, "status") is "INACTIVE")
            return null;
        return new ProviderModel { Id = id, Name = ModelList.Id(Json.String(entry, "inferenceProfileName")) ?? id, Kind = ModelList.KindByName(id) };
    }

    private static ProviderModelKind KindOf(string id, JsonElement entry) =>
        ModelList.Lists(entry, "outputModalities", "TEXT") is true ? ModelList.KindByName(id)
        : ModelList.Lists(entry, "outputModalities", "EMBEDDING") is true ? ProviderModelKind.Embedding
        : ModelList.Lists(entry, "outputModalities", "IMAGE") is true ? ProviderModelKind.Image
        : ModelList.KindByName(id);
}
