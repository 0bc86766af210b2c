using System.Collections.Concurrent;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Chat;

namespace Atrium.Gateway.Limits;

/// <summary>How many calls and tokens each API key has used in the present minute, and how many of its calls run now, on this server.</summary>
internal sealed class CallLimits(TimeProvider clock)
{
    private const int SweepAbove = 1_000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Counter> counters = new();

    /// <returns>The call's place, or why it has none.</returns>
    public (CallTurn? Turn, ChatFailure? Refusal) Enter(ApiKey key)
    {
        if (key is { RequestsPerMinute: null, TokensPerMinute: null, ConcurrentCalls: null })
            return (null, null);
        if (counters.Count > SweepAbove)
            Sweep();
        var counter = counters.GetOrAdd(key.Id, static (_, clock) => new Counter(clock), clock);
        return counter.TryEnter(key) is { } refusal ? (null, refusal) : (new CallTurn(counter.Leave), null);
    }

    private void Sweep()
    {
        foreach (var (id, counter) in counters)
        {
            if (counter.IsQuiet)
                counters.TryRemove(KeyValuePair.Create(id, counter));
        }
    }

    private sealed class Counter(TimeProvider clock)
    {
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

        public ChatFailure? TryEnter(ApiKey key)
        {
            lock (gate)
            {
                if (clock.GetElapsedTime(since) >= Minute)
                    (since, requests, tokens) = (clock.GetTimestamp(), 0, 0);
                if (running >= key.ConcurrentCalls)
                    return Failures.LimitReached("calls at the same time");
                if (requests >= key.RequestsPerMinute)
                    return Failures.LimitReached("calls in a minute");
                if (tokens >= key.TokensPerMinute)
                    return Failures.LimitReached("tokens in a minute");
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
}

/// <summary>One call's place among those of its key, until it is disposed.</summary>
internal sealed class CallTurn(Action<long> leave) : IDisposable
{
    private bool isOver;

    public long Tokens { get; set; }

    public void Dispose()
    {
        if (isOver)
            return;
        isOver = true;
        leave(Tokens);
    }
}
