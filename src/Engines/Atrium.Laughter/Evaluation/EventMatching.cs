namespace Atrium.Laughter.Evaluation;

/// <summary>When a found event counts as a true one.</summary>
/// <param name="Name">Short name for tables.</param>
/// <param name="Collar">Most seconds between the onsets, or null when overlap decides.</param>
/// <param name="OffsetShare">The offsets may differ by the collar or this share of the true length, whichever is more; null to leave offsets alone.</param>
public sealed record EventCriterion(string Name, double? Collar, double? OffsetShare)
{
    /// <summary>Seconds that events must share when overlap decides.</summary>
    public const double LeastOverlap = 0.1;

    /// <summary>Onset within 0.2 s and offset within the larger of 0.2 s and half the length: the default of sed_eval.</summary>
    public static EventCriterion Strict { get; } = new("0.2 s", 0.2, 0.5);

    /// <summary>Onset within 0.5 s: fair to a detector that looks each 0.48 s.</summary>
    public static EventCriterion Onset { get; } = new("0.5 s onset", 0.5, null);

    /// <summary>Any overlap of 0.1 s.</summary>
    public static EventCriterion Overlap { get; } = new("any overlap", null, null);

    /// <summary>Whether a found event may be matched with a true one.</summary>
    public bool Fits(Stretch truth, Stretch found)
    {
        const double rounding = 1e-9;
        if (Collar is not { } collar)
            return truth.Overlap(found) >= LeastOverlap - rounding;
        return Math.Abs(truth.Start - found.Start) <= collar + rounding
            && (OffsetShare is not { } share
                || Math.Abs(truth.End - found.End) <= Math.Max(collar, share * (truth.End - truth.Start)) + rounding);
    }
}

/// <summary>Matches found events with true ones.</summary>
public static class EventMatching
{
    /// <summary>
    /// Counts the events of one recording. With a collar each event is matched at most once, and the matching is the
    /// largest there is; by overlap, a true event counts when anything found overlaps it, and a found one is a false
    /// alarm when it overlaps nothing true.
    /// </summary>
    public static Counts Count(IReadOnlyList<Stretch> truth, IReadOnlyList<Stretch> found, EventCriterion criterion)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        if (criterion.Collar is null)
        {
            var hits = truth.Count(label => found.Any(item => criterion.Fits(label, item)));
            return new Counts(hits, found.Count(item => !truth.Any(label => criterion.Fits(label, item))), truth.Count - hits);
        }

        var matched = LargestMatching(truth, found, criterion);
        return new Counts(matched, found.Count - matched, truth.Count - matched);
    }

    /// <summary>Size of the largest one-to-one matching, by augmenting paths.</summary>
    private static int LargestMatching(IReadOnlyList<Stretch> truth, IReadOnlyList<Stretch> found, EventCriterion criterion)
    {
        var candidates = truth
            .Select(label => Enumerable.Range(0, found.Count).Where(index => criterion.Fits(label, found[index])).ToArray())
            .ToArray();
        var owner = Enumerable.Repeat(-1, found.Count).ToArray();
        return Enumerable.Range(0, truth.Count).Count(label => Augment(label, candidates, owner, new bool[found.Count]));
    }

    private static bool Augment(int label, int[][] candidates, int[] owner, bool[] tried)
    {
        foreach (var candidate in candidates[label])
        {
            if (tried[candidate])
                continue;
            tried[candidate] = true;
            if (owner[candidate] >= 0 && !Augment(owner[candidate], candidates, owner, tried))
                continue;
            owner[candidate] = label;
            return true;
        }

        return false;
    }
}
