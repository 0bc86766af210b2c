using System.Text.Json;

namespace Atrium.Ai.GeminiGenerateContent;

/// <summary>Reads model lists.</summary>
internal static class GeminiModels
{
    private const string Prefix = "models/";

    private static readonly string[] Speech = ["-live", "native-audio"];

    public static IReadOnlyList<ProviderModel> Read(JsonElement root) => ModelList.Read(Json.Array(root, "models"), ReadModel);

    /// <summary>The service lists models with a prefix that is part of the call's address.</summary>
    public static string ShortName(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;

    private static ProviderModel? ReadModel(JsonElement entry)
    {
        if (ModelList.Id(ShortName(Json.String(entry, "name") ?? "")) is not { } id)
            return null;
        return new ProviderModel
        {
            Id = id,
            Name = ModelList.Id(Json.String(entry, "displayName")) ?? id,
            Kind = KindOf(id, entry),
            ContextTokens = Json.Integer(entry, "inputTokenLimit"),
            MaxOutputTokens = Json.Integer(entry, "outputTokenLimit"),
        };
    }

    private static ProviderModelKind KindOf(string id, JsonElement entry)
    {
        if (ModelList.Lists(entry, "supportedGenerationMethods", "embedContent") is true)
            return ProviderModelKind.Embedding;
        if (ModelList.Lists(entry, "supportedGenerationMethods", "generateContent") is false)
            return id.StartsWith("imagen", StringComparison.Ordinal) ? ProviderModelKind.Image : ProviderModelKind.Other;
        if (id.Contains("-image", StringComparison.Ordinal))
            return ProviderModelKind.Image;
        return Speech.Any(word => id.Contains(word, StringComparison.Ordinal)) ? ProviderModelKind.Other : ModelList.KindByName(id);
    }
}
