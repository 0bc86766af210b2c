using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.WholeCalls;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Embeddings;

/// <summary>Turns texts into vectors.</summary>
internal sealed class EmbeddingGateway(WholeCaller caller, ChatClientFactory clients, GuardedHttp http, HouseSettings house) : IEmbeddingGateway
{
    public Task<EmbeddingAnswer> EmbedAsync(EmbeddingCall call, CancellationToken cancellation) => EmbedAsync(call, null, cancellation);

    /// <param name="program">Whose key the call came with; null for what a person does in the web app.</param>
    public async Task<EmbeddingAnswer> EmbedAsync(EmbeddingCall call, ApiCaller? program, CancellationToken cancellation)
    {
        if (call.Texts.Any(text => text.Length > house.MaximumPrompt))
            throw new ChatFailedException(Failures.PromptTooLong(house.MaximumPrompt), null);
        var expected = new Usage(TokensOf(call), 0, 0, 0, 0, IsEstimated: true);
        var answer = await caller.AskAsync(
            new WholeCall<GeneratedEmbeddings<Embedding<float>>>
            {
                Call = CallOf(call),
                Ask = (provider, connection, model, token) => AskAsync(call, provider, connection, model, token),
                Count = made => made.Usage is { } usage ? Usage.From(usage) : expected,
                Expected = expected,
            },
            program,
            cancellation);
        return new EmbeddingAnswer(answer.Route.ProviderId, answer.Route.Model, [.. answer.Value.Select(vector => vector.Vector)], answer.Bill.Usage, answer.Bill.Cost);
    }

    private static ChatCall CallOf(EmbeddingCall call) => new()
    {
        PersonId = call.PersonId,
        Module = call.Module,
        Feature = call.Feature,
        Model = call.Model,
        Messages = [.. call.Texts.Select(text => new ChatMessage(ChatRole.User, text))],
        AllowsFallback = false,
    };

    private static long TokensOf(EmbeddingCall call) => call.Tokens?.Sum(text => (long)text.Count) ?? call.Texts.Sum(text => (long)TokenEstimate.Text(text));

    private async Task<GeneratedEmbeddings<Embedding<float>>> AskAsync(
        EmbeddingCall call, Provider provider, ProviderConnection connection, string model, CancellationToken cancellation)
    {
        var options = new EmbeddingGenerationOptions { ModelId = model, Dimensions = call.Dimensions, AdditionalProperties = [] };
        if (call.AreQueries)
            options.AdditionalProperties[RequestKeys.EmbedQuery] = true;
        if (call.User is { } user)
            options.AdditionalProperties["user"] = user;
        return call.Tokens is { } tokens
            ? await clients.CreateTokenEmbeddings(provider, connection, http.Invoker).GenerateAsync(tokens, options, cancellation)
            : await clients.CreateEmbeddings(provider, connection, http.Invoker).GenerateAsync(call.Texts, options, cancellation);
    }
}
