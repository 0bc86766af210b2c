using System.Text.RegularExpressions;

namespace Atrium.Edits.Tests.Mutations;

/// <summary>
/// A correct edit of a real file in whole lines: what stands at <see cref="Start"/>, and what shall stand there.
/// The mutations spoil the way it is written down, or the file under it.
/// </summary>
internal sealed record BaseEdit(CorpusFile File, string[] Lines, int Start, string[] Old, string[] New)
{
    public int End => Start + Old.Length;

    public string Before => Text(Lines);

    public string After => Text([.. Lines[..Start], .. New, .. Lines[End..]]);

    public bool FinalNewline { get; init; } = true;

    public string Text(IEnumerable<string> lines) => string.Join('\n', lines) + (FinalNewline ? "\n" : "");

    /// <summary>The same edit on other lines of the file around it.</summary>
    public BaseEdit WithFile(Func<string[], string[]> around) => this with
    {
        Lines = [.. around(Lines[..Start]), .. Old, .. around(Lines[End..])],
        Start = around(Lines[..Start]).Length,
    };

    /// <summary>Chooses a block that occurs once, however leniently one looks, and a change like a model makes; null when chance finds none.</summary>
    public static BaseEdit? Choose(CorpusFile file, Random random)
    {
        var content = file.Content.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var lines = content.TrimEnd('\n').Split('\n');
        for (var attempt = 0; attempt < 30; attempt++)
        {
            var length = random.Next(2, 9);
            if (lines.Length <= length + 2)
                return null;
            var start = random.Next(1, lines.Length - length);
            var old = lines[start..(start + length)];
            if (IsBlank(old[0]) || IsBlank(old[^1]) || old.Count(line => !IsBlank(line)) < 2 || old.Any(line => line.Length > 400) || !IsUnique(lines, old))
                continue;
            if (Change(old, random) is { } changed)
                return new BaseEdit(file, lines, start, old, changed);
        }

        return null;
    }

    public static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);

    public static string Loose(string line) => string.Concat(line.Where(character => !char.IsWhiteSpace(character)));

    private static bool IsUnique(string[] lines, string[] block)
    {
        var all = "\n" + string.Join('\n', lines.Select(Loose).Where(line => line.Length > 0)) + "\n";
        var wanted = "\n" + string.Join('\n', block.Select(Loose).Where(line => line.Length > 0)) + "\n";
        var first = all.IndexOf(wanted, StringComparison.Ordinal);
        return first >= 0 && all.IndexOf(wanted, first + 1, StringComparison.Ordinal) < 0;
    }

    private static string[]? Change(string[] old, Random random)
    {
        var changed = random.Next(5) switch
        {
            0 => RenameWord(old, random),
            1 => InsertLine(old, random),
            2 => RemoveLine(old, random),
            3 => RenameWord(InsertLine(old, random), random),
            _ => ReplaceLine(old, random),
        };
        return changed is null || changed.SequenceEqual(old) || changed.All(IsBlank) ? null : changed;
    }

    private static string[]? RenameWord(string[] lines, Random random)
    {
        var index = random.Next(lines.Length);
        var word = Regex.Match(lines[index], "[A-Za-z]{3,}", RegexOptions.NonBacktracking);
        if (!word.Success)
            return null;
        var line = string.Concat(lines[index].AsSpan(0, word.Index), "renamed" + random.Next(1000), lines[index].AsSpan(word.Index + word.Length));
        return [.. lines[..index], line, .. lines[(index + 1)..]];
    }

    private static string[] InsertLine(string[] lines, Random random)
    {
        var index = random.Next(1, lines.Length);
        return [.. lines[..index], Indent(lines[index - 1]) + $"added_{random.Next(10_000)}(one, two);", .. lines[index..]];
    }

    private static string[]? RemoveLine(string[] lines, Random random)
    {
        var index = random.Next(lines.Length);
        return IsBlank(lines[index]) ? null : [.. lines[..index], .. lines[(index + 1)..]];
    }

    private static string[]? ReplaceLine(string[] lines, Random random)
    {
        var index = random.Next(lines.Length);
        if (IsBlank(lines[index]))
            return null;
        var indent = Indent(lines[index]);
        return [.. lines[..index], $"{indent}first_{random.Next(1000)} = 1", $"{indent}second_{random.Next(1000)} = 2", .. lines[(index + 1)..]];
    }

    public static string Indent(string line) => line[..^line.TrimStart().Length];
}
