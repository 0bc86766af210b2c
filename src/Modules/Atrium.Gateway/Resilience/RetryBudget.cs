namespace Atrium.Gateway.Resilience;

/// <summary>
/// How many retries the calls of one key may make together: ten at once, and one more every ten seconds. Without it a provider that is down
/// gets every question three times.
/// </summary>
internal sealed class RetryBudget(TimeProvider clock)
{
    public const int Most = 10;
    public static readonly TimeSpan Refill = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private double tokens = Most;
    private long since = clock.GetTimestamp();

    public bool TryTake()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            tokens = Math.Min(Most, tokens + (clock.GetElapsedTime(since, now) / Refill));
            since = now;
            if (tokens < 1)
                return false;
            tokens--;
            return true;
        }
    }
}
