using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>What an operation on text asks for, whatever its kind.</summary>
internal sealed record TextRequest(string Old, string New, bool WholeLines, bool All, int? ExpectedCount, EditHint? Hint, string Path)
{
    public LineBlock OldBlock { get; } = LineBlock.Of(Old);

    public LineBlock NewBlock { get; } = LineBlock.Of(New);
}

/// <summary>
/// Finds the one place that a request means. Tiers are tried from strict to lenient; the first with any candidate decides,
/// and it decides for a change only when the candidate is the only one.
/// </summary>
internal sealed class TextResolver(SourceText source)
{
    private const int FewestSharedCharacters = 4;

    /// <summary>Resolves a request; with <paramref name="exactOnly"/> nothing is forgiven.</summary>
    public Resolution Resolve(TextRequest request, bool exactOnly = false)
    {
        if (request.OldBlock.IsBlank)
            return Resolution.Refused(EditProblemCode.EmptySearch);
        if (Unwrapping.StripFence(request.Old) is null && Unwrapping.FenceAround(request.New, request.Path, source.Text) is { } bare)
            return Resolve(Reread(request, request.Old, request.Old.EndsWith('\n') ? bare : bare.TrimEnd('\n'), null), exactOnly);
        if (Placeholder.Find(request.NewBlock, request.OldBlock, source, request.Path) is { } placeholder)
            return Elide(request) ?? Resolution.Refused(EditProblemCode.Placeholder, detail: placeholder);
        if (Literal(request) is { } literal)
            return literal;
        if (exactOnly)
            return request.WholeLines || JoinsLines(request) ? ByLines(request, MatchTier.Exact) ?? NotFound() : NotFound();
        var readings = Unwrapping.Readings(request.Old, request.New, Unwrapping.HoldsFences(source.Text))
            .Select(reading => Reread(request, reading.Old, reading.New, reading.Line))
            .Where(reading => !reading.OldBlock.IsBlank)
            .ToList();
        return ByLines(request, MatchTier.Punctuation)
            ?? FirstReading(readings, MatchTier.Punctuation)
            ?? ByLines(request, MatchTier.BlankLines)
            ?? FirstReading(readings, MatchTier.BlankLines)
            ?? Elide(request)
            ?? AlreadyThere(request)
            ?? NotFound();
    }

    private static Resolution NotFound() => Resolution.Refused(EditProblemCode.NotFound);

    private Resolution? FirstReading(List<TextRequest> readings, MatchTier most)
    {
        foreach (var reading in readings)
        {
            if ((Literal(reading) ?? ByLines(reading, most)) is { } found)
                return found.Problem is null && found.Tier < MatchTier.Wrapping ? Resolution.Found(found.Edits, found.Lines, MatchTier.Wrapping) : found;
        }

        return null;
    }

    /// <summary>Substring matching for the literal formats; null when the text is not there or lines must be matched instead.</summary>
    private Resolution? Literal(TextRequest request)
    {
        if (request.WholeLines || JoinsLines(request))
            return null;
        var (old, @new) = (request.Old, request.New);
        var places = new List<Place>();
        for (var start = source.Text.IndexOf(old, StringComparison.Ordinal); start >= 0;)
        {
            if (HasWholeEdges(start, start + old.Length))
                places.Add(Completed(new Place(start, start + old.Length, @new, source.LineAt(start)), request.All));
            if (!request.All && places.Count >= LineMatcher.MostCandidates)
                break;
            // Overlapping occurrences make a place ambiguous; "all" replaces from left to right.
            start = source.Text.IndexOf(old, start + (request.All ? old.Length : 1), StringComparison.Ordinal);
        }

        return places.Count == 0 ? null : Choose(request, places, MatchTier.Exact);
    }

    /// <summary>
    /// Text of several lines may begin or end inside a line only where what it has of that line tells it apart:
    /// a lone brace is not the beginning of <c>} else {</c>, and half a word is none.
    /// </summary>
    private bool HasWholeEdges(int start, int end)
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
    private Place Completed(Place place, bool all)
    {
        if (all)
            return place;
        var text = source.Text.AsSpan();
        var @new = place.NewText.AsSpan();
        var (first, last) = (source.LineAt(place.Start), source.LineAt(place.End));
        var (lineStart, lineEnd) = (source.StartOf(first), source.EndOf(last));
        var startsWhole = text[lineStart..place.Start].IsWhiteSpace();
        var isCutAtEnd = (last > first || startsWhole) && place.End > source.StartOf(last) && !text[place.End..lineEnd].IsWhiteSpace();
        if (isCutAtEnd && EqualsLine(@new[(@new.LastIndexOf('\n') + 1)..], last))
            return place with { End = lineEnd };
        var newLine = @new.IndexOf('\n') < 0 ? @new : @new[..@new.IndexOf('\n')];
        if (startsWhole || last == first || !EqualsLine(newLine, first))
            return place;
        return place with { Start = lineStart + (char.IsWhiteSpace(@new[0]) ? 0 : Indentation.Of(source.Line(first)).Length) };
    }

    private bool EqualsLine(ReadOnlySpan<char> text, int line) => !text.IsWhiteSpace() && text.Trim().SequenceEqual(source.Line(line).Trim());

    private static bool IsTelling(ReadOnlySpan<char> part, char inner, char outer)
    {
        var letters = 0;
        foreach (var character in part)
            letters += IsWord(character) ? 1 : 0;
        return letters >= FewestSharedCharacters && !(IsWord(inner) && IsWord(outer));
    }

    /// <summary>
    /// A line feed at an end of the old text that the new text lacks is a slip of quoting, not the wish to join two lines:
    /// such texts are matched by lines.
    /// </summary>
    private static bool JoinsLines(TextRequest request) =>
        (request.Old.StartsWith('\n') && !request.New.StartsWith('\n')) || (request.Old.EndsWith('\n') && !request.New.EndsWith('\n'));

    private Resolution? ByLines(TextRequest request, MatchTier most)
    {
        var candidates = LineMatcher.Find(source, request.OldBlock, request.NewBlock, request.All).Where(candidate => candidate.Tier <= most).ToList();
        if (candidates.Count == 0)
            return null;
        var tier = candidates.Min(candidate => candidate.Tier);
        var deciding = candidates.Where(candidate => candidate.Tier == tier).ToList();
        var places = new List<Place>();
        foreach (var candidate in deciding)
        {
            if (BlockRewriter.Rewrite(source, candidate, request.OldBlock, request.NewBlock) is { } lines)
                places.Add(ToPlace(candidate, lines));
        }

        if (places.Count == 0)
            return null;
        // A place that cannot take the new text is still a place that was perhaps meant.
        if (places.Count < deciding.Count)
            return Resolution.Refused(EditProblemCode.Ambiguous, [.. deciding.Select(candidate => candidate.ContentLines[0])]);
        return Choose(request, request.All ? WithoutOverlaps(places) : places, tier);
    }

    private Place ToPlace(LineCandidate candidate, List<string> lines)
    {
        var (start, end) = (source.StartOf(candidate.FirstLine), source.StartOf(candidate.LastLine + 1));
        var ended = end > start && source.Text[end - 1] == '\n';
        if (lines.Count > 0)
            return new Place(start, end, string.Join('\n', lines) + (ended ? "\n" : ""), candidate.ContentLines[0]);
        // The last line of a file without final line feed takes the one before it along.
        return new Place(!ended && start > 0 ? start - 1 : start, end, "", candidate.ContentLines[0]);
    }

    private static List<Place> WithoutOverlaps(List<Place> places)
    {
        var kept = new List<Place>();
        foreach (var place in places)
        {
            if (kept.Count == 0 || kept[^1].End <= place.Start)
                kept.Add(place);
        }

        return kept;
    }

    private Resolution Choose(TextRequest request, List<Place> places, MatchTier tier)
    {
        var lines = places.Select(place => place.Line).ToList();
        if (request.All)
        {
            return request.ExpectedCount is { } expected && expected != places.Count
                ? Resolution.Refused(EditProblemCode.WrongCount, lines, $"{expected}")
                : Accept(places, tier);
        }

        if (places.TrueForAll(place => IsDone(request, place)))
            return Resolution.Done(lines[0], tier);
        if (request.Hint?.Scopes.Count > 0 && HintChooser.ByScopes(source, request.Hint, places) is { } scoped)
            places = scoped;
        if (places.Count == 0)
            return Resolution.Refused(EditProblemCode.NotFound, lines, request.Hint!.Scopes[^1]);
        if (places.Count > 1 && tier == MatchTier.Exact && HintChooser.ByPosition(source, request.Hint, places) is { } named)
            places = [named];
        return places.Count == 1 ? Accept(places, tier) : Resolution.Refused(EditProblemCode.Ambiguous, lines);
    }

    private Resolution Accept(List<Place> places, MatchTier tier)
    {
        var edits = places.SelectMany(place => LineEdits.Between(source, place)).ToList();
        return Resolution.Found(edits, [.. places.Select(place => place.Line)], tier);
    }

    /// <summary>The new text contains the old one and stands around this place already: a repeated insertion.</summary>
    private bool IsDone(TextRequest request, Place place)
    {
        var old = source.Text.AsSpan(place.Start, place.End - place.Start).TrimEnd('\n');
        var wanted = place.NewText.AsSpan().TrimEnd('\n');
        if (wanted.Length <= old.Length || (wanted.Contains('\n') && !AddsContent(request)))
            return false;
        for (var offset = wanted.IndexOf(old); offset >= 0;)
        {
            var start = place.Start - offset;
            if (start >= 0 && source.Text.AsSpan(start).StartsWith(wanted) && IsWhole(start, start + wanted.Length))
                return true;
            var next = wanted[(offset + 1)..].IndexOf(old);
            offset = next < 0 ? -1 : offset + 1 + next;
        }

        return false;
    }

    /// <summary>No word goes on beyond either end.</summary>
    private bool IsWhole(int start, int end) =>
        (start == 0 || !IsWord(source.Text[start - 1]) || !IsWord(source.Text[start]))
        && (end == source.Text.Length || !IsWord(source.Text[end]) || !IsWord(source.Text[end - 1]));

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    /// <summary>The old text is gone and the new one stands exactly once, as whole lines: done before.</summary>
    private Resolution? AlreadyThere(TextRequest request)
    {
        if (request.NewBlock.IsBlank || request.All || (!AddsContent(request) && request.NewBlock.NonBlank.Length < 2))
            return null;
        var found = LineMatcher.Find(source, request.NewBlock, request.NewBlock, all: false).Where(candidate => candidate.Tier <= MatchTier.TrailingSpace).ToList();
        return found.Count == 1 && !IsLeftOver(request, found[0]) ? Resolution.Done(found[0].FirstLine) : null;
    }

    /// <summary>Beside the new text still stands what the edit takes away: then it is not done, and its old text is only written down wrongly.</summary>
    private bool IsLeftOver(TextRequest request, LineCandidate place)
    {
        var kept = request.NewBlock.NonBlank.Select(line => request.NewBlock.Lines[line].Trim()).ToHashSet(StringComparer.Ordinal);
        var removed = request.OldBlock.NonBlank.Select(line => request.OldBlock.Lines[line].Trim()).Where(line => !kept.Contains(line)).ToList();
        var lines = source.Keys.Lines;
        var (before, after) = (lines.BinarySearch(place.ContentLines[0]) - 1, lines.BinarySearch(place.ContentLines[^1]) + 1);
        return (before >= 0 && Resembles(removed, lines[before])) || (after < lines.Length && Resembles(removed, lines[after]));
    }

    private bool Resembles(List<string> texts, int line)
    {
        var found = source.Line(line).Trim().ToString();
        return texts.Exists(text => text.EndsWith(found, StringComparison.Ordinal) || 3 * Unwrapping.SharedEnds(text, found) >= Math.Max(text.Length, found.Length));
    }

    private static bool AddsContent(TextRequest request)
    {
        var known = request.OldBlock.Lines.Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        return request.NewBlock.Lines.Any(line => line.Count(char.IsLetterOrDigit) >= FewestSharedCharacters && !known.Contains(line.Trim()));
    }

    private Resolution? Elide(TextRequest request)
    {
        if (request.All || !request.OldBlock.Lines.Any(line => Placeholder.IsElision(line)) || Elision.Split(request.Old, request.New) is not { } pieces)
            return null;
        var edits = new List<TextEdit>();
        var lines = new List<int>();
        foreach (var (old, @new) in pieces)
        {
            var part = Resolve(new TextRequest(old, @new, true, false, null, null, request.Path), exactOnly: true);
            if (part.Problem is not null || (part.IsDone && old != @new) || part.Lines[0] < lines.LastOrDefault(-1))
                return part.Problem is null ? null : part;
            edits.AddRange(part.Edits);
            lines.Add(part.Lines[0]);
        }

        return Resolution.Found(edits, lines, MatchTier.Elision);
    }

    private static TextRequest Reread(TextRequest request, string old, string @new, int? line) =>
        new(old, @new, request.WholeLines, request.All, request.ExpectedCount, WithLine(request.Hint, line), request.Path);

    private static EditHint? WithLine(EditHint? hint, int? line) =>
        line is null || hint?.Line is not null ? hint : (hint ?? new EditHint()) with { Line = line };
}
