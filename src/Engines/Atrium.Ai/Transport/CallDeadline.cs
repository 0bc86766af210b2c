namespace Atrium.Ai;

/// <summary>The time one call may take, as a token: cancelled by the caller, by a wait that is too long, or by the total.</summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly TimeSpan _total;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenRegistration _registration;

    public CallDeadline(TimeProvider clock, TimeSpan total, CancellationToken caller)
    {
        _clock = clock;
        _started = clock.GetTimestamp();
        _total = total;
        _caller = caller;
        _timer = new CancellationTokenSource(total, clock);
        _registration = caller.UnsafeRegister(static timer => ((CancellationTokenSource)timer!).Cancel(), _timer);
    }

    public CancellationToken Token => _timer.Token;

    public TimeSpan Left => _total - _clock.GetElapsedTime(_started);

    /// <summary>The next wait may take this long, if the total has as much left.</summary>
    public void Allow(TimeSpan wait)
    {
        var left = Left;
        _timer.CancelAfter(wait < left ? wait : left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    /// <summary>Nothing is waited for: only the total counts, however slow the reader is.</summary>
    public void Rest() => Allow(_total);

    /// <summary>What to throw when <see cref="Token"/> ended a wait.</summary>
    public Exception Ended(Provider provider, Exception cause) =>
        _caller.IsCancellationRequested ? new OperationCanceledException(cause.Message, cause, _caller)
        : _timer.IsCancellationRequested ? new ProviderException(ProviderErrorKind.TimedOut, provider, $"{provider.Name} did not answer in time.", cause) { IsRetryable = true }
        : new ProviderException(ProviderErrorKind.Unreachable, provider, $"{provider.Name} could not be reached in time.", cause) { IsRetryable = true };

    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
    }
}
