using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Atrium.Platform.Data;

/// <summary>
/// Keeps what was read from some tables for a moment, for paths that ask the same thousands of times a second. A write of this process to one of
/// the tables is seen at once, one of another process after <see cref="Longest"/>.
/// </summary>
/// <typeparam name="TKey">What is asked for.</typeparam>
/// <typeparam name="TValue">What was found. It must not change afterwards.</typeparam>
public sealed class RowCache<TKey, TValue> where TKey : notnull
{
    /// <summary>How long another process's write may go unseen.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private const int Most = 10_000;

    private readonly TimeProvider clock;
    private readonly TableChanges.Counter[] counters;
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();
    private readonly ITimer sweeper;
    private int isSweeping;

    /// <param name="tables">All tables the values come from.</param>
    public RowCache(Database database, TimeProvider clock, params ReadOnlySpan<string> tables)
    {
        this.clock = clock;
        sweeper = clock.CreateTimer(static cache => ((RowCache<TKey, TValue>)cache!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        counters = new TableChanges.Counter[tables.Length];
        for (var index = 0; index < tables.Length; index++)
            counters[index] = database.Changes.CounterOf(tables[index]);
    }

    /// <summary>Which values are worth keeping; null: all.</summary>
    public Func<TValue, bool>? Keeps { get; init; }

    /// <summary>What is known, else what <paramref name="read"/> finds. Several may read at once.</summary>
    public async ValueTask<TValue> GetAsync<TState>(TKey key, TState state, Func<TKey, TState, CancellationToken, Task<TValue>> read, CancellationToken cancellation)
    {
        // Before the read: a write that comes during it makes the entry old at once.
        var version = Version;
        if (TryGet(key, version, out var known))
            return known;
        var at = clock.GetTimestamp();
        var value = await read(key, state, cancellation);
        if (Keeps?.Invoke(value) is not false)
            Keep(key, new Entry(value, version, at));
        return value;
    }

    private void Keep(TKey key, Entry entry)
    {
        if (entries.Count >= Most)
            entries.Clear();
        entries[key] = entry;
        if (Interlocked.Exchange(ref isSweeping, 1) == 0)
            SweepLater();
    }

    private void SweepLater() => sweeper.Change(2 * Longest, Timeout.InfiniteTimeSpan);

    /// <summary>Nothing stays in memory that nobody asks for.</summary>
    private void Sweep()
    {
        var version = Version;
        foreach (var (key, entry) in entries)
        {
            if (!IsFresh(entry, version))
                entries.TryRemove(KeyValuePair.Create(key, entry));
        }
        Volatile.Write(ref isSweeping, 0);
        if (!entries.IsEmpty && Interlocked.Exchange(ref isSweeping, 1) == 0)
            SweepLater();
    }

    private long Version
    {
        get
        {
            var sum = 0L;
            foreach (var counter in counters)
                sum += counter.Count;
            return sum;
        }
    }

    private bool TryGet(TKey key, long version, [MaybeNullWhen(false)] out TValue value)
    {
        if (entries.TryGetValue(key, out var entry) && IsFresh(entry, version))
        {
            value = entry.Value;
            return true;
        }
        value = default;
        return false;
    }

    private bool IsFresh(Entry entry, long version) => entry.Version == version && clock.GetElapsedTime(entry.At) < Longest;

    private sealed record Entry(TValue Value, long Version, long At);
}
