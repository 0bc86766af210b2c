using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.CohereChat;

/// <summary>The chat format of Cohere, version 2.</summary>
internal sealed class CohereDialect : IDialect, IEmbeddingDialect
{
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, CohereModels.Read, cancellation);

    public int MostTexts => 96;

    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) =>
        CohereEmbeddings.EmbedAsync(call, cancellation);

    private static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var accept = stream ? "text/event-stream" : "application/json";
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.PostAsync(call.Provider.ChatPath, call.Model, CohereRequest.Write(call, stream, refused), accept, cancellation),
            RefusedField);
        using var pieces = await AnswerReader.SseAsync(exchange);
        await foreach (var update in AnswerReader.ReadAsync(exchange, new CohereAnswer(call, exchange), pieces))
            yield return update;
    }

    /// <summary>What a model may refuse and a person can do without. The refusal names it only in its words.</summary>
    private static string? RefusedField(ProviderException refusal)
    {
        if (refusal.ProviderMessage is not { } words)
            return null;
        return Says("thinking") || Says("reasoning") ? CohereRequest.Thinking
            : Says("tool_choice") ? CohereRequest.ToolChoice
            : Says("response_format") || Says("json_schema") ? CohereRequest.Format
            : null;

        bool Says(string word) => words.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
