using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Ledger;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Chat;

/// <summary>
/// One call to one provider, pulled update by update. A failure of the provider ends it and is kept; whoever lets go of it before its end is billed an estimate.
/// </summary>
internal sealed class ChatAttempt(ChatRoute route, Meter meter, Func<CancellationToken, Task<IAsyncEnumerable<ChatResponseUpdate>?>> open, CancellationToken cancellation) : IAsyncDisposable
{
    private IAsyncEnumerator<ChatResponseUpdate>? updates;
    private bool isSent;
    private bool isOver;

    public ChatResponseUpdate Current { get; private set; } = new();

    /// <summary>Set when the provider broke off.</summary>
    public ChatFailure? Failure { get; private set; }

    public ProviderException? Cause { get; private set; }

    /// <summary>The asker let go while the provider was at work.</summary>
    public bool IsCancelled { get; private set; }

    /// <returns>False at the end, good or bad.</returns>
    public async ValueTask<bool> MoveNextAsync()
    {
        try
        {
            updates ??= (await open(cancellation))?.GetAsyncEnumerator(cancellation);
            if (updates is null)
                return End(Failures.KeyUnreadable(route.ProviderName));
            isSent = true;
            while (await updates.MoveNextAsync())
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

    private bool End(ChatFailure? failure)
    {
        isOver = true;
        Failure = failure;
        return false;
    }
}
