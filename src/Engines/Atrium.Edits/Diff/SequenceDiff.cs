using System.Runtime.InteropServices;

namespace Atrium.Edits;

/// <summary>One stretch that differs: [OldStart, OldEnd) of the old sequence became [NewStart, NewEnd) of the new one.</summary>
/// <param name="OldStart">First old element, 0-based.</param>
/// <param name="OldEnd">Behind the last old element.</param>
/// <param name="NewStart">First new element, 0-based.</param>
/// <param name="NewEnd">Behind the last new element.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SequenceChange(int OldStart, int OldEnd, int NewStart, int NewEnd);

/// <summary>
/// Differences of two sequences: elements that occur once on both sides anchor the comparison (patience), and between
/// anchors the shortest edit script is searched (Myers) up to a bound, beyond which a stretch counts as replaced.
/// The result is always correct, and short where it matters to a reader.
/// </summary>
public static class SequenceDiff
{
    private const int MostEdits = 400;

    /// <summary>Compares two lists of lines, words or any texts by ordinal equality.</summary>
    /// <param name="before">The old sequence.</param>
    /// <param name="after">The new sequence.</param>
    /// <returns>The changes in order; between them the sequences are equal.</returns>
    public static IReadOnlyList<SequenceChange> Compute(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var changes = new List<SequenceChange>();
        Compare(Number(before, numbers), Number(after, numbers), new SequenceChange(0, before.Count, 0, after.Count), changes);
        return Merge(changes);
    }

    private static int[] Number(IReadOnlyList<string> items, Dictionary<string, int> numbers)
    {
        var result = new int[items.Count];
        for (var index = 0; index < result.Length; index++)
        {
            if (!numbers.TryGetValue(items[index], out var number))
                numbers[items[index]] = number = numbers.Count;
            result[index] = number;
        }

        return result;
    }

    private static void Compare(int[] before, int[] after, SequenceChange range, List<SequenceChange> changes)
    {
        var (oldStart, oldEnd, newStart, newEnd) = range;
        while (oldStart < oldEnd && newStart < newEnd && before[oldStart] == after[newStart])
            (oldStart, newStart) = (oldStart + 1, newStart + 1);
        while (oldStart < oldEnd && newStart < newEnd && before[oldEnd - 1] == after[newEnd - 1])
            (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1);
        if (oldStart == oldEnd && newStart == newEnd)
            return;
        var rest = new SequenceChange(oldStart, oldEnd, newStart, newEnd);
        if (oldStart == oldEnd || newStart == newEnd)
        {
            changes.Add(rest);
            return;
        }

        var anchors = Anchors(before, after, rest);
        if (anchors.Count == 0)
        {
            changes.AddRange(ShortestEdits(before, after, rest) ?? [rest]);
            return;
        }

        foreach (var (old, @new) in anchors)
        {
            Compare(before, after, new SequenceChange(oldStart, old, newStart, @new), changes);
            (oldStart, newStart) = (old + 1, @new + 1);
        }

        Compare(before, after, new SequenceChange(oldStart, oldEnd, newStart, newEnd), changes);
    }

    /// <summary>The longest increasing run of elements that occur exactly once on each side.</summary>
    private static List<(int Old, int New)> Anchors(int[] before, int[] after, SequenceChange range)
    {
        var seen = new Dictionary<int, (int OldCount, int Old, int NewCount)>();
        for (var old = range.OldStart; old < range.OldEnd; old++)
            seen[before[old]] = seen.TryGetValue(before[old], out var known) ? known with { OldCount = known.OldCount + 1 } : (1, old, 0);
        for (var @new = range.NewStart; @new < range.NewEnd; @new++)
        {
            if (seen.TryGetValue(after[@new], out var known))
                seen[after[@new]] = known with { NewCount = known.NewCount + 1 };
        }

        var pairs = new List<(int Old, int New)>();
        for (var @new = range.NewStart; @new < range.NewEnd; @new++)
        {
            if (seen.TryGetValue(after[@new], out var known) && known is { OldCount: 1, NewCount: 1 })
                pairs.Add((known.Old, @new));
        }

        return LongestIncreasing(pairs);
    }

    private static List<(int Old, int New)> LongestIncreasing(List<(int Old, int New)> pairs)
    {
        var tails = new List<int>();
        var previous = new int[pairs.Count];
        for (var index = 0; index < pairs.Count; index++)
        {
            var (low, high) = (0, tails.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (pairs[tails[middle]].Old < pairs[index].Old)
                    low = middle + 1;
                else
                    high = middle;
            }

            previous[index] = low > 0 ? tails[low - 1] : -1;
            if (low == tails.Count)
                tails.Add(index);
            else
                tails[low] = index;
        }

        var result = new List<(int Old, int New)>(tails.Count);
        for (var index = tails.Count > 0 ? tails[^1] : -1; index >= 0; index = previous[index])
            result.Add(pairs[index]);
        result.Reverse();
        return result;
    }

    /// <summary>Myers' greedy search; null when more than <see cref="MostEdits"/> edits would be needed.</summary>
    private static List<SequenceChange>? ShortestEdits(int[] before, int[] after, SequenceChange range)
    {
        var (oldLength, newLength) = (range.OldEnd - range.OldStart, range.NewEnd - range.NewStart);
        var most = Math.Min(oldLength + newLength, MostEdits);
        var furthest = new int[(2 * most) + 3];
        var trace = new List<int[]>();
        for (var edits = 0; edits <= most; edits++)
        {
            trace.Add(furthest[(most + 1 - edits)..(most + 2 + edits)]);
            for (var diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                var down = diagonal == -edits || (diagonal != edits && furthest[most + diagonal] < furthest[most + 2 + diagonal]);
                var old = down ? furthest[most + 2 + diagonal] : furthest[most + diagonal] + 1;
                while (old < oldLength && old - diagonal < newLength && before[range.OldStart + old] == after[range.NewStart + old - diagonal])
                    old++;
                furthest[most + 1 + diagonal] = old;
                if (old >= oldLength && old - diagonal >= newLength)
                    return WalkBack(trace, range, edits, diagonal);
            }
        }

        return null;
    }

    private static List<SequenceChange> WalkBack(List<int[]> trace, SequenceChange range, int edits, int diagonal)
    {
        var changes = new List<SequenceChange>();
        for (var step = edits; step > 0; step--)
        {
            // trace[step] holds the furthest points before this step, for diagonals -step..step.
            var points = trace[step];
            var down = diagonal == -step || (diagonal != step && points[step + diagonal - 1] < points[step + diagonal + 1]);
            diagonal += down ? 1 : -1;
            var old = points[step + diagonal];
            var (oldStart, newStart) = (range.OldStart + old, range.NewStart + old - diagonal);
            changes.Add(down
                ? new SequenceChange(oldStart, oldStart, newStart, newStart + 1)
                : new SequenceChange(oldStart, oldStart + 1, newStart, newStart));
        }

        changes.Reverse();
        return changes;
    }

    private static List<SequenceChange> Merge(List<SequenceChange> changes)
    {
        var merged = new List<SequenceChange>(changes.Count);
        foreach (var change in changes)
        {
            if (merged.Count > 0 && merged[^1].OldEnd == change.OldStart && merged[^1].NewEnd == change.NewStart)
                merged[^1] = merged[^1] with { OldEnd = change.OldEnd, NewEnd = change.NewEnd };
            else
                merged.Add(change);
        }

        return merged;
    }
}
