using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.BedrockConverse;

/// <summary>Vectors and pictures, for which every maker's models have words of their own: those of Amazon's models and of Cohere's.</summary>
internal static class BedrockInvoke
{
    public static Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) =>
        call.Model.Contains("cohere.", StringComparison.OrdinalIgnoreCase) ? EmbedManyAsync(call, cancellation) : EmbedEachAsync(call, cancellation);

    public static async Task<ImageGenerationResponse> DrawAsync(ImageCall call, CancellationToken cancellation)
    {
        var body = RequestJson.Write(json =>
        {
            json.WriteString("taskType", "TEXT_IMAGE");
            json.WriteStartObject("textToImageParams");
            json.WriteString("text", call.Prompt);
            json.WriteEndObject();
            json.WriteStartObject("imageGenerationConfig");
            json.WriteNumber("numberOfImages", call.Options.Count ?? 1);
            if (call.Options.ImageSize is { } size)
            {
                json.WriteNumber("width", size.Width);
                json.WriteNumber("height", size.Height);
            }
            if (call.Text("quality") is { } quality)
                json.WriteString("quality", QualityOf(call, quality));
            json.WriteEndObject();
        });
        using var answer = await call.Transport.PostJsonAsync(call.Path, call.Model, body, cancellation);
        if (Json.Array(answer.RootElement, "images") is not { } images)
            throw call.Transport.Errors.ReadInBand(answer.RootElement);
        return new ImageGenerationResponse([.. images.EnumerateArray().Select(image => Pictures.FromBase64(image)).OfType<AIContent>()]);
    }

    /// <summary>This maker's models know two steps.</summary>
    private static string QualityOf(ImageCall call, string quality) => quality switch
    {
        "premium" or "high" or "hd" => "premium",
        "standard" or "medium" or "low" or "auto" => "standard",
        _ => throw ProviderException.Unsupported(call.Transport.Provider, "there is no such quality", "quality"),
    };

    /// <summary>Amazon's models take one text at a time.</summary>
    private static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedEachAsync(EmbeddingCall call, CancellationToken cancellation)
    {
        var all = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var text in call.Texts)
        {
            var body = RequestJson.Write(json =>
            {
                json.WriteString("inputText", text);
                if (call.Options.Dimensions is { } dimensions)
                    json.WriteNumber("dimensions", dimensions);
            });
            using var answer = await call.Transport.PostJsonAsync(call.Path, call.Model, body, cancellation);
            var root = answer.RootElement;
            if (Json.Array(root, "embedding") is not { } vector)
                throw call.Transport.Errors.ReadInBand(root);
            var made = EmbeddingVectors.Read(call.Transport, call.Model, [vector], Json.Count(root, "inputTextTokenCount"));
            all.AddRange(made);
            if (made.Usage is { } usage)
                (all.Usage ??= new UsageDetails()).Add(usage);
        }
        return all;
    }

    private static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedManyAsync(EmbeddingCall call, CancellationToken cancellation)
    {
        var body = RequestJson.Write(json =>
        {
            json.WriteTexts("texts", [.. call.Texts]);
            json.WriteString("input_type", call.AreQueries ? "search_query" : "search_document");
            if (call.Options.Dimensions is { } dimensions)
                json.WriteNumber("output_dimension", dimensions);
        });
        using var answer = await call.Transport.PostJsonAsync(call.Path, call.Model, body, cancellation);
        var root = answer.RootElement;
        var vectors = Json.Array(root, "embeddings") ?? (Json.Object(root, "embeddings") is { } kinds ? Json.Array(kinds, "float") : null);
        if (vectors is not { } list)
            throw call.Transport.Errors.ReadInBand(root);
        return EmbeddingVectors.Read(call.Transport, call.Model, list.EnumerateArray().Select(vector => (JsonElement?)vector), inputTokens: null);
    }
}
