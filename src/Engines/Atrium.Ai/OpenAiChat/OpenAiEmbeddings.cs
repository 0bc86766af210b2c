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
            WriteInput(json, call);
            if (call.Options.Dimensions is { } dimensions)
                json.WriteNumber("dimensions", dimensions);
            if (call.Options.AdditionalProperties?.TryGetValue("user", out var user) is true && user is string name)
                json.WriteString("user", name);
        });
        using var answer = await call.Transport.PostJsonAsync(path, call.Model, body, cancellation);
        var root = answer.RootElement;
        if (Json.Array(root, "data") is not { } data)
            throw call.Transport.Errors.ReadInBand(root);
        var vectors = data.EnumerateArray().OrderBy(item => Json.Integer(item, "index") ?? 0)
            .Select(item => item.ValueKind is JsonValueKind.Object && item.TryGetProperty("embedding", out var vector) ? vector : (JsonElement?)null);
        return EmbeddingVectors.Read(call.Transport, call.Model, vectors, Json.Object(root, "usage") is { } usage ? Json.Count(usage, "prompt_tokens") : null);
    }

    private static void WriteInput(Utf8JsonWriter json, EmbeddingCall call)
    {
        if (call.Tokens is not { } tokens)
        {
            json.WriteTexts("input", [.. call.Texts]);
            return;
        }
        json.WriteStartArray("input");
        foreach (var text in tokens)
        {
            json.WriteStartArray();
            foreach (var token in text)
                json.WriteNumberValue(token);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
