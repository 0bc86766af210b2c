using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.ReplicatePredictions;

/// <summary>
/// Replicate's predictions: begun by one request, and followed by its stream, or asked for again and again where it has none. A call that
/// nobody waits for any more is cancelled there, too, for it would go on and cost.
/// </summary>
internal sealed class ReplicateDialect : IDialect
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation) =>
        ModelList.GetAsync(transport, ReplicateModels.Read, cancellation);

    private static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var prediction = new Prediction(call);
        try
        {
            if (await BeginAsync(call, prediction, stream, cancellation) is { } whole)
                yield return whole;
            var updates = prediction.IsOver ? null : stream && prediction.Stream is { } address
                ? FollowAsync(call, prediction, address, cancellation)
                : PollAsync(call, prediction, cancellation);
            if (updates is not null)
                await foreach (var update in updates)
                    yield return update;
            yield return prediction.End();
        }
        finally
        {
            if (!prediction.IsOver && prediction.Id is { } id)
                await call.Transport.TellAsync(new ProviderRequest(HttpMethod.Post, call.Transport.Address($"/predictions/{id}/cancel"), "application/json"));
        }
    }

    private static async Task<ChatResponseUpdate?> BeginAsync(ProviderCall call, Prediction prediction, bool stream, CancellationToken cancellation)
    {
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.SendAsync(
                new ProviderRequest(HttpMethod.Post, call.Transport.Address(ReplicateRequest.PathOf(call)), "application/json")
                {
                    Body = ReplicateRequest.Write(call, stream, refused),
                    Prefer = stream ? null : "wait",
                    IsRepeatable = false,
                },
                cancellation),
            ReplicateRequest.RefusedField);
        using var json = await exchange.ReadJsonAsync();
        return prediction.ReadObject(json.RootElement);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> FollowAsync(
        ProviderCall call, Prediction prediction, Uri address, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using (var exchange = await call.Transport.SendAsync(new ProviderRequest(HttpMethod.Get, address, "text/event-stream") { IsProven = false }, cancellation))
        {
            using var pieces = await IsJsonAsync(exchange) ? null : new PredictionReader(exchange.ReadAsync, why => exchange.Malformed(why));
            await foreach (var update in AnswerReader.ReadAsync(exchange, new ReplicateAnswer(prediction, exchange), pieces))
                yield return update;
        }
        await CountAsync(call, prediction, cancellation);
    }

    private static async ValueTask<bool> IsJsonAsync(ProviderExchange exchange) => await exchange.PeekAsync() is (byte)'{' or (byte)'[' or (byte)'<';

    private static async IAsyncEnumerable<ChatResponseUpdate> PollAsync(
        ProviderCall call, Prediction prediction, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (clock, started) = (call.Transport.Clock, call.Transport.Clock.GetTimestamp());
        while (!prediction.IsOver)
        {
            if (clock.GetElapsedTime(started) > call.Transport.Total)
                throw call.Transport.TimedOut();
            await Task.Delay(Between, clock, cancellation);
            using var json = await call.Transport.GetJsonAsync($"/predictions/{prediction.Id}", cancellation);
            if (prediction.ReadObject(json.RootElement) is { } update)
                yield return update;
        }
    }

    /// <summary>A stream has no counts; the finished prediction may. Its text is whole without them.</summary>
    private static async Task CountAsync(ProviderCall call, Prediction prediction, CancellationToken cancellation)
    {
        try
        {
            using var json = await call.Transport.GetJsonAsync($"/predictions/{prediction.Id}", cancellation);
            prediction.ReadUsage(json.RootElement);
        }
        catch (Exception missing) when (missing is ProviderException or InvalidOperationException)
        {
            // Whoever pays gets an estimate.
        }
    }
}
