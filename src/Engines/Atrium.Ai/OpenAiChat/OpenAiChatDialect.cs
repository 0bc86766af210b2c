using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>The chat completions format of OpenAI and of the many services that copy it.</summary>
internal sealed class OpenAiChatDialect : IDialect, IEmbeddingDialect, IImageDialect
{
    private const string StreamOptions = "stream_options";

    /// <summary>Fields a model may refuse and a person can do without.</summary>
    private static readonly string[] Dispensable =
    [
        "temperature", "top_p", "top_k", "presence_penalty", "frequency_penalty", "stop", "seed", "random_seed",
        "max_tokens", "max_completion_tokens", "reasoning_effort", "parallel_tool_calls", StreamOptions,
    ];

    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, call.Provider.ChatPath, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, call.Provider.ChatPath, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, OpenAiModels.Read, cancellation);

    public IReadOnlySet<string> Demands => Ai.Demands.OpenAi;

    public int MostTexts => 512;

    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) =>
        OpenAiEmbeddings.EmbedAsync(call, call.Path, cancellation);

    public IReadOnlySet<string> Wishes => OpenAiImages.Wishes;

    public Task<ImageGenerationResponse> DrawAsync(ImageCall call, CancellationToken cancellation) =>
        OpenAiImages.DrawAsync(call, call.Path, cancellation);

    /// <summary>The call at a path that need not be the row's.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, string path, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var accept = stream ? "text/event-stream" : "application/json";
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.PostAsync(path, call.Model, OpenAiChatRequest.Write(call, stream, refused), accept, cancellation),
            RefusedField);
        using var pieces = await AnswerReader.SseAsync(exchange);
        await foreach (var update in AnswerReader.ReadAsync(exchange, new OpenAiChatAnswer(call, exchange), pieces))
            yield return update;
    }

    private static string? RefusedField(ProviderException refusal)
    {
        if (refusal.ProviderCode is "unsupported_parameter" or "unsupported_value")
            return Dispensable.FirstOrDefault(field => field == refusal.Field);
        // Older servers name an unknown field only in their words.
        if (refusal.ProviderMessage?.Contains("Unrecognized request argument", StringComparison.OrdinalIgnoreCase) is true)
            return Dispensable.FirstOrDefault(field => refusal.ProviderMessage.EndsWith(field, StringComparison.Ordinal));
        return refusal.ProviderMessage?.Contains(StreamOptions, StringComparison.Ordinal) is true ? StreamOptions : null;
    }
}
