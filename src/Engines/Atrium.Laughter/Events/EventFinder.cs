using Atrium.Laughter.Network;

namespace Atrium.Laughter.Events;

/// <summary>
/// Turns a stream of score frames into events: smoothing, two thresholds, merging, lengths, pads. What comes out
/// depends on the frames alone, not on when they came. Memory does not grow with the stream.
/// </summary>
public sealed class EventFinder
{
    private readonly EventRules _rules;
    private readonly bool _possible;
    private readonly Queue<ScoreFrame> _window = new();
    private readonly Queue<ScoreFrame> _waiting = new();
    private readonly List<LaughEvent> _found = [];
    private Span? _current;
    private Span? _pending;

    /// <summary>Starts a stream.</summary>
    /// <param name="rules">How scores become events.</param>
    /// <param name="possible">Marks what is found as possible only (no model was there).</param>
    public EventFinder(EventRules rules, bool possible = false)
    {
        ArgumentNullException.ThrowIfNull(rules);
        rules.Validate();
        _rules = rules;
        _possible = possible;
    }

    /// <summary>Takes the next frame.</summary>
    public void Push(ScoreFrame frame)
    {
        if (_rules.Smoothing <= 0)
        {
            Decide(frame);
            return;
        }

        _window.Enqueue(frame);
        _waiting.Enqueue(frame);
        while (_waiting.TryPeek(out var oldest) && Centre(frame) - Centre(oldest) >= _rules.Smoothing / 2)
            DecideSmoothed(_waiting.Dequeue());
    }

    /// <summary>Takes the end of the stream.</summary>
    public void Complete()
    {
        while (_waiting.TryDequeue(out var frame))
            DecideSmoothed(frame);
        CloseCurrent();
        ClosePending();
    }

    /// <summary>The events that are final since the last call, in order of time.</summary>
    public IReadOnlyList<LaughEvent> Take()
    {
        LaughEvent[] taken = [.. _found];
        _found.Clear();
        return taken;
    }

    private void DecideSmoothed(ScoreFrame frame)
    {
        // The tolerance is far below a hop and far above the rounding of times late in a day.
        var reach = (_rules.Smoothing / 2) + 1e-6;
        while (_window.TryPeek(out var oldest) && Centre(frame) - Centre(oldest) > reach)
            _window.Dequeue();
        double sum = 0;
        var count = 0;
        foreach (var neighbour in _window)
        {
            if (Centre(neighbour) - Centre(frame) > reach)
                break;
            sum += neighbour.Score;
            count++;
        }

        Decide(frame with { Score = (float)(sum / count) });
    }

    private void Decide(ScoreFrame frame)
    {
        if (!(frame.Score >= _rules.Stay) || frame.Score <= 0)
        {
            CloseCurrent();
            if (_pending is not null && frame.End - _pending.End > _rules.MergeGap)
                ClosePending();
            return;
        }

        if (_current is not null && frame.End - _current.Start > _rules.MaximumLength)
        {
            CloseCurrent();
            ClosePending();
        }

        _current ??= new Span { Start = frame.Start };
        _current.Include(frame);
    }

    private void CloseCurrent()
    {
        var closed = _current;
        _current = null;
        if (closed is null || closed.Score < _rules.Enter)
            return;
        if (_pending is not null && closed.Start - _pending.End <= _rules.MergeGap && closed.End - _pending.Start <= _rules.MaximumLength)
        {
            _pending.Include(closed);
            return;
        }

        ClosePending();
        _pending = closed;
    }

    private void ClosePending()
    {
        var closed = _pending;
        _pending = null;
        if (closed is null || closed.End - closed.Start < _rules.MinimumLength)
            return;
        _found.Add(new LaughEvent
        {
            Start = closed.Start,
            End = closed.End,
            Score = closed.Score,
            Label = ClassMap.LaughterName(closed.Class),
            IsPossible = _possible,
            IsBroadcast = closed.Broadcast >= _rules.Broadcast,
            ClipStart = Math.Max(0, closed.Start - _rules.PadBefore),
            ClipEnd = closed.End + _rules.PadAfter,
        });
    }

    private static double Centre(ScoreFrame frame) => (frame.Start + frame.End) / 2;

    private sealed class Span
    {
        public required double Start { get; init; }

        public double End { get; private set; }

        public float Score { get; private set; }

        public int Class { get; private set; } = ClassMap.FirstLaughter;

        public float Broadcast { get; private set; }

        public void Include(ScoreFrame frame) => Include(frame.End, frame.Score, frame.Class, frame.Broadcast);

        public void Include(Span other) => Include(other.End, other.Score, other.Class, other.Broadcast);

        private void Include(double end, float score, int label, float broadcast)
        {
            End = Math.Max(End, end);
            Broadcast = Math.Max(Broadcast, broadcast);
            if (score <= Score)
                return;
            Score = score;
            Class = label;
        }
    }
}
