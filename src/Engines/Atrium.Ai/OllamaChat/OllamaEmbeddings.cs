using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OllamaChat;

/// <summary>Ollama's embeddings.</summary>
internal static class OllamaEmbeddings
{
    public static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation)
    {
        var body = RequestJson.Write(json =>
        {
            json.WriteString("model", call.Model);
            json.WriteTexts("input", [.. call.Texts]);
            if (call.Options.Dimensions is { } dimensions)
                json.WriteNumber("dimensions", dimensions);
        });
        using var answer = await call.Transport.PostJsonAsync(call.Path, call.Model, body, cancellation);
        var root = answer.RootElement;
        if (Json.Array(root, "embeddings") is not { } vectors)
            throw call.Transport.Errors.ReadInBand(root);
        return EmbeddingVectors.Read(call.Transport, call.Model, vectors.EnumerateArray().Select(vector => (JsonElement?)vector), Json.Count(root, "prompt_eval_count"));
    }
}
