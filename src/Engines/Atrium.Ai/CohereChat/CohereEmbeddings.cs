using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.CohereChat;

/// <summary>Cohere's embeddings. What they are for is part of every request.</summary>
internal static class CohereEmbeddings
{
    public static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation)
    {
        var body = RequestJson.Write(json =>
        {
            json.WriteString("model", call.Model);
            json.WriteTexts("texts", [.. call.Texts]);
            json.WriteString("input_type", call.AreQueries ? "search_query" : "search_document");
            json.WriteTexts("embedding_types", ["float"]);
            if (call.Options.Dimensions is { } dimensions)
                json.WriteNumber("output_dimension", dimensions);
        });
        using var answer = await call.Transport.PostJsonAsync(call.Path, call.Model, body, cancellation);
        var root = answer.RootElement;
        if (Json.Object(root, "embeddings") is not { } kinds || Json.Array(kinds, "float") is not { } vectors)
            throw call.Transport.Errors.ReadInBand(root);
        return EmbeddingVectors.Read(call.Transport, call.Model, vectors.EnumerateArray().Select(vector => (JsonElement?)vector), Tokens(root));
    }

    private static long? Tokens(JsonElement root) =>
        Json.Object(root, "meta") is { } meta && Json.Object(meta, "billed_units") is { } billed ? Json.Count(billed, "input_tokens") : null;
}
