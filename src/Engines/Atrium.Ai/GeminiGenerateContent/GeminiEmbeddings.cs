using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.GeminiGenerateContent;

/// <summary>Gemini's embeddings, many in a request. Nobody counts their tokens.</summary>
internal static class GeminiEmbeddings
{
    public static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation)
    {
        var model = GeminiModels.ShortName(call.Model);
        using var answer = await call.Transport.PostJsonAsync(call.Path, model, Write(call, model), cancellation);
        var root = answer.RootElement;
        if (Json.Array(root, "embeddings") is not { } embeddings)
            throw call.Transport.Errors.ReadInBand(root);
        return EmbeddingVectors.Read(call.Transport, call.Model, embeddings.EnumerateArray().Select(item => Json.Array(item, "values")), inputTokens: null);
    }

    private static ReadOnlyMemory<byte> Write(EmbeddingCall call, string model) => RequestJson.Write(json =>
    {
        json.WriteStartArray("requests");
        foreach (var text in call.Texts)
        {
            json.WriteStartObject();
            json.WriteString("model", "models/" + model);
            json.WriteStartObject("content");
            json.WriteStartArray("parts");
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString("taskType", call.AreQueries ? "RETRIEVAL_QUERY" : "RETRIEVAL_DOCUMENT");
            if (call.Options.Dimensions is { } dimensions)
                json.WriteNumber("outputDimensionality", dimensions);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
