using Atrium.Ai.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.AzureOpenAi;

/// <summary>
/// OpenAI's format as Azure serves it: a model is a deployment of the person's. With a dated API version the deployment is in the address,
/// else in the body.
/// </summary>
internal sealed class AzureOpenAiDialect : IDialect, IEmbeddingDialect, IImageDialect
{
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        OpenAiChatDialect.ReadAsync(call, Path(call.Transport, call.Provider.ChatPath), stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        OpenAiChatDialect.ReadAsync(call, Path(call.Transport, call.Provider.ChatPath), stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, OpenAiModels.Read, cancellation);

    public IReadOnlySet<string> Demands => Ai.Demands.OpenAi;

    public int MostTexts => 512;

    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) =>
        OpenAiEmbeddings.EmbedAsync(call, Path(call.Transport, call.Path), cancellation);

    public IReadOnlySet<string> Wishes => OpenAiImages.Wishes;

    public Task<ImageGenerationResponse> DrawAsync(ImageCall call, CancellationToken cancellation) =>
        OpenAiImages.DrawAsync(call, Path(call.Transport, call.Path), cancellation);

    /// <summary>The path of the row, or its dated form: <c>/openai/v1/…</c> becomes <c>/openai/deployments/{model}/…</c>.</summary>
    private static string Path(ProviderTransport transport, string path) => transport.Setting("apiVersion") switch
    {
        null => path,
        [>= '0' and <= '9', ..] => path.Replace("/v1/", "/deployments/{model}/", StringComparison.Ordinal) + "?api-version={apiVersion}",
        _ => path + "?api-version={apiVersion}",
    };
}
