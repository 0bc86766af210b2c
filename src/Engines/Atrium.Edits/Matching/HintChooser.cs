using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>Lets a hint choose between places that are equal as text. It can only name one; it never brings one about.</summary>
internal static class HintChooser
{
    /// <summary>The place whose first line has the hinted number, or that ends the file; null when none is named.</summary>
    public static Place? ByPosition(SourceText source, EditHint? hint, List<Place> places)
    {
        if (hint is null)
            return null;
        var named = places.Where(place => place.Line + 1 == hint.Line).ToList();
        if (named.Count != 1 && hint.AtEnd)
            named = [.. places.Where(place => source.Text.AsSpan(place.End).IsWhiteSpace())];
        return named.Count == 1 ? named[0] : null;
    }

    /// <summary>
    /// The places inside the named scopes. Null when the scopes say nothing: they are not in the file, or no more than one place stands behind them
    /// without being enclosed.
    /// </summary>
    public static List<Place>? ByScopes(SourceText source, EditHint hint, List<Place> places)
    {
        var enclosed = places.Where(place => IsEnclosed(source, place.Line, hint.Scopes)).ToList();
        if (enclosed.Count > 0)
            return enclosed;
        var scope = hint.Scopes[^1].Trim();
        var lines = Enumerable.Range(0, source.LineCount).Where(line => source.Line(line).Trim().SequenceEqual(scope)).ToList();
        if (lines.Count == 0)
            return null;
        // Not an enclosing declaration, but a landmark: what follows it is meant, up to the next place.
        return lines.Count == 1 ? [.. places.Where(place => place.Line >= lines[0])] : places;
    }

    private static bool IsEnclosed(SourceText source, int line, IReadOnlyList<string> scopes)
    {
        var wanted = scopes.Count - 1;
        var indent = IndentOf(source, line);
        for (var above = line; above >= 0 && wanted >= 0; above--)
        {
            var text = source.Line(above);
            if (text.IsWhiteSpace() || (above < line && IndentOf(source, above) >= indent))
                continue;
            indent = Math.Min(indent, IndentOf(source, above));
            if (Names(text.Trim(), scopes[wanted].Trim()))
                wanted--;
        }

        return wanted < 0;
    }

    private static int IndentOf(SourceText source, int line)
    {
        var text = source.Line(line);
        return text.Length - text.TrimStart().Length;
    }

    private static bool Names(ReadOnlySpan<char> line, ReadOnlySpan<char> scope)
    {
        var at = scope.IsEmpty ? -1 : line.IndexOf(scope);
        if (at < 0)
            return false;
        return (at == 0 || !Words.IsPart(line[at - 1]) || !Words.IsPart(scope[0]))
            && (at + scope.Length == line.Length || !Words.IsPart(line[at + scope.Length]) || !Words.IsPart(scope[^1]));
    }
}
