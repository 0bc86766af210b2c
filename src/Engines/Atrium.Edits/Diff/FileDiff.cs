using System.Text;
using Atrium.Edits.Matching;

namespace Atrium.Edits;

/// <summary>Which side of a diff a line is on.</summary>
public enum DiffLineKind
{
    /// <summary>On both sides.</summary>
    Context,

    /// <summary>Only in the old content.</summary>
    Removed,

    /// <summary>Only in the new content.</summary>
    Added,
}

/// <summary>One line of a diff.</summary>
/// <param name="Kind">Which side it is on.</param>
/// <param name="Text">The line with its own line ending; without one only at the end of a file.</param>
public sealed record DiffLine(DiffLineKind Kind, string Text);

/// <summary>A stretch of changes with the lines around it.</summary>
public sealed record DiffHunk
{
    /// <summary>First old line, 1-based, context included.</summary>
    public required int OldStart { get; init; }

    /// <summary>Number of old lines, context included.</summary>
    public required int OldCount { get; init; }

    /// <summary>First new line, 1-based, context included.</summary>
    public required int NewStart { get; init; }

    /// <summary>Number of new lines, context included.</summary>
    public required int NewCount { get; init; }

    /// <summary>The lines in order; removed ones before added ones.</summary>
    public required IReadOnlyList<DiffLine> Lines { get; init; }

    internal IReadOnlyList<SequenceChange> Changes { get; init; } = [];

    /// <summary>The hunk as an operation, which still applies when other hunks of the same diff were accepted before.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A replacement in whole lines with the old line number as hint.</returns>
    public ReplaceText ToOperation(string path) => new()
    {
        Path = path,
        Old = Side(DiffLineKind.Added),
        New = Side(DiffLineKind.Removed),
        WholeLines = true,
        Hint = new EditHint { Line = OldStart },
    };

    private string Side(DiffLineKind leftOut) => string.Concat(Lines.Where(line => line.Kind != leftOut).Select(line => line.Text));
}

/// <summary>The difference between two contents of a file, in hunks that can be taken one by one.</summary>
public sealed class FileDiff
{
    private readonly List<string> oldLines;
    private readonly List<string> newLines;

    private FileDiff(string path, string? before, string? after)
    {
        (Path, Before, After) = (path, before, after);
        (oldLines, newLines) = (LineEdits.SplitLines(before ?? ""), LineEdits.SplitLines(after ?? ""));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The old content; null when the file is new.</summary>
    public string? Before { get; }

    /// <summary>The new content; null when the file goes away.</summary>
    public string? After { get; }

    /// <summary>The hunks from top to bottom.</summary>
    public IReadOnlyList<DiffHunk> Hunks { get; private set; } = [];

    /// <summary>Compares two contents line by line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="before">The old content; null when the file is new.</param>
    /// <param name="after">The new content; null when the file goes away.</param>
    /// <param name="context">Unchanged lines around each change, 0 or more.</param>
    /// <returns>The difference.</returns>
    public static FileDiff Between(string path, string? before, string? after, int context = 3)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegative(context);
        var diff = new FileDiff(path, before, after);
        diff.Hunks = [.. Group(SequenceDiff.Compute(diff.oldLines, diff.newLines), context).Select(changes => diff.ToHunk(changes, context))];
        return diff;
    }

    /// <summary>The old content with some of the hunks taken and the others left.</summary>
    /// <param name="accepted">Numbers of hunks, 0-based, in any order.</param>
    /// <returns>The content; null when the file goes away because all of a deletion was accepted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no hunk of that number.</exception>
    public string? Accept(IReadOnlyCollection<int> accepted)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        foreach (var number in accepted)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)Hunks.Count, nameof(accepted));
        var taken = Enumerable.Range(0, Hunks.Count).Where(accepted.Contains).ToList();
        if (taken.Count == Hunks.Count)
            return After;
        if (taken.Count == 0)
            return Before;
        var output = new StringBuilder();
        var position = 0;
        foreach (var change in taken.SelectMany(number => Hunks[number].Changes))
        {
            for (; position < change.OldStart; position++)
                output.Append(oldLines[position]);
            for (var line = change.NewStart; line < change.NewEnd; line++)
                output.Append(newLines[line]);
            position = change.OldEnd;
        }

        for (; position < oldLines.Count; position++)
            output.Append(oldLines[position]);
        return output.ToString();
    }

    /// <summary>The difference the other way round.</summary>
    /// <returns>What leads from the new content back to the old one.</returns>
    public FileDiff Reverse() => Between(Path, After, Before);

    private static List<List<SequenceChange>> Group(IReadOnlyList<SequenceChange> changes, int context)
    {
        var groups = new List<List<SequenceChange>>();
        foreach (var change in changes)
        {
            if (groups.Count > 0 && change.OldStart - groups[^1][^1].OldEnd <= 2 * context)
                groups[^1].Add(change);
            else
                groups.Add([change]);
        }

        return groups;
    }

    private DiffHunk ToHunk(List<SequenceChange> changes, int context)
    {
        var oldStart = Math.Max(0, changes[0].OldStart - context);
        var oldEnd = Math.Min(oldLines.Count, changes[^1].OldEnd + context);
        var newStart = changes[0].NewStart - (changes[0].OldStart - oldStart);
        var lines = new List<DiffLine>();
        var position = oldStart;
        foreach (var change in changes)
        {
            Add(lines, DiffLineKind.Context, oldLines, position, change.OldStart);
            Add(lines, DiffLineKind.Removed, oldLines, change.OldStart, change.OldEnd);
            Add(lines, DiffLineKind.Added, newLines, change.NewStart, change.NewEnd);
            position = change.OldEnd;
        }

        Add(lines, DiffLineKind.Context, oldLines, position, oldEnd);
        return new DiffHunk
        {
            OldStart = oldStart + 1,
            OldCount = oldEnd - oldStart,
            NewStart = newStart + 1,
            NewCount = lines.Count(line => line.Kind != DiffLineKind.Removed),
            Lines = lines,
            Changes = changes,
        };
    }

    private static void Add(List<DiffLine> lines, DiffLineKind kind, List<string> from, int start, int end)
    {
        for (var index = start; index < end; index++)
            lines.Add(new DiffLine(kind, from[index]));
    }
}
