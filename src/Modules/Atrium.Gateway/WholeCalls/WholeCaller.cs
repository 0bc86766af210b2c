using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Budgets;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Limits;
using Atrium.Gateway.Prices;
using Atrium.Gateway.Resilience;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;

namespace Atrium.Gateway.WholeCalls;

/// <summary>
/// Takes a call whose answer comes in one piece to its provider: the same way, guards and ledger as a conversation, but nobody else answers instead.
/// One ledger row for each call that used something.
/// </summary>
internal sealed partial class WholeCaller(
    ChatRouter router,
    CallGuards guards,
    PriceTable prices,
    LedgerBook ledger,
    KeyFailures failures,
    BudgetKeeper budgets,
    CallLimits limits,
    TimeProvider clock,
    ILogger<WholeCaller> logger)
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
        var (turn, tooMany) = limits.Enter(whole.Call.PersonId, program?.Key);
        using var entered = tooMany is null ? turn : throw new ChatFailedException(tooMany, null);
        var (hold, noMoney) = await budgets.HoldAsync(BudgetedCall.Of(whole.Call, route, program?.Key.Id), Estimate(whole, route), cancellation);
        using var held = noMoney is null ? hold : throw new ChatFailedException(noMoney, null);
        var bill = new CallBill(new BilledCall(whole.Call.PersonId, whole.Call.Module, whole.Call.Feature, program?.Key.Id, whole.Call.ThingId), route, hold, turn, prices, ledger, clock);
        var isSent = false;
        try
        {
            var value = await guards.For(route.Source!.Identity).RunAsync(AskOnceAsync, cancellation);
            return new WholeAnswer<T>(route, value, await BillAsync(bill, whole.Count(value), CallStatus.Complete));
        }
        catch (OperationCanceledException) when (isSent && cancellation.IsCancellationRequested)
        {
            await BillAsync(bill, whole.Expected, CallStatus.Cancelled);
            throw;
        }
        catch (ProviderException exception)
        {
            throw await FailAsync(bill, route, exception);
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

    private CallEstimate Estimate<T>(WholeCall<T> whole, ChatRoute route)
    {
        var price = prices.Find(route.ProviderId, route.Model, clock.GetUtcNow());
        return CallEstimate.Of(whole.Expected, whole.Call.Feature, route.IsFree, price);
    }

    private async Task<ChatFailedException> FailAsync(CallBill bill, ChatRoute route, ProviderException exception)
    {
        var said = Failures.From(exception, route.ProviderName, route.Key?.Name, route.Source!.HasOwnAddress);
        var failure = Failures.Explain(said, route, prices.SuccessorOf(route.ProviderId, route.Model, clock.GetUtcNow()));
        LogFailed(exception, route.ProviderId, route.Model, failure.Code);
        // What never reached the provider says nothing of the key.
        if (exception.Kind is not (ProviderErrorKind.Unsupported or ProviderErrorKind.NotConfigured))
            await failures.NoteAsync(route.Key?.Id, failure.Code);
        return new ChatFailedException(failure, exception.Usage is { } used ? await BillAsync(bill, Usage.From(used), CallStatus.Failed) : null, exception);
    }

    private static async Task<ChatBilled> BillAsync(CallBill bill, Usage usage, CallStatus status)
    {
        var (cost, durable) = bill.Close(usage, status);
        await durable;
        return new ChatBilled(CallBill.Counts(usage), cost, null);
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
