using System.Runtime.CompilerServices;
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
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;

namespace Atrium.Gateway.Api.Relay;

/// <summary>
/// Hands a program's call through where the service behind speaks the program's own format. Rights, limits, budgets, guards and the ledger are those
/// of every other call.
/// </summary>
internal sealed partial class ApiRelay(
    ChatRouter router,
    ChatClientFactory clients,
    CallGuards guards,
    GuardedHttp http,
    PriceTable prices,
    LedgerBook ledger,
    KeyFailures failures,
    BudgetKeeper budgets,
    CallLimits limits,
    HouseSettings house,
    TimeProvider clock,
    ILogger<ApiRelay> logger)
{
    private const string BetaHeader = "anthropic-beta";

    // As long as a key is open, which is a moment.
    private readonly ConditionalWeakTable<ProviderConnection, ChatRelay> relays = [];

    /// <returns>False when the call must be translated, or cannot be made as it is: nothing has happened then.</returns>
    public async Task<bool> TryAnswerAsync(HttpContext context, ApiCaller caller, RelayFormat format, ApiBody body, Func<AnswerHead, IAnswerFormat> answerFormat)
    {
        if (RelayRequest.Read(body.Bytes, format) is not { } request || request.QuestionBytes > house.MaximumPrompt)
            return false;
        var call = CallOf(context, caller, request);
        var route = await router.FindAsync(call, context.RequestAborted);
        if (route is not { Failure: null, Provider: { } provider, Source: not null } || !ChatRelay.Speaks(provider, format) || !caller.Scope.AllowsModel(route.ProviderId, route.Model))
            return false;
        using var turn = Enter(caller);
        var relayed = await BeginAsync(call, caller, route, request, turn);
        var answer = new RelayWriter(context, relayed, () => answerFormat(new AnswerHead(Guid.CreateVersion7(clock.GetUtcNow()), route.Model, clock.GetUtcNow())));
        try
        {
            await guards.For(route.Source.Identity).RunAsync(token => answer.OpenAsync(inner => SendAsync(context, request, format, relayed, inner), token), context.RequestAborted);
            await answer.CopyAsync();
        }
        catch (Exception exception) when (exception is ProviderException or BrokenCircuitException)
        {
            await FailAsync(answer, relayed, exception);
        }
        finally
        {
            await answer.DisposeAsync();
        }
        if (ledger.IsBehind)
            await relayed.Durable;
        return true;
    }

    private static ChatCall CallOf(HttpContext context, ApiCaller caller, RelayRequest request) => new()
    {
        PersonId = caller.Person.Id,
        Module = ApiAnswering.Module,
        Feature = context.GetEndpoint()!.Metadata.GetMetadata<ApiEndpoint>()!.Name,
        Model = request.Model,
        Messages = [],
        AllowsFallback = false,
    };

    private CallTurn? Enter(ApiCaller caller)
    {
        var (turn, refusal) = limits.Enter(caller.Person.Id, caller.Key);
        return refusal is null ? turn : throw new ChatFailedException(refusal, null);
    }

    /// <summary>Holds what the call may cost.</summary>
    private async Task<RelayedCall> BeginAsync(ChatCall call, ApiCaller caller, ChatRoute route, RelayRequest request, CallTurn? turn)
    {
        var price = prices.Find(route.ProviderId, route.Model, clock.GetUtcNow());
        var most = Math.Min(house.MaximumOutputTokens, price?.MaxOutput ?? int.MaxValue);
        most = Math.Min(request.MaxOutputTokens ?? most, most);
        var estimate = CallEstimate.Of(RelayedCall.InputTokens(request), (long)most * request.Answers, call.Feature, route.IsFree, price);
        var (hold, refusal) = await budgets.HoldAsync(BudgetedCall.Of(call, route, caller.Key.Id), estimate, CancellationToken.None);
        if (refusal is not null)
            throw new ChatFailedException(refusal, null);
        var bill = new CallBill(new BilledCall(call.PersonId, call.Module, call.Feature, caller.Key.Id, null), route, hold, turn, prices, ledger, clock);
        return new RelayedCall(request, route, most, bill, hold);
    }

    private async ValueTask<RelayedAnswer> SendAsync(HttpContext context, RelayRequest request, RelayFormat format, RelayedCall call, CancellationToken cancellation)
    {
        var connection = await call.Route.Source!.Open(cancellation) ?? throw new ChatFailedException(Failures.KeyUnreadable(call.Route.ProviderName), null);
        IReadOnlyList<KeyValuePair<string, string>> headers = format is RelayFormat.AnthropicMessages && context.Request.Headers.TryGetValue(BetaHeader, out var beta)
            ? [KeyValuePair.Create(BetaHeader, beta.ToString())]
            : [];
        var relay = relays.GetValue(connection, opened => clients.CreateRelay(call.Route.Provider!, opened, http.Invoker));
        return await relay.SendAsync(request, format, call.Route.Model, call.MostOutput, headers, cancellation);
    }

    private async Task FailAsync(RelayWriter answer, RelayedCall call, Exception exception)
    {
        var route = call.Route;
        var said = exception is BrokenCircuitException paused
            ? Failures.Paused(route.ProviderName, paused.RetryAfter)
            : Failures.From((ProviderException)exception, route.ProviderName, route.Key?.Name, route.Source!.HasOwnAddress);
        var failure = Failures.Explain(said, route, prices.SuccessorOf(route.ProviderId, route.Model, clock.GetUtcNow()));
        LogFailed(exception, route.ProviderId, route.Model, failure.Code);
        await failures.NoteAsync(route.Key?.Id, failure.Code);
        call.Fail((exception as ProviderException)?.Usage, answer.Answer, answer.HasPassed);
        var failed = new ChatFailedException(failure, null, exception);
        if (!answer.HasBegun)
            throw failed;
        await answer.FailAsync(ApiFailures.Explain(failed));
    }

    [LoggerMessage(LogLevel.Warning, "{Provider} {Model} did not answer: {Code}")]
    private partial void LogFailed(Exception? exception, string provider, string model, string code);
}
