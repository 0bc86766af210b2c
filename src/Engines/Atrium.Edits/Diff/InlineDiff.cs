namespace Atrium.Edits;

/// <summary>A stretch of one line.</summary>
/// <param name="Kind">Whether both lines have it, or only the old or the new one.</param>
/// <param name="Text">The characters.</param>
public sealed record InlinePart(DiffLineKind Kind, string Text);

/// <summary>Differences inside a line, by words.</summary>
public static class InlineDiff
{
    /// <summary>Compares two lines word by word; a run of spaces and each other sign is a word of its own.</summary>
    /// <param name="before">The old line.</param>
    /// <param name="after">The new line.</param>
    /// <returns>The parts in order; those not Added make the old line, those not Removed the new one.</returns>
    public static IReadOnlyList<InlinePart> Between(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, @new) = (Words(before), Words(after));
        var parts = new List<InlinePart>();
        var position = 0;
        foreach (var change in SequenceDiff.Compute(old, @new))
        {
            Add(parts, DiffLineKind.Context, old, position, change.OldStart);
            Add(parts, DiffLineKind.Removed, old, change.OldStart, change.OldEnd);
            Add(parts, DiffLineKind.Added, @new, change.NewStart, change.NewEnd);
            position = change.OldEnd;
        }

        Add(parts, DiffLineKind.Context, old, position, old.Count);
        return parts;
    }

    private static void Add(List<InlinePart> parts, DiffLineKind kind, List<string> words, int start, int end)
    {
        if (end > start)
            parts.Add(new InlinePart(kind, string.Concat(words[start..end])));
    }

    private static List<string> Words(string line)
    {
        var words = new List<string>();
        for (var start = 0; start < line.Length;)
        {
            var end = start + 1;
            while (end < line.Length && Class(line[end]) == Class(line[start]) && Class(line[start]) != Sign)
                end++;
            if (char.IsHighSurrogate(line[end - 1]) && end < line.Length && Class(line[start]) == Sign)
                end++;
            words.Add(line[start..end]);
            start = end;
        }

        return words;
    }

    private const int Sign = 2;

    private static int Class(char character) => char.IsWhiteSpace(character) ? 0 : char.IsLetterOrDigit(character) || character == '_' ? 1 : Sign;
}
