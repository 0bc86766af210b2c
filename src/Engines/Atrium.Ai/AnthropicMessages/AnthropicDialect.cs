using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.AnthropicMessages;

/// <summary>The Messages format of Anthropic.</summary>
internal sealed class AnthropicDialect : IDialect
{
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, AnthropicModels.Read, cancellation);

    public bool TakesAnthropicFields => true;

    private static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var accept = stream ? "text/event-stream" : "application/json";
        var limit = new AnthropicOutputLimit(call);
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.PostAsync(call.Provider.ChatPath, call.Model, AnthropicRequest.Write(call, stream, limit.Tokens, refused), accept, cancellation),
            refusal => limit.Lower(refusal) ?? AnthropicRefusals.FieldOf(refusal));
        using var pieces = await AnswerReader.SseAsync(exchange);
        await foreach (var update in AnswerReader.ReadAsync(exchange, new AnthropicAnswer(call, exchange), pieces))
            yield return update;
    }
}
