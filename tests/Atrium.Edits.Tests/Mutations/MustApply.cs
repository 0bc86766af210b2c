using System.Net;
using System.Text;

namespace Atrium.Edits.Tests.Mutations;

/// <summary>Spoilings under which the meaning of an edit stays clear: it must be applied, and exactly so.</summary>
internal static class MustApply
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("P0", "as it is", (edit, random) => Write.Any(edit, random, edit.Before, edit.Old, edit.New, edit.After)),
        new("P1", "space added at line ends of the edit", (edit, random) => Write.Quoting(edit, random, edit.Before, Each(edit.Old, line => line + "  "), edit.New, edit.After)),
        new("P2", "space at line ends of the file", TrailingInFile),
        new("P3", "block without its indentation", (edit, random) => Reindented(edit, random, line => line[Math.Min(Common(edit), line.Length)..], Common(edit) > 0)),
        new("P4", "tabs and spaces exchanged", ExchangeTabs),
        new("P5", "blank lines left out", (edit, random) => edit.Old.Any(BaseEdit.IsBlank) && KeepsBlankLines(edit) ? Write.Any(edit, random, edit.Before, Content(edit.Old), Content(edit.New), edit.After) : null),
        new("P6", "CRLF file", (edit, random) => Write.Any(edit, random, Crlf(edit.Before), edit.Old, edit.New, Crlf(edit.After))),
        new("P7", "file without final line feed", AtEndOfFile),
        new("P8", "one more line feed before the old text", (edit, random) => BaseEdit.IsBlank(edit.Lines[edit.Start - 1]) ? null : Write.Quoting(edit, random, edit.Before, ["", .. edit.Old], edit.New, edit.After)),
        new("P9", "line numbers before each line", LineNumbers),
        new("P10", "HTML entities for < > & and quotes", Entities),
        new("P11", "typographic quotes and dashes", Typographic),
        new("P12", "$ and \\ in the new text", Dollars),
        new("P13", "old and new text in fences", (edit, random) => Write.Quoting(edit, random, edit.Before, Fenced(edit.Old), Fenced(edit.New), edit.After)),
        new("P14", "file with byte order mark", (edit, random) => Write.Any(edit, random, "\uFEFF" + edit.Before, edit.Old, edit.New, "\uFEFF" + edit.After)),
        new("P15", "line feed after the old text only", (edit, _) => Write.StrReplace(edit, edit.Before, Write.Join(edit.Old) + "\n", Write.Join(edit.New), edit.After)),
        new("P16", "first line without its indentation", FirstLineBare),
        new("P17", "block indented too far", (edit, random) => Reindented(edit, random, line => "    " + line, !edit.Old.Any(line => line.StartsWith('\t')))),
        new("P18", "other Unicode normal form", NormalForm),
        new("P19", "emoji without variation selector", Emoji),
        new("P20", "mixed line endings in the file", MixedEndings),
        new("P21", "no-break spaces in the edit", (edit, random) => edit.Old.Any(HasInnerSpace) ? Write.Quoting(edit, random, edit.Before, Each(edit.Old, NoBreak), Each(edit.New, NoBreak), edit.After) : null),
        new("P22", "tab after text became a space", InnerTab),
        new("P23", "very long line in the block", LongLine),
        new("P24", "JSON escapes left in", (edit, _) => JsonEscapes(edit)),
        new("P25", "sent a second time", (edit, random) => IsRecognisable(edit) ? Write.Any(edit, random, edit.After, edit.Old, edit.New, edit.After) : null),
        new("P26", "diff with wrong line numbers", (edit, random) => Write.Diff(edit, edit.Before, edit.Old, edit.New, edit.After, $"@@ -{random.Next(1, 9000)},{edit.Old.Length} +{random.Next(1, 9000)},{edit.New.Length} @@")),
        new("P27", "diff without numbers", (edit, _) => Write.Diff(edit, edit.Before, edit.Old, edit.New, edit.After, "@@")),
        new("P28", "diff with bare blank lines", BareBlankLines),
        new("P29", "patch with @@ scope", (edit, random) => Write.Patch(edit, edit.Before, edit.Old, edit.New, edit.After, " " + edit.Lines[random.Next(0, edit.Start)].Trim())),
        new("P30", "two edits in reverse order", TwoEdits),
        new("P31", "duplicate named by its line", NamedDuplicate),
        new("P32", "other indentation width", (edit, random) => OtherWidth(edit, random)),
        new("P33", "whole file, fenced", (edit, _) => edit.After.Contains("```", StringComparison.Ordinal) ? null : new MutationCase(edit.File.Path, edit.Before, EditFormat.WholeFile, $"{edit.File.Path}\n```\n{edit.After}```\n", edit.After)),
        new("P34", "prose and fences around the answer", (edit, random) => Write.Quoting(edit, random, edit.Before, edit.Old, edit.New, edit.After) is { } made ? made with { Format = EditFormat.Auto, Edit = $"Here is the change that you asked for:\n\n```\n{made.Edit}\n```\n\nIt does what you want.\n" } : null),
        new("P35", "blank line added inside the block", (edit, random) => Write.SearchReplace(edit, edit.Before, [edit.Old[0], "", .. edit.Old[1..]], InsertBlankLikewise(edit), edit.After)),
    ];

    private static MutationCase? TrailingInFile(BaseEdit edit, Random random)
    {
        var noisy = edit.Lines.Select((line, index) => index >= edit.Start && index < edit.End && edit.New.Contains(line, StringComparer.Ordinal) && edit.Old.Count(other => other == line) == 1 && !BaseEdit.IsBlank(line) ? line + "  " : line).ToArray();
        if (noisy.SequenceEqual(edit.Lines))
            return null;
        var changed = edit.New.Select(line => noisy.Contains(line + "  ", StringComparer.Ordinal) && edit.Old.Contains(line, StringComparer.Ordinal) ? line + "  " : line).ToArray();
        var file = edit with { Lines = noisy };
        return Write.Any(edit, random, file.Before, edit.Old, edit.New, edit.Text([.. noisy[..edit.Start], .. changed, .. noisy[edit.End..]]));
    }

    private static int Common(BaseEdit edit) =>
        edit.Old.Concat(edit.New).Where(line => !BaseEdit.IsBlank(line)).Min(line => BaseEdit.Indent(line).Length);

    private static MutationCase? Reindented(BaseEdit edit, Random random, Func<string, string> shift, bool fits) =>
        fits ? Write.Any(edit, random, edit.Before, Each(edit.Old, shift), Each(edit.New, shift), edit.After) : null;

    private static MutationCase? ExchangeTabs(BaseEdit edit, Random random)
    {
        var lines = edit.Old.Concat(edit.New).Where(line => !BaseEdit.IsBlank(line)).ToList();
        if (lines.TrueForAll(line => !char.IsWhiteSpace(line[0])))
            return null;
        if (lines.TrueForAll(line => BaseEdit.Indent(line).All(character => character == '\t')))
            return Write.Any(edit, random, edit.Before, Each(edit.Old, line => Spaced(line, 4)), Each(edit.New, line => Spaced(line, 4)), edit.After);
        var unit = UnitOf(edit.Lines);
        if (!lines.TrueForAll(line => BaseEdit.Indent(line).All(character => character == ' ') && BaseEdit.Indent(line).Length % unit == 0))
            return null;
        return Write.Any(edit, random, edit.Before, Each(edit.Old, line => Tabbed(line, unit)), Each(edit.New, line => Tabbed(line, unit)), edit.After);
    }

    private static MutationCase? OtherWidth(BaseEdit edit, Random random)
    {
        var unit = UnitOf(edit.Lines);
        var indents = edit.Old.Where(line => !BaseEdit.IsBlank(line)).Select(BaseEdit.Indent).Distinct(StringComparer.Ordinal).ToList();
        var all = edit.Old.Concat(edit.New).Where(line => !BaseEdit.IsBlank(line)).Select(BaseEdit.Indent);
        if (indents.Count < 2 || !all.All(indent => indent.All(character => character == ' ') && indent.Length % unit == 0))
            return null;
        var other = unit == 4 ? 2 : 4;
        string Scale(string line) => BaseEdit.IsBlank(line) ? line : new string(' ', BaseEdit.Indent(line).Length / unit * other) + line.TrimStart();
        return Write.Any(edit, random, edit.Before, Each(edit.Old, Scale), Each(edit.New, Scale), edit.After);
    }

    private static int UnitOf(string[] lines)
    {
        var steps = new int[9];
        var previous = 0;
        foreach (var indent in lines.Where(line => !BaseEdit.IsBlank(line)).Select(line => BaseEdit.Indent(line).Length))
        {
            if (indent - previous is > 1 and <= 8)
                steps[indent - previous]++;
            previous = indent;
        }

        var best = Array.IndexOf(steps, steps.Max());
        return best > 1 ? best : 4;
    }

    private static string Tabbed(string line, int unit) => BaseEdit.IsBlank(line) ? line : new string('\t', BaseEdit.Indent(line).Length / unit) + line.TrimStart();

    private static string Spaced(string line, int unit) => BaseEdit.IsBlank(line) ? line : new string(' ', BaseEdit.Indent(line).Length * unit) + line.TrimStart();

    // A blank line beside the changed lines belongs to neither side for certain once it is left out.
    private static bool KeepsBlankLines(BaseEdit edit)
    {
        var blanks = edit.Old.Count(BaseEdit.IsBlank);
        return edit.New.Count(BaseEdit.IsBlank) == blanks && SequenceDiff.Compute(edit.Old, edit.New).All(change => change.OldEnd > change.OldStart && change.NewEnd > change.NewStart);
    }

    private static string[] InsertBlankLikewise(BaseEdit edit) =>
        edit.New.Length > 1 && edit.New[0] == edit.Old[0] && edit.New[1] == edit.Old[1] ? [edit.New[0], "", .. edit.New[1..]] : edit.New;

    private static MutationCase? AtEndOfFile(BaseEdit edit, Random random)
    {
        var file = edit with { Lines = edit.Lines[..edit.End], FinalNewline = false };
        return file.Before.EndsWith('\n') || file.After.EndsWith('\n') ? null : Write.Any(edit, random, file.Before, edit.Old, edit.New, file.After);
    }

    private static MutationCase? LineNumbers(BaseEdit edit, Random random)
    {
        var style = random.Next(3);
        string[] Numbered(string[] lines) => [.. lines.Select((line, index) => style switch
        {
            0 => $"{edit.Start + index + 1,4} | {line}",
            1 => $"{edit.Start + index + 1,6}\t{line}",
            _ => $"{edit.Start + index + 1}: {line}",
        })];
        return Write.Quoting(edit, random, edit.Before, Numbered(edit.Old), random.Next(2) == 0 ? Numbered(edit.New) : edit.New, edit.After);
    }

    private static MutationCase? Entities(BaseEdit edit, Random random)
    {
        var escaped = Each(edit.Old, line => WebUtility.HtmlEncode(line)!);
        if (escaped.SequenceEqual(edit.Old) || edit.Old.Concat(edit.New).Any(line => line.Any(character => character > '~')))
            return null;
        return Write.Quoting(edit, random, edit.Before, escaped, random.Next(2) == 0 ? edit.New : Each(edit.New, line => WebUtility.HtmlEncode(line)!), edit.After);
    }

    private static MutationCase? Typographic(BaseEdit edit, Random random)
    {
        static string Curl(string line) => line.Replace('"', '\u201D').Replace('\'', '\u2019').Replace('-', '\u2013');
        var block = edit.Old.Concat(edit.New).ToList();
        if (!edit.Old.Any(line => Curl(line) != line) || block.Exists(line => line.AsSpan().ContainsAny("\u201C\u201D\u2018\u2019\u2013")))
            return null;
        return Write.Any(edit, random, edit.Before, Each(edit.Old, Curl), Each(edit.New, Curl), edit.After);
    }

    private static MutationCase Dollars(BaseEdit edit, Random random)
    {
        var changed = edit with { New = [.. edit.New, BaseEdit.Indent(edit.New[^1]) + @"$& $1 $$ ${name} \1 \n $` %s {0}"] };
        return Write.Any(edit, random, edit.Before, edit.Old, changed.New, changed.After);
    }

    private static MutationCase? FirstLineBare(BaseEdit edit, Random random)
    {
        if (edit.Old[0].TrimStart() == edit.Old[0] || edit.Old[0] != edit.New[0] || edit.Old.Skip(1).All(line => line.TrimStart() == line))
            return null;
        return Write.Quoting(edit, random, edit.Before, [edit.Old[0].TrimStart(), .. edit.Old[1..]], [edit.New[0].TrimStart(), .. edit.New[1..]], edit.After);
    }

    private static MutationCase NormalForm(BaseEdit edit, Random random)
    {
        var line = BaseEdit.Indent(edit.Old[0]) + "// déjà vu, naïve café, Ångström " + random.Next(10_000);
        var file = Widen(edit, line.Normalize(NormalizationForm.FormD));
        return Write.Any(edit, random, file.Before, [line, .. edit.Old], [line, .. edit.New], file.After);
    }

    private static MutationCase Emoji(BaseEdit edit, Random random)
    {
        var line = BaseEdit.Indent(edit.Old[0]) + "// ⚠️ careful 👩‍💻 ❤️ " + random.Next(10_000);
        var file = Widen(edit, line);
        var plain = line.Replace("\uFE0F", "", StringComparison.Ordinal);
        return Write.Any(edit, random, file.Before, [plain, .. edit.Old], [plain, .. edit.New], file.After);
    }

    private static MutationCase LongLine(BaseEdit edit, Random random)
    {
        var line = "var data = \"" + string.Concat(Enumerable.Range(0, 8000).Select(_ => (char)('a' + random.Next(26)))) + "\";";
        var file = Widen(edit, line);
        return Write.Any(edit, random, file.Before, [line, .. edit.Old], [line, .. edit.New], file.After);
    }

    private static MutationCase InnerTab(BaseEdit edit, Random random)
    {
        var word = "value_" + random.Next(10_000);
        var file = Widen(edit, $"{word} = 1;\t\t// note\tend");
        return Write.Any(edit, random, file.Before, [$"{word} = 1; // note end", .. edit.Old], [$"{word} = 1; // note end", .. edit.New], file.After);
    }

    /// <summary>The edit on a file with one more line at the top of the block, which the edit leaves alone.</summary>
    private static BaseEdit Widen(BaseEdit edit, string line) => edit with
    {
        Lines = [.. edit.Lines[..edit.Start], line, .. edit.Lines[edit.Start..]],
        Old = [line, .. edit.Old],
        New = [line, .. edit.New],
    };

    private static MutationCase? MixedEndings(BaseEdit edit, Random random)
    {
        // Endings alternate outside of the changed lines, whose own ending is that of the line above.
        var ending = edit.Lines.Select((_, index) => index < edit.Start ? index % 2 == 0 ? "\r\n" : "\n" : "\r\n").ToArray();
        string Text(IEnumerable<(string Line, string Ending)> lines) => string.Concat(lines.Select(line => line.Line + line.Ending));
        var before = edit.Lines.Zip(ending).ToList();
        var after = before.Take(edit.Start).Concat(edit.New.Select(line => (line, "\r\n"))).Concat(before.Skip(edit.End));
        return Write.Any(edit, random, Text(before), edit.Old, edit.New, Text(after));
    }

    private static bool HasInnerSpace(string line) => line.Trim().Contains(' ', StringComparison.Ordinal);

    private static string NoBreak(string line) => BaseEdit.Indent(line) + line.TrimStart().Replace(' ', '\u00A0');

    private static MutationCase JsonEscapes(BaseEdit edit)
    {
        static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return Write.StrReplace(edit, edit.Before, Escape(Write.Join(edit.Old)), Escape(Write.Join(edit.New)), edit.After);
    }

    // A deletion, or a change of very little, leaves nothing to recognise.
    private static bool IsRecognisable(BaseEdit edit) => edit.New.Count(line => !BaseEdit.IsBlank(line)) >= 2;

    private static MutationCase? BareBlankLines(BaseEdit edit, Random random)
    {
        if (!edit.Old.Any(line => line.Length == 0))
            return null;
        var lines = Write.Marked(edit.Old, edit.New).Select(line => line == " " ? "" : line);
        return new MutationCase(edit.File.Path, edit.Before, EditFormat.UnifiedDiff,
            $"--- a/{edit.File.Path}\n+++ b/{edit.File.Path}\n@@ -{random.Next(1, 500)},{edit.Old.Length} +1,{edit.New.Length} @@\n{string.Join('\n', lines)}\n", edit.After);
    }

    private static MutationCase? TwoEdits(BaseEdit edit, Random random)
    {
        if (BaseEdit.Choose(edit.File, random) is not { } other || (other.Start < edit.End + 1 && edit.Start < other.End + 1))
            return null;
        var (first, second) = edit.Start < other.Start ? (edit, other) : (other, edit);
        var after = edit.Text([.. edit.Lines[..first.Start], .. first.New, .. edit.Lines[first.End..second.Start], .. second.New, .. edit.Lines[second.End..]]);
        return new MutationCase(edit.File.Path, edit.Before, EditFormat.SearchReplace,
            Write.Block(edit.File.Path, second.Old, second.New) + "\nand\n\n" + Write.Block(edit.File.Path, first.Old, first.New), after);
    }

    private static MutationCase NamedDuplicate(BaseEdit edit, Random random)
    {
        var doubled = edit with { Lines = [.. edit.Lines, "", .. edit.Old, "", "end_of_file"] };
        return Write.Diff(edit, doubled.Before, edit.Old, edit.New, doubled.After, $"@@ -{edit.Start + 1},{edit.Old.Length} +{random.Next(1, 9000)},{edit.New.Length} @@");
    }

    private static string[] Each(string[] lines, Func<string, string> change) => [.. lines.Select(line => BaseEdit.IsBlank(line) ? line : change(line))];

    private static string[] Content(string[] lines) => [.. lines.Where(line => !BaseEdit.IsBlank(line))];

    private static string[] Fenced(string[] lines) => ["```", .. lines, "```"];

    private static string Crlf(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);
}
