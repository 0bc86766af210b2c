using Microsoft.Extensions.AI;

namespace Atrium.Ai.WatsonxChat;

/// <summary>watsonx's embeddings.</summary>
internal static class WatsonxEmbeddings
{
    public static async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation)
    {
        if (call.Options.Dimensions is not null)
            throw ProviderException.Unsupported(call.Transport.Provider, "the length of its vectors is fixed", "dimensions");
        var body = RequestJson.Write(json =>
        {
            json.WriteString("model_id", call.Model);
            WatsonxRequest.WriteProject(json, call.Transport);
            json.WriteTexts("inputs", [.. call.Texts]);
        });
        using var answer = await call.Transport.PostJsonAsync(call.Path, call.Model, body, cancellation);
        var root = answer.RootElement;
        if (Json.Array(root, "results") is not { } results)
            throw call.Transport.Errors.ReadInBand(root);
        return EmbeddingVectors.Read(call.Transport, call.Model, results.EnumerateArray().Select(item => Json.Array(item, "embedding")), Json.Count(root, "input_token_count"));
    }
}
