using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>Finds a text character for character, for the formats that may speak of parts of lines.</summary>
internal static class LiteralMatcher
{
    private const int FewestLetters = 4;

    public static List<Place> Find(SourceText source, TextRequest request)
    {
        var old = request.Old;
        var places = new List<Place>();
        for (var start = source.Text.IndexOf(old, StringComparison.Ordinal); start >= 0;)
        {
            if (HasWholeEdges(source, start, start + old.Length))
                places.Add(Completed(source, new Place(start, start + old.Length, request.New, source.LineAt(start)), request.All));
            if (!request.All && places.Count >= LineMatcher.MostCandidates)
                break;
            // Overlapping occurrences make a place ambiguous; "all" replaces from left to right.
            start = source.Text.IndexOf(old, start + (request.All ? old.Length : 1), StringComparison.Ordinal);
        }

        return places;
    }

    /// <summary>
    /// Text of several lines may begin or end inside a line only where what it has of that line tells it apart:
    /// a lone brace is not the beginning of <c>} else {</c>, and half a word is none.
    /// </summary>
    private static bool HasWholeEdges(SourceText source, int start, int end)
    {
        // A line feed at either end is the edge of a line.
        start += source.Text[start] == '\n' ? 1 : 0;
        end -= source.Text[end - 1] == '\n' ? 1 : 0;
        var (first, last) = (source.LineAt(start), source.LineAt(end));
        if (end <= start || first == last)
            return true;
        var before = source.Text.AsSpan(source.StartOf(first), start - source.StartOf(first));
        var after = source.Text.AsSpan(end, source.EndOf(last) - end);
        return (before.IsWhiteSpace() || IsTelling(source.Text.AsSpan(start, source.EndOf(first) - start), before[^1], source.Text[start]))
            && (after.IsWhiteSpace() || IsTelling(source.Text.AsSpan(source.StartOf(last), end - source.StartOf(last)), source.Text[end - 1], after[0]));
    }

    /// <summary>
    /// A first or last line that is cut short in the old text but whole in the new one belongs to the place as a whole:
    /// else its other half would stand there twice.
    /// </summary>
    private static Place Completed(SourceText source, Place place, bool all)
    {
        if (all)
            return place;
        var text = source.Text.AsSpan();
        var @new = place.NewText.AsSpan();
        var (first, last) = (source.LineAt(place.Start), source.LineAt(place.End));
        var (lineStart, lineEnd) = (source.StartOf(first), source.EndOf(last));
        var startsWhole = text[lineStart..place.Start].IsWhiteSpace();
        var isCutAtEnd = (last > first || startsWhole) && place.End > source.StartOf(last) && !text[place.End..lineEnd].IsWhiteSpace();
        if (isCutAtEnd && EqualsLine(source, @new[(@new.LastIndexOf('\n') + 1)..], last))
            return place with { End = lineEnd };
        var newLine = @new.IndexOf('\n') < 0 ? @new : @new[..@new.IndexOf('\n')];
        if (startsWhole || last == first || !EqualsLine(source, newLine, first))
            return place;
        return place with { Start = lineStart + (char.IsWhiteSpace(@new[0]) ? 0 : Indentation.Of(source.Line(first)).Length) };
    }

    private static bool EqualsLine(SourceText source, ReadOnlySpan<char> text, int line) => !text.IsWhiteSpace() && text.Trim().SequenceEqual(source.Line(line).Trim());

    private static bool IsTelling(ReadOnlySpan<char> part, char inner, char outer)
    {
        var letters = 0;
        foreach (var character in part)
            letters += Words.IsPart(character) ? 1 : 0;
        return letters >= FewestLetters && !(Words.IsPart(inner) && Words.IsPart(outer));
    }
}
