using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Prices;
using Atrium.Gateway.Resilience;
using Atrium.Platform.Data;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;

namespace Atrium.Gateway.WholeCalls;

/// <summary>
/// Takes a call whose answer comes in one piece to its provider: the same way, guards and ledger as a conversation, but nobody else answers instead.
/// One ledger row for each call that used something.
/// </summary>
internal sealed partial class WholeCaller(
    ChatRouter router, CallGuards guards, PriceTable prices, LedgerBook ledger, KeyFailures failures, TimeProvider clock, ILogger<WholeCaller> logger)
{
    /// <param name="program">Whose key the call came with; null for what a person does in the web app.</param>
    /// <exception cref="ChatFailedException">No answer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what the provider may charge is billed.</exception>
    public async Task<WholeAnswer<T>> AskAsync<T>(WholeCall<T> whole, ApiCaller? program, CancellationToken cancellation)
    {
        var route = await router.FindAsync(whole.Call, cancellation);
        if ((route.IsOffline ? WholeFailures.ModelUnknown : route.Failure) is { } refusal)
            throw new ChatFailedException(refusal, null);
        if (program?.Scope.AllowsModel(route.ProviderId, route.Model) is false)
            throw new ChatFailedException(Failures.ModelNotAllowed, null);
        var isSent = false;
        try
        {
            var value = await guards.For(route.Source!.Identity).RunAsync(AskOnceAsync, cancellation);
            return new WholeAnswer<T>(route, value, await BillAsync(whole, route, program, whole.Count(value), CallStatus.Complete));
        }
        catch (OperationCanceledException) when (isSent && cancellation.IsCancellationRequested)
        {
            await BillAsync(whole, route, program, whole.Expected, CallStatus.Cancelled);
            throw;
        }
        catch (ProviderException exception)
        {
            throw await FailAsync(whole, route, program, exception);
        }
        catch (BrokenCircuitException exception)
        {
            throw new ChatFailedException(Failures.Paused(route.ProviderName, exception.RetryAfter), null, exception);
        }

        async ValueTask<T> AskOnceAsync(CancellationToken token)
        {
            var connection = await route.Source!.Open(token) ?? throw new ChatFailedException(Failures.KeyUnreadable(route.ProviderName), null);
            isSent = true;
            try
            {
                return await whole.Ask(route.Provider!, connection, route.Model, token);
            }
            catch (ProviderException)
            {
                isSent = false;
                throw;
            }
        }
    }

    private async Task<ChatFailedException> FailAsync<T>(WholeCall<T> whole, ChatRoute route, ApiCaller? program, ProviderException exception)
    {
        var failure = Failures.From(exception, route.ProviderName, route.Key?.Name, route.Source!.HasOwnAddress);
        LogFailed(exception, route.ProviderId, route.Model, failure.Code);
        // What never reached the provider says nothing of the key.
        if (exception.Kind is not (ProviderErrorKind.Unsupported or ProviderErrorKind.NotConfigured))
            await failures.NoteAsync(route.Key?.Id, failure.Code);
        var bill = exception.Usage is { } used ? await BillAsync(whole, route, program, new Consumption(Usage.From(used)), CallStatus.Failed) : null;
        return new ChatFailedException(failure, bill, exception);
    }

    private async Task<ChatBilled> BillAsync<T>(WholeCall<T> whole, ChatRoute route, ApiCaller? program, Consumption used, CallStatus status)
    {
        var (call, usage) = (whole.Call, used.Usage);
        var cost = CostOf(whole, route, used);
        await ledger.AddAsync(new LedgerEntry(call.PersonId, route.Key?.Id, call.Module, call.Feature, route.ProviderId, route.Model, usage, cost, status)
        {
            ApiKeyId = program?.Key.Id,
            Images = used.Images,
        });
        return new ChatBilled(new TokenUsage(usage.Input, usage.Cached, usage.Output, usage.Reasoning, usage.IsEstimated), cost, null);
    }

    private decimal? CostOf<T>(WholeCall<T> whole, ChatRoute route, Consumption used)
    {
        // What runs on the house's or the person's own machine costs nobody a price per token.
        if (route.Provider is { Categories: ["local"], NeedsKey: false })
            return 0;
        var cost = used.Usage.Charged ?? (prices.Find(route.ProviderId, route.Model, clock.GetUtcNow()) is { } price ? whole.CostOf(price, used) : null);
        // The ledger's precision, so that what is shown and what is stored are the same number.
        return cost is { } dollars ? Money.FromPicodollars(new Money(dollars).ToPicodollars()).Dollars : null;
    }

    [LoggerMessage(LogLevel.Warning, "{Provider} {Model} did not answer: {Code}")]
    private partial void LogFailed(Exception exception, string provider, string model, string code);
}

internal static class WholeFailures
{
    /// <summary>Offline Lite makes neither vectors nor pictures.</summary>
    public static readonly ChatFailure ModelUnknown = new("model-not-found", "No provider for this model is set up. Name one as provider/model, or choose a provider under Settings, API Provider.");

    public static ChatFailure PictureUnreadable(string provider) => new("answer-unreadable", $"{provider} named the address of its picture, and nothing could be read there. It may have been charged.");
}
