namespace Atrium.Gateway.Limits;

/// <summary>How much may be used in a minute, and how many calls may run at the same time; null: no limit.</summary>
internal sealed record CallCaps(long? Requests, long? Tokens, long? Concurrent)
{
    public static readonly CallCaps None = new(null, null, null);
}

/// <summary>What one person, or one key, uses in the present minute.</summary>
internal sealed class CallCounter(TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long since = clock.GetTimestamp();
    private long requests;
    private long tokens;
    private long running;

    public bool IsQuiet
    {
        get
        {
            lock (gate)
                return running == 0 && clock.GetElapsedTime(since) >= Minute;
        }
    }

    /// <returns>Of what there is no more; null when there was room.</returns>
    public string? TryEnter(CallCaps caps)
    {
        lock (gate)
        {
            if (clock.GetElapsedTime(since) >= Minute)
                (since, requests, tokens) = (clock.GetTimestamp(), 0, 0);
            if (running >= caps.Concurrent)
                return "calls at the same time";
            if (requests >= caps.Requests)
                return "calls in a minute";
            if (tokens >= caps.Tokens)
                return "tokens in a minute";
            requests++;
            running++;
            return null;
        }
    }

    public void Leave(long used)
    {
        lock (gate)
        {
            running--;
            tokens += used;
        }
    }
}
