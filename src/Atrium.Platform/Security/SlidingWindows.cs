using System.Collections.Concurrent;
using Atrium.Platform.Configuration;

namespace Atrium.Platform.Security;

/// <summary>What a take from a window says.</summary>
/// <param name="Reset">Until the oldest counted event leaves the window, and so until a refused one may be tried again.</param>
public readonly record struct SlidingVerdict(bool IsAllowed, int Limit, int Remaining, TimeSpan Reset);

/// <summary>
/// Counts events per key over windows that slide: within any window there are never more than the limit, and each event counts for exactly the
/// window's length. Beyond 1,024 events a window counts them in as many groups, each by its youngest. Keys without events are swept; when there are
/// too many keys at once, further ones share <see cref="SharedKeys"/> places, so memory is bounded whoever asks.
/// </summary>
/// <param name="mostKeys">How many keys have a place of their own.</param>
public sealed class SlidingWindows(TimeProvider clock, int mostKeys)
{
    public const int SharedKeys = 1_024;

    private const int SweepEvery = 4_096;

    private readonly ConcurrentDictionary<(int Group, string Key), Window> windows = new();
    private int countdown = SweepEvery;
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <param name="group">Keys of different groups count apart. All takes of a key have the same rule.</param>
    public SlidingVerdict Take(int group, string key, RateLimit rule)
    {
        var now = clock.GetTimestamp();
        if (Interlocked.Decrement(ref countdown) <= 0)
            Sweep();
        while (true)
        {
            var window = Find(group, key, rule);
            lock (window)
            {
                if (!window.IsDropped)
                    return window.Take(now, clock);
            }
        }
    }

    /// <summary>Takes the youngest event of a key back: it did not count after all.</summary>
    public void GiveBack(int group, string key)
    {
        if (!windows.TryGetValue((group, key), out var window) && !windows.TryGetValue(SharedKey(group, key), out window))
            return;
        lock (window)
            window.RemoveYoungest();
    }

    private Window Find(int group, string key, RateLimit rule)
    {
        if (windows.TryGetValue((group, key), out var known))
            return known;
        // A key that had to share goes on sharing while the shared window lives; in a window of its own it would start at nothing.
        var shared = SharedKey(group, key);
        var place = Count < mostKeys && !windows.ContainsKey(shared) ? (group, key) : shared;
        if (windows.TryGetValue(place, out known))
            return known;
        var made = new Window(rule);
        if (!windows.TryAdd(place, made))
            return Find(group, key, rule);
        Interlocked.Increment(ref count);
        return made;
    }

    private static (int Group, string Key) SharedKey(int group, string key) => (group, $"shared {(uint)key.GetHashCode(StringComparison.Ordinal) % SharedKeys}");

    private void Sweep()
    {
        Interlocked.Exchange(ref countdown, SweepEvery);
        var now = clock.GetTimestamp();
        foreach (var (key, window) in windows)
        {
            lock (window)
            {
                if (window.IsDropped || !window.IsEmptyAt(now, clock))
                    continue;
                window.IsDropped = true;
                windows.TryRemove(key, out _);
                Interlocked.Decrement(ref count);
            }
        }
    }

    /// <summary>A ring of moments, oldest first, each with how many events it stands for.</summary>
    private sealed class Window(RateLimit rule)
    {
        private const int MostMoments = 1_024;

        private readonly int perMoment = (rule.Requests + MostMoments - 1) / MostMoments;
        private (long At, int Events)[] ring = new (long, int)[2];
        private int oldest;
        private int moments;
        private int used;

        public bool IsDropped { get; set; }

        public SlidingVerdict Take(long now, TimeProvider clock)
        {
            Forget(now, clock);
            if (used >= rule.Requests)
                return new SlidingVerdict(false, rule.Requests, 0, Reset(now, clock));
            Add(now);
            return new SlidingVerdict(true, rule.Requests, rule.Requests - used, Reset(now, clock));
        }

        public bool IsEmptyAt(long now, TimeProvider clock)
        {
            Forget(now, clock);
            return moments == 0;
        }

        public void RemoveYoungest()
        {
            if (moments == 0)
                return;
            used--;
            ref var youngest = ref ring[Place(moments - 1)];
            if (--youngest.Events == 0)
                moments--;
        }

        private void Forget(long now, TimeProvider clock)
        {
            while (moments > 0 && clock.GetElapsedTime(ring[oldest].At, now) >= rule.Window)
            {
                used -= ring[oldest].Events;
                oldest = Place(1);
                moments--;
            }
        }

        private void Add(long now)
        {
            used++;
            if (moments > 0 && ring[Place(moments - 1)].Events < perMoment)
            {
                ref var youngest = ref ring[Place(moments - 1)];
                youngest = (now, youngest.Events + 1);
                return;
            }
            if (moments == ring.Length)
                Grow();
            ring[Place(moments++)] = (now, 1);
        }

        private void Grow()
        {
            var larger = new (long, int)[ring.Length * 2];
            for (var index = 0; index < moments; index++)
                larger[index] = ring[Place(index)];
            (ring, oldest) = (larger, 0);
        }

        private TimeSpan Reset(long now, TimeProvider clock) => rule.Window - clock.GetElapsedTime(ring[oldest].At, now);

        private int Place(int index) => (oldest + index) % ring.Length;
    }
}
