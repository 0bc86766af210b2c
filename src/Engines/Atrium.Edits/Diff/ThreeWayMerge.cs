using System.Text;
using Atrium.Edits.Matching;

namespace Atrium.Edits;

/// <summary>Who brought a stretch of a merge.</summary>
public enum MergeSource
{
    /// <summary>Nobody changed it.</summary>
    Base,

    /// <summary>Only we changed it.</summary>
    Ours,

    /// <summary>Only they changed it.</summary>
    Theirs,

    /// <summary>Both changed it in the same way.</summary>
    Both,

    /// <summary>Both changed it, differently.</summary>
    Conflict,
}

/// <summary>A stretch of a merge.</summary>
/// <param name="Source">Who brought it.</param>
/// <param name="Base">The text both started from.</param>
/// <param name="Ours">Our text.</param>
/// <param name="Theirs">Their text.</param>
public sealed record MergePart(MergeSource Source, string Base, string Ours, string Theirs)
{
    /// <summary>The merged text; null for a conflict.</summary>
    public string? Merged => Source switch { MergeSource.Conflict => null, MergeSource.Theirs => Theirs, _ => Ours };
}

/// <summary>What came of a merge; conflicts are values, never marks in the text.</summary>
public sealed record MergeResult
{
    /// <summary>All stretches in order.</summary>
    public required IReadOnlyList<MergePart> Parts { get; init; }

    /// <summary>The stretches that both changed differently.</summary>
    public IEnumerable<MergePart> Conflicts => Parts.Where(part => part.Source == MergeSource.Conflict);

    /// <summary>The merged content; null when there is a conflict.</summary>
    public string? Text => Parts.Any(part => part.Merged is null) ? null : string.Concat(Parts.Select(part => part.Merged));

    /// <summary>The merged content with every conflict decided by the caller.</summary>
    /// <param name="decide">Gives the text for a conflict.</param>
    /// <returns>The content.</returns>
    public string Resolve(Func<MergePart, string> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return string.Concat(Parts.Select(part => part.Merged ?? decide(part)));
    }
}

/// <summary>Brings together two changes of the same content, line by line.</summary>
public static class ThreeWayMerge
{
    /// <summary>Merges. Changes that touch each other, without an unchanged line between them, conflict unless they are equal.</summary>
    /// <param name="base">The content both started from.</param>
    /// <param name="ours">Our content.</param>
    /// <param name="theirs">Their content.</param>
    /// <returns>The stretches.</returns>
    public static MergeResult Merge(string @base, string ours, string theirs)
    {
        ArgumentNullException.ThrowIfNull(@base);
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(theirs);
        var origin = LineEdits.SplitLines(@base);
        var (us, them) = (new Side(origin, LineEdits.SplitLines(ours)), new Side(origin, LineEdits.SplitLines(theirs)));
        var parts = new List<MergePart>();
        var position = 0;
        while (us.Next is not null || them.Next is not null)
        {
            var start = Math.Min(us.Next?.OldStart ?? int.MaxValue, them.Next?.OldStart ?? int.MaxValue);
            var (end, changed) = (start, true);
            us.Begin();
            them.Begin();
            while (changed)
                changed = us.Take(start, ref end) | them.Take(start, ref end);
            AddUnchanged(parts, origin, position, start);
            parts.Add(Compare(Join(origin, start, end), us.Text(start, end), them.Text(start, end)));
            position = end;
        }

        AddUnchanged(parts, origin, position, origin.Count);
        return new MergeResult { Parts = parts };
    }

    private static void AddUnchanged(List<MergePart> parts, List<string> origin, int start, int end)
    {
        if (end <= start)
            return;
        var text = Join(origin, start, end);
        parts.Add(new MergePart(MergeSource.Base, text, text, text));
    }

    private static MergePart Compare(string origin, string ours, string theirs)
    {
        var source = ours == theirs ? MergeSource.Both
            : ours == origin ? MergeSource.Theirs
            : theirs == origin ? MergeSource.Ours
            : MergeSource.Conflict;
        return new MergePart(source, origin, ours, theirs);
    }

    private static string Join(List<string> lines, int start, int end)
    {
        var text = new StringBuilder();
        for (var line = start; line < end; line++)
            text.Append(lines[line]);
        return text.ToString();
    }

    /// <summary>One side's changes, taken from top to bottom.</summary>
    private sealed class Side(List<string> origin, List<string> lines)
    {
        private readonly IReadOnlyList<SequenceChange> changes = SequenceDiff.Compute(origin, lines);
        private int position;
        private int first;

        public SequenceChange? Next => position < changes.Count ? changes[position] : null;

        public void Begin() => first = position;

        /// <summary>Takes changes that begin in or touch [start, end], and widens the end.</summary>
        public bool Take(int start, ref int end)
        {
            var taken = false;
            while (Next is { } change && change.OldStart >= start && change.OldStart <= end)
            {
                end = Math.Max(end, change.OldEnd);
                position++;
                taken = true;
            }

            return taken;
        }

        /// <summary>This side's text for the lines [start, end) of the origin.</summary>
        public string Text(int start, int end)
        {
            var text = new StringBuilder();
            var line = start;
            for (var index = first; index < position; index++)
            {
                var change = changes[index];
                text.Append(Join(origin, line, change.OldStart)).Append(Join(lines, change.NewStart, change.NewEnd));
                line = change.OldEnd;
            }

            return text.Append(Join(origin, line, end)).ToString();
        }
    }
}
