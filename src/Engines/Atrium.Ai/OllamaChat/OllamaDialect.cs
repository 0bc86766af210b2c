using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OllamaChat;

/// <summary>The chat format of Ollama, on a machine of one's own and in its cloud.</summary>
internal sealed class OllamaDialect : IDialect, IEmbeddingDialect
{
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, OllamaModels.Read, cancellation);

    public int MostTexts => 512;

    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) =>
        OllamaEmbeddings.EmbedAsync(call, cancellation);

    private static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var accept = stream ? "application/x-ndjson" : "application/json";
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.PostAsync(call.Provider.ChatPath, call.Model, OllamaRequest.Write(call, stream, refused), accept, cancellation),
            RefusedField);
        using var pieces = stream ? await AnswerReader.NdjsonAsync(exchange) : null;
        await foreach (var update in AnswerReader.ReadAsync(exchange, new OllamaAnswer(call, exchange), pieces))
            yield return update;
    }

    /// <summary>A model that does not think says so only in its words.</summary>
    private static string? RefusedField(ProviderException refusal) =>
        refusal.ProviderMessage?.Contains("think", StringComparison.OrdinalIgnoreCase) is true ? OllamaRequest.Think : null;
}
