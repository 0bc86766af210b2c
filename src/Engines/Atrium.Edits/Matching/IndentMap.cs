using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>
/// The one rule by which the indentation of a search block becomes that of the file: a constant shift, a translation between
/// tabs and spaces or between widths, or a first line that lost its indentation. No rule, no match.
/// </summary>
internal sealed class IndentMap
{
    private static readonly int[] SpaceUnits = [4, 2, 8, 3];

    private readonly Func<string, bool, string?> map;

    private IndentMap(Func<string, bool, string?> map) => this.map = map;

    public static IndentMap Identity { get; } = new((indent, _) => indent);

    /// <summary>The file's indentation for a line of the new text; null when the rule cannot say.</summary>
    public string? Map(string indent, bool isFirst) => map(indent, isFirst);

    /// <summary>Finds the rule that holds for every pair and can serve every indentation of the new text.</summary>
    public static IndentMap? Between(IReadOnlyList<(string Search, string File)> pairs, IReadOnlyList<string> newIndents, int? fileUnit)
    {
        if (pairs.All(pair => pair.Search == pair.File))
            return Identity;
        if (FirstLineOnly(pairs) is { } first)
            return first;
        var searchIndents = pairs.Select(pair => pair.Search).Concat(newIndents).ToList();
        var fileUsesTabs = pairs.Any(pair => pair.File.Contains('\t', StringComparison.Ordinal)) || (fileUnit == Indentation.Tab && pairs.All(pair => pair.File.Length == 0));
        var mixesKinds = fileUsesTabs
            ? searchIndents.Any(indent => indent.StartsWith(' '))
            : searchIndents.Any(indent => indent.StartsWith('\t'));
        return (mixesKinds ? null : Shift(pairs, fileUnit)) ?? Translate(pairs, searchIndents, newIndents, fileUsesTabs, fileUnit);
    }

    private static IndentMap? FirstLineOnly(IReadOnlyList<(string Search, string File)> pairs)
    {
        var (search, file) = pairs[0];
        if (pairs.Count < 2 || search.Length > 0 || pairs.Skip(1).Any(pair => pair.Search != pair.File) || pairs.Skip(1).All(pair => pair.File.Length == 0))
            return null;
        return new IndentMap((indent, isFirst) => isFirst && indent.Length == 0 ? file : indent);
    }

    private static IndentMap? Shift(IReadOnlyList<(string Search, string File)> pairs, int? fileUnit)
    {
        var (search, file) = pairs[0];
        if (file.EndsWith(search, StringComparison.Ordinal))
        {
            var added = file[..^search.Length];
            // One space less than the file's levels is what a diff's lines have that lost their mark; its added lines did not.
            var isMark = added == " " && fileUnit is > 1 && pairs.All(pair => pair.File.Length % fileUnit == 0);
            if (pairs.All(pair => pair.File == added + pair.Search))
                return new IndentMap((indent, _) => isMark && (indent.Length + 1) % fileUnit != 0 ? null : added + indent);
        }
        else if (search.EndsWith(file, StringComparison.Ordinal))
        {
            var removed = search[..^file.Length];
            if (pairs.All(pair => pair.Search == removed + pair.File))
                return new IndentMap((indent, _) => indent.StartsWith(removed, StringComparison.Ordinal) ? indent[removed.Length..] : null);
        }

        return null;
    }

    private static IndentMap? Translate(
        IReadOnlyList<(string Search, string File)> pairs, List<string> searchIndents, IReadOnlyList<string> newIndents, bool fileUsesTabs, int? fileUnit)
    {
        var searchUnit = Indentation.Detect(searchIndents);
        var rules = new List<(int Score, Func<string, string?> Map)>();
        foreach (var from in Units(searchIndents.Any(indent => indent.StartsWith('\t'))))
            foreach (var to in Units(fileUsesTabs))
            {
                if (LevelShift(pairs, from, to) is not { } shift || (from == to && from == Indentation.Tab))
                    continue;
                // Another width and another depth at once are believed only where the width is the file's own.
                if (shift != 0 && fileUnit is not null && to != fileUnit)
                    continue;
                var score = (shift == 0 ? 4 : 0) + (from == searchUnit ? 2 : 0) + (to == fileUnit ? 1 : 0);
                rules.Add((score, indent => Rescale(indent, from, to, shift)));
            }

        if (rules.Count == 0)
            return null;
        var best = rules.Max(rule => rule.Score);
        var maps = rules.Where(rule => rule.Score == best).Select(rule => rule.Map).ToList();
        // Equally good rules must agree on the new text, else nobody knows what was meant.
        var agree = newIndents.All(indent => maps.TrueForAll(map => map(indent) == maps[0](indent)));
        return agree ? new IndentMap((indent, _) => maps[0](indent)) : null;
    }

    private static int[] Units(bool usesTabs) => usesTabs ? [Indentation.Tab] : SpaceUnits;

    private static int? LevelShift(IReadOnlyList<(string Search, string File)> pairs, int from, int to)
    {
        int? shift = null;
        var levels = new HashSet<int>();
        foreach (var (search, file) in pairs)
        {
            if (Indentation.Measure(search, from) is not { } searched || Indentation.Measure(file, to) is not { } found || searched.Spare != found.Spare)
                return null;
            shift ??= found.Level - searched.Level;
            if (shift != found.Level - searched.Level)
                return null;
            levels.Add(searched.Level);
        }

        // Between two widths of spaces a single level proves nothing.
        var sameKind = from != Indentation.Tab && to != Indentation.Tab;
        return sameKind && levels.Count < 2 ? null : shift;
    }

    private static string? Rescale(string indent, int from, int to, int shift) =>
        Indentation.Measure(indent, from) is { } measured && measured.Level + shift >= 0
            ? Indentation.Render(measured.Level + shift, measured.Spare, to)
            : null;
}
