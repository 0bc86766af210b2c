using System.Net;
using Atrium.Ai;
using Atrium.Platform.Http;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Atrium.Gateway.Resilience;

/// <summary>
/// What all calls with one key share: retries before the first byte within a budget, and a breaker that spares a provider which is down.
/// A breaker opens when at least half of five or more calls within two minutes found it down; after half a minute (longer each time) one call
/// tries again.
/// </summary>
internal sealed class CallGuard
{
    private static readonly TimeSpan ShortestBreak = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(5);

    private readonly RetryBudget budget;
    private readonly ProviderTimeouts timeouts;
    private readonly CircuitBreakerStateProvider breaker = new();
    private readonly ResiliencePipeline pipeline;

    public CallGuard(ProviderTimeouts timeouts, TimeProvider clock)
    {
        this.timeouts = timeouts;
        budget = new RetryBudget(clock);
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (timeouts.Retries > 0)
            builder.AddRetry(Retries());
        pipeline = builder.AddCircuitBreaker(Breaker()).Build();
    }

    /// <summary>True while calls are not let through.</summary>
    public bool IsPaused => breaker.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Runs a call up to its first update.</summary>
    /// <exception cref="BrokenCircuitException">The breaker is open; nothing was sent.</exception>
    /// <exception cref="ProviderException">The last attempt failed.</exception>
    public ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellation) =>
        pipeline.ExecuteAsync(static (state, token) => state(token), call, cancellation);

    private RetryStrategyOptions Retries() => new()
    {
        MaxRetryAttempts = timeouts.Retries,
        ShouldHandle = arguments => ValueTask.FromResult(
            arguments.AttemptNumber < timeouts.Retries
            && arguments.Outcome.Exception is ProviderException failure
            && IsFree(failure)
            && (failure.RetryAfter ?? TimeSpan.Zero) <= timeouts.LongestRetryWait
            && budget.TryTake()),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>((arguments.Outcome.Exception as ProviderException)?.RetryAfter),
        Delay = TimeSpan.FromMilliseconds(500),
        MaxDelay = TimeSpan.FromSeconds(8),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
    };

    private CircuitBreakerStrategyOptions Breaker() => new()
    {
        ShouldHandle = arguments => ValueTask.FromResult(
            arguments.Outcome.Exception is ProviderException { Kind: ProviderErrorKind.Unavailable or ProviderErrorKind.Unreachable or ProviderErrorKind.TimedOut }),
        FailureRatio = 0.5,
        MinimumThroughput = 5,
        SamplingDuration = TimeSpan.FromMinutes(2),
        BreakDurationGenerator = arguments => ValueTask.FromResult(
            TimeSpan.FromTicks(Math.Min(LongestBreak.Ticks, ShortestBreak.Ticks << Math.Min(arguments.HalfOpenAttempts, 8)))),
        StateProvider = breaker,
    };

    /// <summary>
    /// Only what certainly cost nothing is tried again: the provider said that it did not take the call, or was never reached. After a time-out or a
    /// connection that ended it may be at work, and charge.
    /// </summary>
    private static bool IsFree(ProviderException failure) => failure.IsRetryable && failure switch
    {
        { Kind: ProviderErrorKind.RateLimited or ProviderErrorKind.Unavailable, Status: not null and not HttpStatusCode.GatewayTimeout } => true,
        { Kind: ProviderErrorKind.Unreachable, InnerException: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: not AddressRefusedException } } => true,
        _ => false,
    };
}
