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
        var readings = Unwrapping.Readings(request.Old, request.New, source.Text)
            .Select(reading => Reread(request, reading.Old, reading.New, reading.Line))
            .Where(reading => !reading.OldBlock.IsBlank)
            .ToList();
        return ByLines(request, MatchTier.Punctuation)
            ?? FirstReading(readings, MatchTier.Punctuation)
            ?? ByLines(request, MatchTier.BlankLines)
            ?? FirstReading(readings, MatchTier.BlankLines)
            ?? Elide(request)
            ?? RepeatedEdit.Find(source, request)
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
        var places = LiteralMatcher.Find(source, request);
        return places.Count == 0 ? null : Choose(request, places, MatchTier.Exact);
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

        if (places.TrueForAll(place => RepeatedEdit.IsAround(source, request, place)))
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
