using Atrium.Laughter.Events;

namespace Atrium.Laughter;

/// <summary>
/// One recording on its way through a detector: 16 kHz mono samples go in, cut anywhere, and events come out as soon
/// as they are final. Memory does not grow with the recording. Not thread-safe.
/// </summary>
public sealed class LaughterStream
{
    private readonly IScorer _scorer;
    private readonly EventFinder _finder;
    private readonly List<ScoreFrame> _frames = [];
    private long _samples;

    internal LaughterStream(IScorer scorer, EventFinder finder)
    {
        _scorer = scorer;
        _finder = finder;
    }

    /// <summary>Seconds that went in so far.</summary>
    public double Seconds => _samples / (double)Features.LogMelFrontEnd.SampleRate;

    /// <summary>Sees every score frame before it is decided on.</summary>
    internal Action<ScoreFrame>? Observe { get; set; }

    /// <summary>Takes samples (-1..1) and returns the events that are final now.</summary>
    public IReadOnlyList<LaughEvent> Push(ReadOnlySpan<float> samples)
    {
        _samples += samples.Length;
        _scorer.Push(samples, _frames);
        return Decide();
    }

    /// <summary>Takes the end of the recording and returns the last events.</summary>
    public IReadOnlyList<LaughEvent> Complete()
    {
        _scorer.Complete(_frames);
        Decide(complete: true);
        return _finder.Take();
    }

    private IReadOnlyList<LaughEvent> Decide(bool complete = false)
    {
        foreach (var frame in _frames)
        {
            Observe?.Invoke(frame);
            _finder.Push(frame);
        }

        _frames.Clear();
        if (!complete)
            return _finder.Take();
        _finder.Complete();
        return [];
    }
}
