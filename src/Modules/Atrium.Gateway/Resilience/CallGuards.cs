using System.Collections.Concurrent;
using Atrium.Ai;

namespace Atrium.Gateway.Resilience;

/// <summary>The guard of each key, made at its first call and forgotten an hour after its last.</summary>
internal sealed class CallGuards(ProviderTimeouts timeouts, TimeProvider clock)
{
    private const int SweepAbove = 1_000;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Entry> guards = new(StringComparer.Ordinal);

    /// <param name="identity">Identity of a <see cref="Models.ModelSource"/>: a changed key starts anew.</param>
    public CallGuard For(string identity)
    {
        if (guards.Count > SweepAbove)
            Sweep();
        var entry = guards.GetOrAdd(identity, static (_, guards) => new Entry(new CallGuard(guards.timeouts, guards.clock)), (timeouts, clock));
        entry.UsedAt = clock.GetTimestamp();
        return entry.Guard;
    }

    /// <summary>True when the calls of a key are paused because its provider is down.</summary>
    public bool IsPaused(string identity) => guards.TryGetValue(identity, out var entry) && entry.Guard.IsPaused;

    private void Sweep()
    {
        foreach (var (identity, entry) in guards)
        {
            if (clock.GetElapsedTime(entry.UsedAt) >= Kept)
                guards.TryRemove(identity, out _);
        }
    }

    private sealed class Entry(CallGuard guard)
    {
        private long usedAt;

        public CallGuard Guard { get; } = guard;

        public long UsedAt
        {
            get => Interlocked.Read(ref usedAt);
            set => Interlocked.Exchange(ref usedAt, value);
        }
    }
}
