namespace Atrium.Laughter.Events;

/// <summary>Joins events of windows that overlap or touch, so that one laugh on a seam, or fetched twice, counts once.</summary>
public static class EventMerger
{
    /// <summary>Merges events whose stretches overlap or lie closer than a gap; the louder score gives the label.</summary>
    /// <param name="events">Events of one person and source on one time line, in any order.</param>
    /// <param name="gap">Seconds; closer events become one.</param>
    public static IReadOnlyList<LaughEvent> Merge(IEnumerable<LaughEvent> events, double gap = 1)
    {
        var merged = new List<LaughEvent>();
        foreach (var next in events.OrderBy(item => item.Start).ThenBy(item => item.End))
        {
            if (merged.Count > 0 && next.Start - merged[^1].End < gap)
                merged[^1] = Join(merged[^1], next);
            else
                merged.Add(next);
        }

        return merged;
    }

    private static LaughEvent Join(LaughEvent left, LaughEvent right)
    {
        var loudest = right.Score > left.Score ? right : left;
        return loudest with
        {
            Start = Math.Min(left.Start, right.Start),
            End = Math.Max(left.End, right.End),
            ClipStart = Math.Min(left.ClipStart, right.ClipStart),
            ClipEnd = Math.Max(left.ClipEnd, right.ClipEnd),
            IsPossible = left.IsPossible && right.IsPossible,
            IsBroadcast = left.IsBroadcast || right.IsBroadcast,
        };
    }
}
