using System.Runtime.CompilerServices;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Budgets;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Limits;
using Atrium.Gateway.Prices;
using Atrium.Gateway.Providers;
using Atrium.Gateway.Resilience;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Chat;

/// <summary>
/// The one way to a model. The chain is: the provider that was found for the call, the person's own list, Offline Lite, an honest error. It moves on
/// only before the first word and only while nothing was spent.
/// </summary>
internal sealed partial class ChatGateway(
    ChatRouter router,
    ChatClientFactory clients,
    CallGuards guards,
    GuardedHttp http,
    OfflineAnswers offline,
    PriceTable prices,
    LedgerBook ledger,
    KeyFailures failures,
    BudgetKeeper budgets,
    CallLimits limits,
    HouseSettings house,
    TimeProvider clock,
    ILogger<ChatGateway> logger) : IChatGateway
{
    public IAsyncEnumerable<ChatEvent> StreamAsync(ChatCall call, CancellationToken cancellation) => StreamAsync(call, null, cancellation);

    /// <param name="program">Whose key the call came with; null for what a person does in the web app.</param>
    public async IAsyncEnumerable<ChatEvent> StreamAsync(ChatCall call, ApiCaller? program, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (LengthOfQuestion(call) > house.MaximumPrompt)
            throw new ChatFailedException(Failures.PromptTooLong(house.MaximumPrompt), null);
        using var turn = Enter(call, program);
        ChatFailure? failure = null;
        await foreach (var found in FindRoutesAsync(call, cancellation))
        {
            var options = OptionsOf(call, found);
            var (route, hold) = await HoldAsync(call, Allowed(found, program), program, options.MaxOutputTokens!.Value, cancellation);
            using var held = hold;
            yield return new ChatRouted(route.ProviderId, route.ProviderName, route.Model, failure);
            var meter = MeterOf(call, route, program, hold, turn);
            await using var attempt = new ChatAttempt(route, guards, meter, options.MaxOutputTokens.Value, token => OpenAsync(call, route, options, token), cancellation);
            while (await attempt.MoveNextAsync())
                yield return new ChatUpdated(attempt.Current);
            if (attempt.IsCancelled)
            {
                // The provider charges for the question at least.
                yield return await meter.BillAsync(CallStatus.Cancelled);
                cancellation.ThrowIfCancellationRequested();
            }
            if (attempt.Failure is null)
            {
                yield return await meter.BillAsync(CallStatus.Complete);
                yield break;
            }
            var problem = Failures.Explain(attempt.Failure, route, prices.SuccessorOf(route.ProviderId, route.Model, clock.GetUtcNow()));
            LogFailed(attempt.Cause, route.ProviderId, route.Model, problem.Code);
            // What never reached the provider says nothing of the key.
            if (route.Failure is null)
                await failures.NoteAsync(route.Key?.Id, problem.Code);
            if (meter.HasUsed)
                throw new ChatFailedException(problem, await meter.BillAsync(CallStatus.Failed), attempt.Cause);
            failure ??= problem;
            if (!call.AllowsFallback)
                throw new ChatFailedException(failure, null, attempt.Cause);
        }
        await foreach (var happening in AnswerOfflineAsync(call, program, failure, cancellation))
            yield return happening;
    }

    public async Task<int?> FindContextLimitAsync(ChatCall call, CancellationToken cancellation)
    {
        var route = await router.FindAsync(call, cancellation);
        if (route.IsOffline || route.Failure is not null)
            return null;
        return prices.Find(route.ProviderId, route.Model, clock.GetUtcNow())?.Context
            ?? (await router.DescribeAsync(route, cancellation))?.ContextTokens;
    }

    /// <summary>The provider found for the call, then the person's list. Offline Lite is no route: it comes when they are at an end.</summary>
    private async IAsyncEnumerable<ChatRoute> FindRoutesAsync(ChatCall call, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var chosen = await router.FindAsync(call, cancellation);
        if (chosen.IsOffline)
            yield break;
        yield return chosen;
        if (chosen.IsBrowser)
            yield break;
        await foreach (var route in router.FindFallbacksAsync(call, chosen, cancellation))
            yield return route;
    }

    private async IAsyncEnumerable<ChatEvent> AnswerOfflineAsync(ChatCall call, ApiCaller? program, ChatFailure? failure, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Allowed(ChatRoute.Offline, program).Failure is { } refused)
            throw new ChatFailedException(refused, null);
        yield return new ChatRouted(OfflineProvider.Id, OfflineProvider.Name, OfflineProvider.Model, failure);
        var meter = MeterOf(call, ChatRoute.Offline, program, null, null);
        await using var updates = offline.StreamAsync(call, cancellation).GetAsyncEnumerator(cancellation);
        while (await NextAsync(updates, failure))
        {
            if (meter.Take(updates.Current))
                yield return new ChatUpdated(updates.Current);
        }
        yield return await meter.BillAsync(CallStatus.Complete);
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, ChatFailure? first)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, OfflineProvider.Id, OfflineProvider.Model, "offline-failed");
            throw new ChatFailedException(Failures.OfflineFailed(first), null, exception);
        }
    }

    private async Task<IAsyncEnumerable<ChatResponseUpdate>?> OpenAsync(ChatCall call, ChatRoute route, ChatOptions options, CancellationToken cancellation) =>
        await route.Source!.Open(cancellation) is { } connection
            ? clients.Create(route.Provider!, connection, http.Invoker).GetStreamingResponseAsync(call.Messages, options, cancellation)
            : null;

    private ChatOptions OptionsOf(ChatCall call, ChatRoute route)
    {
        var options = call.Options?.Clone() ?? new ChatOptions();
        var most = Math.Min(house.MaximumOutputTokens, prices.Find(route.ProviderId, route.Model, clock.GetUtcNow())?.MaxOutput ?? int.MaxValue);
        options.ModelId = route.Model;
        options.MaxOutputTokens = Math.Min(options.MaxOutputTokens ?? most, most);
        return options;
    }

    private Meter MeterOf(ChatCall call, ChatRoute route, ApiCaller? program, BudgetHold? hold, CallTurn? turn) =>
        new(call, new CallBill(new BilledCall(call.PersonId, call.Module, call.Feature, program?.Key.Id, call.ThingId), route, hold, turn, prices, ledger, clock));

    private CallTurn? Enter(ChatCall call, ApiCaller? program)
    {
        var (turn, refusal) = limits.Enter(call.PersonId, program?.Key);
        return refusal is null ? turn : throw new ChatFailedException(refusal, null);
    }

    /// <summary>A route that no budget allows fails like any other, so that the person's list is tried: the next one may be cheaper, or free.</summary>
    private async Task<(ChatRoute Route, BudgetHold? Hold)> HoldAsync(ChatCall call, ChatRoute route, ApiCaller? program, int mostOutput, CancellationToken cancellation)
    {
        if (route.Failure is not null)
            return (route, null);
        var estimate = CallEstimate.Of(call, route, mostOutput, prices.Find(route.ProviderId, route.Model, clock.GetUtcNow()));
        var (hold, refusal) = await budgets.HoldAsync(BudgetedCall.Of(call, route, program?.Key.Id), estimate, cancellation);
        return refusal is null ? (route, hold) : (route with { Failure = refusal }, null);
    }

    private static ChatRoute Allowed(ChatRoute route, ApiCaller? program) =>
        program is null || route.Failure is not null || program.Scope.AllowsModel(route.ProviderId, route.Model) ? route : route with { Failure = Failures.ModelNotAllowed };

    /// <summary>The newest words of the person; what was said before has been measured then.</summary>
    private static int LengthOfQuestion(ChatCall call) =>
        call.Messages.LastOrDefault(message => message.Role == ChatRole.User)?.Contents.OfType<TextContent>().Sum(text => text.Text.Length) ?? 0;

    [LoggerMessage(LogLevel.Warning, "{Provider} {Model} did not answer: {Code}")]
    private partial void LogFailed(Exception? exception, string provider, string model, string code);
}
