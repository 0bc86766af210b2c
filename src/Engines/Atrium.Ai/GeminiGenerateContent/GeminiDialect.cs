using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.GeminiGenerateContent;

/// <summary>The generateContent format of Google Gemini.</summary>
internal sealed class GeminiDialect : IDialect, IEmbeddingDialect, IImageDialect
{
    /// <summary>A picture comes whole in one event.</summary>
    private const int LongestEvent = 48 * 1024 * 1024;

    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, GeminiModels.Read, cancellation);

    public int MostTexts => 100;

    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) =>
        GeminiEmbeddings.EmbedAsync(call, cancellation);

    public IReadOnlySet<string> Wishes { get; } = new HashSet<string>();

    public Task<ImageGenerationResponse> DrawAsync(ImageCall call, CancellationToken cancellation) =>
        GeminiImages.DrawAsync(call, cancellation);

    private static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var accept = stream ? "text/event-stream" : "application/json";
        var path = stream ? call.Provider.StreamPath ?? call.Provider.ChatPath : call.Provider.ChatPath;
        var model = GeminiModels.ShortName(call.Model);
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.PostAsync(path, model, GeminiRequest.Write(call, refused), accept, cancellation),
            RefusedField);
        using var pieces = await AnswerReader.SseAsync(exchange, LongestEvent);
        await foreach (var update in AnswerReader.ReadAsync(exchange, new GeminiAnswer(call, exchange), pieces))
            yield return update;
    }

    /// <summary>What a model may refuse and a person can do without. The refusal names it only in its words.</summary>
    private static string? RefusedField(ProviderException refusal)
    {
        if (refusal.ProviderMessage is not { } words)
            return null;
        return Says("thinking") || Says("thinking_budget") || Says("thinking_level") ? GeminiRequest.Thinking
            : Says("penalty") ? GeminiRequest.Penalties
            : Says("developer instruction") || Says("system instruction") || Says("system_instruction") ? GeminiRequest.SystemInstruction
            : Says("response mime type") || Says("response_mime_type") || Says("response_json_schema") || Says("JSON mode") ? GeminiRequest.Format
            : Says("seed") ? "seed"
            : Says("top_k") || Says("topK") ? "topK"
            : null;

        bool Says(string word) => words.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
