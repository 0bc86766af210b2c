using Atrium.Laughter.Events;

namespace Atrium.Laughter.Evaluation;

/// <summary>One labelled recording and what a detector makes of it.</summary>
/// <param name="Name">Name of the recording.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Truth">Its labels.</param>
/// <param name="Frames">The detector's scores, from start to end.</param>
public sealed record RecordingScores(string Name, double Seconds, IReadOnlyList<Stretch> Truth, IReadOnlyList<ScoreFrame> Frames)
{
    /// <summary>The events that some rules find.</summary>
    public IReadOnlyList<Stretch> Find(EventRules rules)
    {
        var finder = new EventFinder(rules);
        foreach (var frame in Frames)
            finder.Push(frame);
        finder.Complete();
        return [.. finder.Take().Select(found => new Stretch(found.Start, found.End))];
    }
}
