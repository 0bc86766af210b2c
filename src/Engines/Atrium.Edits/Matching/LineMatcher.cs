using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>Finds all places that a block of lines can mean, with the tier of each.</summary>
internal static class LineMatcher
{
    /// <summary>More places than this are not told apart: they are too many for any edit of one place.</summary>
    public const int MostCandidates = 4096;

    private const double LongestSpan = 1.2;

    public static List<LineCandidate> Find(SourceText source, LineBlock search, LineBlock replacement, bool all)
    {
        var candidates = new List<LineCandidate>();
        if (search.IsBlank)
            return candidates;
        var newIndents = replacement.NonBlank.Select(line => Indentation.Of(replacement.Lines[line])).Distinct(StringComparer.Ordinal).ToList();
        foreach (var hit in source.Keys.Find(search.Keys()))
        {
            if (Classify(source, search, newIndents, hit) is { } candidate)
                candidates.Add(candidate);
            if (!all && candidates.Count >= MostCandidates)
                break;
        }

        return candidates;
    }

    private static LineCandidate? Classify(SourceText source, LineBlock search, List<string> newIndents, int hit)
    {
        var lines = source.Keys.Lines.Slice(hit, search.NonBlank.Length).ToArray();
        var tier = MatchTier.Exact;
        var pairs = new List<(string Search, string File)>(lines.Length);
        for (var index = 0; index < lines.Length; index++)
        {
            var asked = search.Content(index).AsSpan();
            var found = source.Line(lines[index]);
            if (asked.SequenceEqual(found))
            {
                pairs.Add((Indentation.Of(asked), Indentation.Of(found)));
                continue;
            }

            if (CompareContent(asked, found) is not { } difference)
                return null;
            tier = Max(tier, difference);
            pairs.Add((Indentation.Of(asked), Indentation.Of(found)));
        }

        var indent = IndentMap.Between(pairs, newIndents, source.IndentUnit);
        if (indent is null)
            return null;
        if (indent != IndentMap.Identity)
            tier = Max(tier, MatchTier.Indentation);
        var candidate = new LineCandidate(lines[0], lines[^1], lines, tier, indent);
        return IsTooLong(source, search, candidate) ? null : WithBlankLines(source, search, candidate);
    }

    private static MatchTier? CompareContent(ReadOnlySpan<char> asked, ReadOnlySpan<char> found)
    {
        if (asked.TrimStart().SequenceEqual(found.TrimStart()))
            return MatchTier.Exact;
        if (asked.Trim().SequenceEqual(found.Trim()))
            return MatchTier.TrailingSpace;
        if (EqualApartFromSpaces(asked.Trim(), found.Trim()))
            return MatchTier.InnerSpace;
        return TextFold.Fold(asked) == TextFold.Fold(found) ? MatchTier.Punctuation : null;
    }

    private static LineCandidate WithBlankLines(SourceText source, LineBlock search, LineCandidate candidate)
    {
        var tier = candidate.Tier;
        for (var index = 1; index < candidate.ContentLines.Length; index++)
        {
            if (candidate.BlankBefore(index) != search.BlankBefore(index))
                tier = Max(tier, MatchTier.BlankLines);
        }

        var before = search.BlankBefore(0);
        var after = search.BlankBefore(search.NonBlank.Length);
        var first = AreBlank(source, candidate.FirstLine - before, candidate.FirstLine) ? candidate.FirstLine - before : candidate.FirstLine;
        var last = AreBlank(source, candidate.LastLine + 1, candidate.LastLine + 1 + after) ? candidate.LastLine + after : candidate.LastLine;
        if (candidate.FirstLine - first != before || last - candidate.LastLine != after)
            tier = Max(tier, MatchTier.BlankLines);
        if (tier == MatchTier.Exact && !AreEqual(source, search, first))
            tier = MatchTier.TrailingSpace;
        return candidate with { FirstLine = first, LastLine = last, Tier = tier };
    }

    /// <summary>Blank lines in between may not blow the place up to much more than what was asked for.</summary>
    private static bool IsTooLong(SourceText source, LineBlock search, LineCandidate candidate)
    {
        var found = 0;
        for (var line = candidate.FirstLine; line <= candidate.LastLine; line++)
            found += source.Line(line).Trim().Length + 1;
        var asked = search.Lines.Sum(line => line.AsSpan().Trim().Length + 1);
        return found > (asked * LongestSpan) + 2;
    }

    /// <summary>The lines with content are known to be equal; blank lines may still hold different white space.</summary>
    private static bool AreEqual(SourceText source, LineBlock search, int first)
    {
        for (var line = 0; line < search.Lines.Length; line++)
        {
            if (!source.Line(first + line).SequenceEqual(search.Lines[line]))
                return false;
        }

        return true;
    }

    private static bool AreBlank(SourceText source, int from, int to)
    {
        if (from < 0 || to > source.LineCount)
            return false;
        for (var line = from; line < to; line++)
        {
            if (!source.Line(line).IsWhiteSpace())
                return false;
        }

        return true;
    }

    private static bool EqualApartFromSpaces(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (true)
        {
            var leftEnd = left.IndexOfAny(' ', '\t');
            var rightEnd = right.IndexOfAny(' ', '\t');
            if (leftEnd < 0 || rightEnd < 0)
                return left.SequenceEqual(right);
            if (!left[..leftEnd].SequenceEqual(right[..rightEnd]))
                return false;
            left = left[leftEnd..].TrimStart(" \t");
            right = right[rightEnd..].TrimStart(" \t");
        }
    }

    private static MatchTier Max(MatchTier left, MatchTier right) => left > right ? left : right;
}
