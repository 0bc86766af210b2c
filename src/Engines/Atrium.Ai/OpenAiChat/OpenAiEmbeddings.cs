using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Embeddings of OpenAI and of the services that copy it.</summary>
internal static class OpenAiEmbeddings
{
    public static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, string path, CancellationToken cancellation)
    {
        var body = RequestJson.Write(json =>
        {
            json.WriteString("model", call.Model);
            json.WriteTexts("input", [.. call.Texts]);
            if (call.Options.Dimensions is { } dimensions)
                json.WriteNumber("dimensions", dimensions);
        });
        using var answer = await call.Transport.PostJsonAsync(path, call.Model, body, cancellation);
        var root = answer.RootElement;
        if (Json.Array(root, "data") is not { } data)
            throw call.Transport.Errors.ReadInBand(root);
        var vectors = data.EnumerateArray().OrderBy(item => Json.Integer(item, "index") ?? 0)
            .Select(item => item.ValueKind is JsonValueKind.Object && item.TryGetProperty("embedding", out var vector) ? vector : (JsonElement?)null);
        return EmbeddingVectors.Read(call.Transport, call.Model, vectors, Json.Object(root, "usage") is { } usage ? Json.Count(usage, "prompt_tokens") : null);
    }
}
