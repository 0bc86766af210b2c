namespace Atrium.Ai.Tests;

/// <summary>A clock that stands still until it is advanced; timers fire while it is.</summary>
internal sealed class ManualClock(DateTimeOffset? now = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Set)> _waiters = [];
    private DateTimeOffset _now = now ?? new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A clock that stands at the time it is: what is signed by it is not out of date.</summary>
    public static ManualClock AtPresent() => new(System.GetUtcNow());

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that nobody has disposed of and that are still to fire.</summary>
    public int Timers
    {
        get
        {
            lock (_lock)
                return _timers.Count;
        }
    }

    /// <summary>Advances when a timer fires within this time; a longer wait is left running.</summary>
    public void AdvanceToTimerWithin(TimeSpan span)
    {
        bool isDue;
        lock (_lock)
            isDue = _timers.Exists(timer => timer.DueAt <= _now + span);
        if (isDue)
            Advance(span);
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when somebody waits for exactly this long.</summary>
    public Task WhenWaitedForAsync(TimeSpan due)
    {
        lock (_lock)
        {
            if (_timers.Exists(timer => timer.SetFor == due))
                return Task.CompletedTask;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((due, waiter));
            return waiter.Task;
        }
    }

    public void Advance(TimeSpan span)
    {
        List<Timer> due;
        lock (_lock)
        {
            _now += span;
            due = _timers.FindAll(timer => timer.DueAt <= _now);
            _timers.RemoveAll(due.Contains);
        }
        foreach (var timer in due)
            timer.Fire();
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; private set; }

        public TimeSpan SetFor { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                SetFor = dueTime;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                DueAt = clock._now + dueTime;
                clock._timers.Add(this);
                foreach (var (_, set) in clock._waiters.FindAll(waiter => waiter.Due == dueTime))
                    set.TrySetResult();
                clock._waiters.RemoveAll(waiter => waiter.Due == dueTime);
            }
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._lock)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
