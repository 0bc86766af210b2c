using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OciGenAiChat;

/// <summary>Oracle Cloud's embeddings.</summary>
internal static class OciEmbeddings
{
    public static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation)
    {
        var body = RequestJson.Write(json =>
        {
            json.WriteString("compartmentId", call.Transport.Setting("compartmentId"));
            OciRequest.WriteServingMode(json, call.Transport, call.Model);
            json.WriteTexts("inputs", [.. call.Texts]);
            json.WriteString("inputType", call.AreQueries ? "SEARCH_QUERY" : "SEARCH_DOCUMENT");
            json.WriteString("truncate", "NONE");
            if (call.Options.Dimensions is { } dimensions)
                json.WriteNumber("outputDimensions", dimensions);
        });
        using var answer = await call.Transport.PostJsonAsync(call.Path, call.Model, body, cancellation);
        var root = answer.RootElement;
        if (Json.Array(root, "embeddings") is not { } vectors)
            throw call.Transport.Errors.ReadInBand(root);
        var tokens = Json.Object(root, "usage") is { } usage ? Json.Count(usage, "promptTokens") : null;
        return EmbeddingVectors.Read(call.Transport, call.Model, vectors.EnumerateArray().Select(vector => (JsonElement?)vector), tokens);
    }
}
