using System.Collections.Concurrent;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Platform.Security;

/// <summary>
/// <see cref="SlidingWindows"/> that all servers of a house share, over PostgreSQL. A server takes a block of events from the key's row and lets
/// them happen within <see cref="Lease"/>; the row counts a block until its last possible event has left the window. So no window ever holds
/// more than the limit, whichever servers were asked. Limits up to <see cref="OneByOne"/> are taken event by event and are exact; of larger ones
/// a block doubles while it is used up, and what is left of it at the end of its lease is lost to the window.
/// </summary>
/// <remarks>The servers' clocks may differ by as much as a window may be inexact.</remarks>
internal sealed class SharedWindows([FromKeyedServices(Databases.StreamsName)] Database database, TimeProvider clock)
{
    public const int OneByOne = 60;

    /// <summary>A block of a large limit is at most this part of it.</summary>
    private const int Parts = 20;

    private const int MostKeys = 100_000;
    private const int SweepEvery = 4_096;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(int Group, string Key), Share> shares = new();
    private int countdown = SweepEvery;

    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public async Task<SlidingVerdict> TakeAsync(int group, string key, RateLimit rule, CancellationToken cancellation)
    {
        if (Interlocked.Decrement(ref countdown) <= 0)
            Sweep();
        var share = FindShare(group, key);
        await share.Gate.WaitAsync(cancellation);
        try
        {
            var now = clock.GetUtcNow();
            if (share.TryUse(now, rule) is { } verdict)
                return verdict;
            var wanted = rule.Requests <= OneByOne ? 1 : share.NextBlock(Math.Max(1, rule.Requests / Parts), now);
            var lease = wanted == 1 ? TimeSpan.Zero : Lease;
            var taken = await database.WriteAsync(unit => LimitRow.Take(unit, group, key, rule, wanted, lease, now), cancellation);
            return share.Receive(taken, now, lease, rule);
        }
        finally
        {
            share.Gate.Release();
        }
    }

    internal Task ForgetAsync(CancellationToken cancellation) =>
        database.ExecuteAsync("DELETE FROM platform_limits WHERE empty_at < @now", new { now = clock.GetUtcNow() }, cancellation);

    // What a server holds of a key only saves questions; the row counts. So a key without a place here is still counted exactly.
    private Share FindShare(int group, string key) =>
        shares.TryGetValue((group, key), out var known) ? known
        : shares.Count < MostKeys ? shares.GetOrAdd((group, key), _ => new Share())
        : new Share();

    private void Sweep()
    {
        Interlocked.Exchange(ref countdown, SweepEvery);
        var now = clock.GetUtcNow();
        foreach (var (key, share) in shares)
        {
            if (share.IsIdleAt(now))
                shares.TryRemove(key, out _);
        }
    }

    /// <summary>What this server knows and holds of one key.</summary>
    private sealed class Share
    {
        private int left;
        private int block;
        private int free;
        private DateTimeOffset leaseEnds;
        private DateTimeOffset refusedUntil;
        private DateTimeOffset idleFrom = DateTimeOffset.MaxValue;

        public SemaphoreSlim Gate { get; } = new(1);

        public bool IsIdleAt(DateTimeOffset now) => now >= idleFrom;

        /// <returns>Null when the row must be asked.</returns>
        public SlidingVerdict? TryUse(DateTimeOffset now, RateLimit rule)
        {
            if (now < refusedUntil)
                return new SlidingVerdict(false, rule.Requests, 0, refusedUntil - now);
            if (left == 0 || now >= leaseEnds)
                return null;
            left--;
            return new SlidingVerdict(true, rule.Requests, left + free, rule.Window);
        }

        /// <summary>Twice the last block when it was used up just now, else one event.</summary>
        public int NextBlock(int most, DateTimeOffset now) => block = left == 0 && block > 0 && now < leaseEnds + Lease ? Math.Min(block * 2, most) : 1;

        public SlidingVerdict Receive(LimitRow.Taken taken, DateTimeOffset now, TimeSpan lease, RateLimit rule)
        {
            idleFrom = now + rule.Window;
            free = taken.Free;
            if (taken.Granted == 0)
            {
                left = 0;
                refusedUntil = now + taken.Reset;
                return new SlidingVerdict(false, rule.Requests, 0, taken.Reset);
            }
            left = taken.Granted - 1;
            leaseEnds = now + lease;
            return new SlidingVerdict(true, rule.Requests, left + free, taken.Reset);
        }
    }
}
