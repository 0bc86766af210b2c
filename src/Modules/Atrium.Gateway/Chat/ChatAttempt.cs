using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Resilience;
using Microsoft.Extensions.AI;
using Polly.CircuitBreaker;

namespace Atrium.Gateway.Chat;

/// <summary>
/// One call to one provider, pulled update by update. It may be sent again before its first update. A failure of the provider ends it and is kept;
/// whoever lets go of it before its end is billed an estimate.
/// </summary>
internal sealed class ChatAttempt(
    ChatRoute route, CallGuards guards, Meter meter, int mostTokens, Func<CancellationToken, Task<IAsyncEnumerable<ChatResponseUpdate>?>> open, CancellationToken cancellation) : IAsyncDisposable
{
    // No text has as many letters in a token; a provider that goes on beyond does not count, or does not care.
    private const long LettersPerToken = 16;

    private IAsyncEnumerator<ChatResponseUpdate>? updates;
    private bool isSent;
    private bool isOver;

    public ChatResponseUpdate Current { get; private set; } = new();

    /// <summary>Set when the provider broke off.</summary>
    public ChatFailure? Failure { get; private set; }

    public Exception? Cause { get; private set; }

    /// <summary>The asker let go while the provider was at work.</summary>
    public bool IsCancelled { get; private set; }

    /// <returns>False at the end, good or bad.</returns>
    public async ValueTask<bool> MoveNextAsync()
    {
        if (route.Failure is not null)
            return End(route.Failure);
        if (meter.Letters > mostTokens * LettersPerToken)
        {
            meter.CutShort();
            return End(null);
        }
        try
        {
            var isThere = updates is null ? await guards.For(route.Source!.Identity).RunAsync(StartAsync, cancellation) : await updates.MoveNextAsync();
            if (updates is null)
                return End(Failures.KeyUnreadable(route.ProviderName));
            for (; isThere; isThere = await updates.MoveNextAsync())
            {
                Current = updates.Current;
                if (meter.Take(Current))
                    return true;
            }
            return End(null);
        }
        catch (OperationCanceledException) when (isSent && cancellation.IsCancellationRequested)
        {
            IsCancelled = true;
            return End(null);
        }
        catch (ProviderException exception)
        {
            Cause = exception;
            meter.Take(exception.Usage);
            return End(Failures.From(exception, route.ProviderName, route.Key?.Name, route.Source!.HasOwnAddress));
        }
        catch (BrokenCircuitException exception)
        {
            Cause = exception;
            return End(Failures.Paused(route.ProviderName, exception.RetryAfter));
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (updates is not null)
                await updates.DisposeAsync();
        }
        finally
        {
            // The provider was at work when the asker left: it charges for the question at least.
            if (isSent && !isOver)
                await meter.BillAsync(CallStatus.Cancelled);
        }
    }

    private async ValueTask<bool> StartAsync(CancellationToken token)
    {
        if (updates is not null)
            await updates.DisposeAsync();
        updates = (await open(token))?.GetAsyncEnumerator(token);
        if (updates is null)
            return false;
        isSent = true;
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (ProviderException)
        {
            isSent = false;
            throw;
        }
    }

    private bool End(ChatFailure? failure)
    {
        isOver = true;
        Failure = failure;
        return false;
    }
}
