using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.BedrockConverse;

/// <summary>The Converse format of Amazon Bedrock: one for the models of all makers.</summary>
internal sealed class BedrockDialect : IDialect, IEmbeddingDialect, IImageDialect
{
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, BedrockModels.Read, cancellation);

    public int MostTexts => 96;

    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) =>
        BedrockInvoke.EmbedAsync(call, cancellation);

    public IReadOnlySet<string> Wishes { get; } = new HashSet<string>(StringComparer.Ordinal) { "quality" };

    public Task<ImageGenerationResponse> DrawAsync(ImageCall call, CancellationToken cancellation) =>
        BedrockInvoke.DrawAsync(call, cancellation);

    private static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var accept = stream ? "application/vnd.amazon.eventstream" : "application/json";
        var path = stream ? call.Provider.StreamPath ?? call.Provider.ChatPath : call.Provider.ChatPath;
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.PostAsync(path, call.Model, BedrockRequest.Write(call, refused), accept, cancellation),
            BedrockRefusals.FieldOf);
        using var pieces = await IsJsonAsync(exchange) ? null : new EventStreamReader(exchange.ReadAsync, why => exchange.Malformed(why));
        await foreach (var update in AnswerReader.ReadAsync(exchange, new BedrockAnswer(call, exchange), pieces))
            yield return update;
    }

    /// <summary>A frame begins with its length, which begins with a zero.</summary>
    private static async ValueTask<bool> IsJsonAsync(ProviderExchange exchange) => await exchange.PeekAsync() is (byte)'{' or (byte)'[' or (byte)'<';
}
