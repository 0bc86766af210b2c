using System.Runtime.CompilerServices;
using Atrium.Ai.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.WatsonxChat;

/// <summary>The chat format of IBM watsonx.ai: OpenAI's answers to requests of its own, streamed from another path.</summary>
internal sealed class WatsonxDialect : IDialect, IEmbeddingDialect
{
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, WatsonxModels.Read, cancellation);

    public IReadOnlySet<string> Demands => Ai.Demands.Logprobs;

    public int MostTexts => 512;

    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) =>
        WatsonxEmbeddings.EmbedAsync(call, cancellation);

    private static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var accept = stream ? "text/event-stream" : "application/json";
        var path = stream ? call.Provider.StreamPath ?? call.Provider.ChatPath : call.Provider.ChatPath;
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.PostAsync(path, call.Model, WatsonxRequest.Write(call, refused), accept, cancellation),
            RefusedField);
        using var pieces = await AnswerReader.SseAsync(exchange);
        await foreach (var update in AnswerReader.ReadAsync(exchange, new OpenAiChatAnswer(call, exchange), pieces))
            yield return update;
    }

    /// <summary>What a model may refuse and a person can do without. The refusal names it only in its words.</summary>
    private static string? RefusedField(ProviderException refusal) =>
        WatsonxRequest.Dispensable.FirstOrDefault(field => refusal.ProviderMessage?.Contains(field, StringComparison.OrdinalIgnoreCase) is true);
}
