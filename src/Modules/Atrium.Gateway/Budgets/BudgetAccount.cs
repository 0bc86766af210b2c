namespace Atrium.Gateway.Budgets;

/// <summary>Which budget, for whom, since when.</summary>
internal readonly record struct BudgetAccountKey(Guid BudgetId, string Person, DateTimeOffset Start);

/// <summary>What this server may still spend of one budget in one period: a part that is leased to it, of which calls under way hold a part.</summary>
/// <param name="amount">Of the whole budget.</param>
internal sealed class BudgetAccount(BudgetAccountKey key, DateTimeOffset end, long amount)
{
    private const int LeastCallsAhead = 7;
    private const int MostCallsAhead = 1 << 20;
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private int callsAhead = LeastCallsAhead;
    private DateTimeOffset askedAt;
    private long leased;
    private long held;
    private DateTimeOffset usedAt;

    public BudgetAccountKey Key => key;

    /// <summary>The end of its period.</summary>
    public DateTimeOffset End => end;

    /// <summary>Of the whole budget, when the leased part was taken from it.</summary>
    public long Amount { get; set; } = amount;

    /// <summary>One asks the database for more at a time; the others find what it got.</summary>
    public SemaphoreSlim Asking { get; } = new(1);

    /// <summary>Ends when every call that has ended by now is settled, and its hold let go of.</summary>
    public Task Settling { get; set; } = Task.CompletedTask;

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

    /// <summary>What to ask for beyond one call: the busier the account, the more.</summary>
    /// <param name="amount">What one call needs.</param>
    /// <param name="most">The most that may be asked for.</param>
    public long Ahead(long amount, long most, DateTimeOffset now)
    {
        lock (gate)
        {
            callsAhead = now - askedAt < Busy ? Math.Min(callsAhead * 2, MostCallsAhead) : LeastCallsAhead;
            askedAt = now;
            return amount > most / callsAhead ? most : amount * callsAhead;
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
