using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OciGenAiChat;

/// <summary>The chat format of Oracle Cloud: one body for Cohere's older models, another for all others.</summary>
internal sealed class OciDialect : IDialect, IEmbeddingDialect
{
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, OciModels.Read, cancellation);

    public int MostTexts => 96;

    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) =>
        OciEmbeddings.EmbedAsync(call, cancellation);

    private static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var accept = stream ? "text/event-stream" : "application/json";
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.PostAsync(call.Provider.ChatPath, call.Model, OciRequest.Write(call, stream, refused), accept, cancellation),
            RefusedField);
        using var pieces = await AnswerReader.SseAsync(exchange);
        await foreach (var update in AnswerReader.ReadAsync(exchange, new OciAnswer(call, exchange), pieces))
            yield return update;
    }

    /// <summary>What a model may refuse and a person can do without. The refusal names it only in its words.</summary>
    private static string? RefusedField(ProviderException refusal) =>
        OciRequest.Dispensable.FirstOrDefault(field => refusal.ProviderMessage?.Contains(field, StringComparison.OrdinalIgnoreCase) is true);
}
