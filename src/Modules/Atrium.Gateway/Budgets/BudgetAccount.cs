namespace Atrium.Gateway.Budgets;

/// <summary>Which budget, for whom, since when.</summary>
internal readonly record struct BudgetAccountKey(Guid BudgetId, string Person, DateTimeOffset Start);

/// <summary>What this server may still spend of one budget in one period: a part that is leased to it, of which calls under way hold a part.</summary>
internal sealed class BudgetAccount(BudgetAccountKey key, DateTimeOffset end)
{
    private readonly Lock gate = new();
    private long leased;
    private long held;
    private DateTimeOffset usedAt;

    public BudgetAccountKey Key => key;

    /// <summary>The end of its period.</summary>
    public DateTimeOffset End => end;

    /// <summary>One asks the database for more at a time; the others find what it got.</summary>
    public SemaphoreSlim Asking { get; } = new(1);

    public bool IsNearlySpent { get; set; }

    public bool TryHold(long amount, DateTimeOffset now)
    {
        lock (gate)
        {
            usedAt = now;
            if (leased - held < amount)
                return false;
            held += amount;
            return true;
        }
    }

    public (long Free, bool IsIdle) Look()
    {
        lock (gate)
            return (leased - held, held == 0);
    }

    public void Grow(long amount)
    {
        lock (gate)
            leased += amount;
    }

    /// <summary>Holds everything for one call that may need more than is left.</summary>
    /// <returns>What is held; null when another call has begun meanwhile.</returns>
    public long? HoldLast()
    {
        lock (gate)
        {
            if (held > 0)
                return null;
            held = leased;
            return held;
        }
    }

    /// <param name="used">The part of the hold that is gone for good.</param>
    public void Release(long hold, long used)
    {
        lock (gate)
        {
            held -= hold;
            leased -= used;
        }
    }

    /// <summary>Gives up what no call holds, if none has asked since a moment.</summary>
    public long TakeFree(DateTimeOffset unusedSince)
    {
        lock (gate)
        {
            if (usedAt > unusedSince)
                return 0;
            var free = leased - held;
            leased = held;
            return free;
        }
    }
}
