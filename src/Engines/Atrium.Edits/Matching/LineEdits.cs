using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>Cuts a replaced place down to the lines that really change, so that others keep their line endings and do not collide.</summary>
internal static class LineEdits
{
    public static IEnumerable<TextEdit> Between(SourceText source, Place place)
    {
        var old = source.Text.AsSpan(place.Start, place.End - place.Start);
        if (old.SequenceEqual(place.NewText))
            return [];
        // Inside one line the place itself is the change: two edits of one line may stand side by side.
        if (!old.Contains('\n') && !place.NewText.Contains('\n', StringComparison.Ordinal))
            return [new TextEdit(place.Start, place.End, place.NewText)];
        return ByLine(source, place);
    }

    private static List<TextEdit> ByLine(SourceText source, Place place)
    {
        var start = source.StartOf(source.LineAt(place.Start));
        if (place.Start == source.Text.Length)
            start = place.Start;
        var end = place.End > start && source.Text[place.End - 1] == '\n' ? place.End : source.StartOf(source.LineAt(place.End) + 1);
        var before = SplitLines(source.Text[start..end]);
        var after = SplitLines(string.Concat(source.Text.AsSpan(start, place.Start - start), place.NewText, source.Text.AsSpan(place.End, end - place.End)));
        var starts = new int[before.Count + 1];
        starts[0] = start;
        for (var line = 0; line < before.Count; line++)
            starts[line + 1] = starts[line] + before[line].Length;
        return [.. SequenceDiff.Compute(before, after).Select(change => new TextEdit(
            starts[change.OldStart], starts[change.OldEnd], string.Concat(after.Skip(change.NewStart).Take(change.NewEnd - change.NewStart))))];
    }

    /// <summary>Lines with their line feeds.</summary>
    public static List<string> SplitLines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
