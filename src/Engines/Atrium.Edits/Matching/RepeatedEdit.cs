using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>Recognises an edit that was made before, which succeeds without a change.</summary>
internal static class RepeatedEdit
{
    private const int FewestLetters = 4;

    /// <summary>The new text contains the old one and stands around this place already: a repeated insertion.</summary>
    public static bool IsAround(SourceText source, TextRequest request, Place place)
    {
        var old = source.Text.AsSpan(place.Start, place.End - place.Start).TrimEnd('\n');
        var wanted = place.NewText.AsSpan().TrimEnd('\n');
        if (wanted.Length <= old.Length || (wanted.Contains('\n') && !AddsContent(request)))
            return false;
        for (var offset = wanted.IndexOf(old); offset >= 0;)
        {
            var start = place.Start - offset;
            if (start >= 0 && source.Text.AsSpan(start).StartsWith(wanted) && IsWhole(source, start, start + wanted.Length))
                return true;
            var next = wanted[(offset + 1)..].IndexOf(old);
            offset = next < 0 ? -1 : offset + 1 + next;
        }

        return false;
    }

    /// <summary>The old text is gone and the new one stands exactly once, as whole lines: done before.</summary>
    public static Resolution? Find(SourceText source, TextRequest request)
    {
        if (request.NewBlock.IsBlank || request.All || (!AddsContent(request) && request.NewBlock.NonBlank.Length < 2))
            return null;
        var found = LineMatcher.Find(source, request.NewBlock, request.NewBlock, all: false).Where(candidate => candidate.Tier <= MatchTier.TrailingSpace).ToList();
        return found.Count == 1 && !IsLeftOver(source, request, found[0]) ? Resolution.Done(found[0].FirstLine) : null;
    }

    /// <summary>Beside the new text still stands what the edit takes away: then it is not done, and its old text is only written down wrongly.</summary>
    private static bool IsLeftOver(SourceText source, TextRequest request, LineCandidate place)
    {
        var old = Trimmed(request.OldBlock);
        var removed = SequenceDiff.Compute(old, Trimmed(request.NewBlock)).SelectMany(change => old[change.OldStart..change.OldEnd]).ToList();
        var lines = source.Keys.Lines;
        var (before, after) = (lines.BinarySearch(place.ContentLines[0]) - 1, lines.BinarySearch(place.ContentLines[^1]) + 1);
        return (before >= 0 && Resembles(source, removed, lines[before])) || (after < lines.Length && Resembles(source, removed, lines[after]));
    }

    private static string[] Trimmed(LineBlock block) => [.. block.NonBlank.Select(line => block.Lines[line].Trim())];

    private static bool Resembles(SourceText source, List<string> texts, int line)
    {
        var found = source.Line(line).Trim().ToString();
        return texts.Exists(text => text.EndsWith(found, StringComparison.Ordinal) || 3 * Unwrapping.SharedEnds(text, found) >= Math.Max(text.Length, found.Length));
    }

    /// <summary>No word goes on beyond either end.</summary>
    private static bool IsWhole(SourceText source, int start, int end) =>
        (start == 0 || !Words.IsPart(source.Text[start - 1]) || !Words.IsPart(source.Text[start]))
        && (end == source.Text.Length || !Words.IsPart(source.Text[end]) || !Words.IsPart(source.Text[end - 1]));

    private static bool AddsContent(TextRequest request)
    {
        var known = request.OldBlock.Lines.Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        return request.NewBlock.Lines.Any(line => line.Count(char.IsLetterOrDigit) >= FewestLetters && !known.Contains(line.Trim()));
    }
}
