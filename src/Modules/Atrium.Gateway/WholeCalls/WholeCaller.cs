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
using Atrium.Platform.Data;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;

namespace Atrium.Gateway.WholeCalls;

/// <summary>
/// Takes a call whose answer comes in one piece to its provider: the same way, guards and ledger as a conversation, but nobody else answers instead.
/// One ledger row for each call that used something.
/// </summary>
internal sealed partial class WholeCaller(
    ChatRouter router, CallGuards guards, BudgetKeeper budgets, CallLimits limits, PriceTable prices, LedgerBook ledger, KeyFailures failures, TimeProvider clock, ILogger<WholeCaller> logger)
{
    // Tokenizers differ: what is counted here may be off by a quarter.
    private const int Margin = 2;

    /// <param name="program">Whose key the call came with; null for what a person does in the web app.</param>
    /// <exception cref="ChatFailedException">No answer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what the provider may charge is billed.</exception>
    public async Task<WholeAnswer<T>> AskAsync<T>(WholeCall<T> whole, ApiCaller? program, CancellationToken cancellation)
    {
        using var turn = Enter(program);
        var route = await router.FindAsync(whole.Call, cancellation);
        if ((route.IsOffline ? WholeFailures.ModelUnknown : route.Failure) is { } refusal)
            throw new ChatFailedException(refusal, null);
        if (program?.Scope.AllowsModel(route.ProviderId, route.Model) is false)
            throw new ChatFailedException(Failures.ModelNotAllowed, null);
        using var hold = await HoldAsync(whole, route, program, cancellation);
        var meter = new WholeMeter(whole.Call, route, program?.Key.Id, hold, Price(whole, route), ledger);
        var isSent = false;
        try
        {
            var value = await guards.For(route.Source!.Identity).RunAsync(AskOnceAsync, cancellation);
            var bill = await meter.BillAsync(whole.Count(value), CallStatus.Complete);
            turn?.Tokens = bill.Usage.Input + bill.Usage.Output;
            return new WholeAnswer<T>(route, value, bill);
        }
        catch (OperationCanceledException) when (isSent && cancellation.IsCancellationRequested)
        {
            await meter.BillAsync(whole.Expected, CallStatus.Cancelled);
            throw;
        }
        catch (ProviderException exception)
        {
            throw await FailAsync(route, meter, exception);
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

    private CallTurn? Enter(ApiCaller? program)
    {
        if (program is null)
            return null;
        var (turn, refusal) = limits.Enter(program.Key);
        return refusal is null ? turn : throw new ChatFailedException(refusal, null);
    }

    private async Task<BudgetHold> HoldAsync<T>(WholeCall<T> whole, ChatRoute route, ApiCaller? program, CancellationToken cancellation)
    {
        var most = whole.Expected with { Input = whole.Expected.Input * Margin };
        var cost = route.IsFree ? 0 : Price(whole, route)?.CostOf(most);
        var estimate = new CallEstimate(cost is { } dollars ? new Money(dollars).ToPicodollars() : null, most.Input + most.Output, Messages: 1);
        var (hold, refusal) = await budgets.HoldAsync(BudgetedCall.Of(whole.Call, route, program?.Key.Id), estimate, cancellation);
        return refusal is null ? hold : throw new ChatFailedException(refusal, null);
    }

    private Price? Price<T>(WholeCall<T> whole, ChatRoute route) =>
        prices.Find(route.ProviderId, route.Model, clock.GetUtcNow()) is { } price ? whole.Adapt(price) : null;

    private async Task<ChatFailedException> FailAsync(ChatRoute route, WholeMeter meter, ProviderException exception)
    {
        var failure = Failures.From(exception, route.ProviderName, route.Key?.Name, route.Source!.HasOwnAddress);
        LogFailed(exception, route.ProviderId, route.Model, failure.Code);
        // What never reached the provider says nothing of the key.
        if (exception.Kind is not (ProviderErrorKind.Unsupported or ProviderErrorKind.NotConfigured))
            await failures.NoteAsync(route.Key?.Id, failure.Code);
        var bill = exception.Usage is { } used ? await meter.BillAsync(Usage.From(used), CallStatus.Failed) : null;
        return new ChatFailedException(failure, bill, exception);
    }

    [LoggerMessage(LogLevel.Warning, "{Provider} {Model} did not answer: {Code}")]
    private partial void LogFailed(Exception exception, string provider, string model, string code);
}
