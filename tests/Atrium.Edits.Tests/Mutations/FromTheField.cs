using System.Net;

namespace Atrium.Edits.Tests.Mutations;

/// <summary>
/// Slips that real models and the layers around them make, chosen by what goes wrong in practice and not by what the applier knows.
/// H may be applied, and then exactly so, or refused; X must be refused. Anything else is corruption.
/// </summary>
internal static class FromTheField
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("H1", "middle elided by ... in both texts", (edit, random) => Elided(edit, random, "...")),
        new("H2", "middle elided by a comment in both texts", (edit, random) => Elided(edit, random, "// ... existing code ...")),
        new("H3", "deepest indentation flattened", (edit, random) => Flattened(edit, random)),
        new("H4", "all lines but the first indented too far", (edit, random) => edit.Old[0] == edit.New[0] ? Quoted(edit, random, AllButFirst(edit.Old, Deeper), AllButFirst(edit.New, Deeper)) : null),
        new("H5", "typographic quotes in the old text only", (edit, random) => Changed(edit, Curl) ? Quoted(edit, random, Each(edit.Old, Curl), edit.New) : null),
        new("H6", "every blank line doubled", (edit, random) => edit.Old.Any(BaseEdit.IsBlank) ? Quoted(edit, random, Doubled(edit.Old), Doubled(edit.New)) : null),
        new("H7", "a blank line after every line", (edit, random) => Quoted(edit, random, Spread(edit.Old), Spread(edit.New))),
        new("H8", "only < and > escaped", (edit, random) => Changed(edit, Angles) ? Quoted(edit, random, Each(edit.Old, Angles), Each(edit.New, Angles)) : null),
        new("H9", "escaped twice", (edit, random) => Changed(edit, Twice) ? Quoted(edit, random, Each(edit.Old, Twice), Each(edit.New, Twice)) : null),
        new("H10", "new text alone in a fence", (edit, random) => HasFence(edit) ? null : Quoted(edit, random, edit.Old, ["```js", .. edit.New, "```"])),
        new("H11", "whole file with line numbers", (edit, _) => Whole(edit, edit.Text(edit.After.TrimEnd('\n').Split('\n').Select((line, index) => $"{index + 1,5} | {line}")))),
        new("H12", "whole file escaped", (edit, _) => edit.After.Contains('&', StringComparison.Ordinal) || !edit.After.Contains('<', StringComparison.Ordinal) ? null : Whole(edit, WebUtility.HtmlEncode(edit.After)!)),
        new("H13", "whole file in two fences", (edit, _) => HasFence(edit) ? null : Whole(edit, $"```js\n{edit.After}```\n")),
        new("H14", "second edit quotes what the first makes", Chained),
        new("H15", "second edit quotes what the first changes", Beside),
        new("H16", "same edit twice, once indented further", (edit, _) => Blocks(edit, (edit.Old, edit.New), (Each(edit.Old, Deeper), Each(edit.New, Deeper)))),
        new("H17", "duplicate that is indented otherwise", (edit, random) => Quoted(edit with { Lines = [.. edit.Lines, "", .. Each(edit.Old, Deeper), "end_of_file"] }, random, edit.Old, edit.New)),
        new("H18", "last line cut off in both texts", (edit, _) => CutLast(edit, inNew: true)),
        new("H19", "last line cut off in the old text only", (edit, _) => CutLast(edit, inNew: false)),
        new("H20", "first line begun late in the old text only", (edit, _) => CutFirst(edit)),
        new("H21", "remarks inside the fence, behind the block", (edit, _) => Answer(edit, $"{edit.File.Path}\n```js\n{Write.Block("", edit.Old, edit.New).TrimStart()}This changes the block as you asked.\n```\n")),
        new("H22", "headings before the file name", (edit, _) => Answer(edit, $"## Changes\n\n### 1. `{edit.File.Path}`\n\nReplace the block:\n\n```js\n{Write.Block("", edit.Old, edit.New).TrimStart()}```\n\n### 2. Nothing else\n")),
        new("H23", "Windows path", (edit, _) => Answer(edit, Write.Block(edit.File.Path.Replace('/', '\\'), edit.Old, edit.New))),
        new("H24", "absolute path of another machine", (edit, _) => Answer(edit, Write.Block(@"C:\Users\me\project\" + edit.File.Path.Replace('/', '\\'), edit.Old, edit.New))),
        new("H25", "CRLF in the old text only", (edit, _) => Write.StrReplace(edit, edit.Before, string.Join("\r\n", edit.Old), Write.Join(edit.New), edit.After)),
        new("H26", "CRLF in the whole answer", (edit, random) => Write.Any(edit, random, edit.Before, edit.Old, edit.New, edit.After) is var made && made.Format != EditFormat.StrReplace ? made with { Edit = made.Edit.Replace("\n", "\r\n", StringComparison.Ordinal) } : null),
        new("H27", "JSON with a comma too many, in a tool-call tag", (edit, _) => Write.StrReplace(edit, edit.Before, Write.Join(edit.Old), Write.Join(edit.New), edit.After) is var made ? made with { Format = EditFormat.Auto, Edit = $"<tool_call>\n{made.Edit[..^1]},}}\n</tool_call>" } : null),
        new("H28", "draft in thoughts before the answer", (edit, _) => Answer(edit, $"<think>\nPerhaps so:\n{Write.Block(edit.File.Path, edit.Old, [.. edit.New, "draft_line()"])}\nNo, better:\n</think>\n{Write.Block(edit.File.Path, edit.Old, edit.New)}")),
        new("H29", "diff whose context lost its leading space", (edit, _) => Write.Diff(edit, edit.Before, edit.Old, edit.New, edit.After) is var made ? made with { Edit = made.Edit.Replace("\n ", "\n", StringComparison.Ordinal) } : null),
        new("H30", "diff with counts too large", (edit, random) => Write.Diff(edit, edit.Before, edit.Old, edit.New, edit.After, $"@@ -{edit.Start + 1},{edit.Old.Length + random.Next(1, 40)} +{edit.Start + 1},{edit.New.Length + random.Next(1, 40)} @@")),
        new("H31", "diff with counts too small", (edit, random) => Write.Diff(edit, edit.Before, edit.Old, edit.New, edit.After, $"@@ -{edit.Start + 1},1 +{edit.Start + 1},1 @@")),
        new("H32", "diff that wrongly says no newline at end of file", (edit, _) => Write.Diff(edit, edit.Before, edit.Old, edit.New, edit.After) is var made ? made with { Edit = made.Edit + "\\ No newline at end of file\n" } : null),
        new("H33", "zero-width characters in the old text", (edit, random) => Quoted(edit, random, Each(edit.Old, line => line.Insert(BaseEdit.Indent(line).Length + 1, "\u200B")), edit.New)),
        new("H34", "indentation of the next line at the end of the old text", (edit, _) => edit.End < edit.Lines.Length && BaseEdit.Indent(edit.Lines[edit.End]) is { Length: > 0 } next && !BaseEdit.IsBlank(edit.Lines[edit.End]) ? Write.StrReplace(edit, edit.Before, Write.Join(edit.Old) + "\n" + next, Write.Join(edit.New), edit.After) : null),
        new("H35", "line numbers that are off by some lines", (edit, random) => Quoted(edit, random, Numbered(edit.Old, edit.Start + 4), Numbered(edit.New, edit.Start + 4))),
        new("H36", "line numbers on some lines only", (edit, random) => Quoted(edit, random, [$"{edit.Start + 1}: {edit.Old[0]}", .. edit.Old[1..]], edit.New)),
        new("X1", "middle elided in the old text only", (edit, random) => edit.Old.Length < 5 ? null : Refused(edit, random, [edit.Old[0], "...", edit.Old[^1]], Fresh(edit))),
        new("X2", "lines left out between two places in one hunk", (edit, _) => edit.Old.Length < 5 || edit.Old[1..^1].All(BaseEdit.IsBlank) || !MustRefuse.IsAbsent(edit, [edit.Old[0], edit.Old[^1]]) ? null : Write.Diff(edit, edit.Before, [edit.Old[0], edit.Old[^1]], Fresh(edit), null)),
        new("X3", "closing line too many", (edit, random) => edit.End < edit.Lines.Length && edit.Lines[edit.End..].FirstOrDefault(line => !BaseEdit.IsBlank(line))?.Trim() != "});;" ? Refused(edit, random, [.. edit.Old, "});;"], Fresh(edit)) : null),
        new("X4", "letter of another alphabet", (edit, random) => Spoilt(edit, random, line => Swap(line, 'a', 'а') ?? Swap(line, 'e', 'е') ?? Swap(line, 'o', 'о'))),
        new("X5", "other case", (edit, random) => Spoilt(edit, random, line => line.ToUpperInvariant() is var upper && upper != line ? upper : null)),
        new("X6", "other kind of quotes", (edit, random) => Spoilt(edit, random, line => Swap(line, '\'', '"') ?? Swap(line, '"', '\''))),
        new("X7", "semicolon dropped", (edit, random) => Spoilt(edit, random, line => line.TrimEnd() is [.., ';'] ? line.TrimEnd()[..^1] : null)),
        new("X8", "remark on a line of the old text", (edit, random) => Spoilt(edit, random, line => line + " // <-- this line")),
        new("X9", "long line cut by an ellipsis", (edit, random) => Spoilt(edit, random, line => line.Trim().Length > 24 ? line[..^8] + "…" : null)),
        new("X10", "no file named, two in the call", (edit, _) => TwoFiles(edit, "")),
        new("X11", "name that ends two paths", (edit, _) => !edit.File.Path.Contains('/', StringComparison.Ordinal) ? null : TwoFiles(edit, edit.File.Path.Split('/')[^1])),
        new("X12", "whole file cut off", (edit, random) => HasFence(edit) ? null : new MutationCase(edit.File.Path, edit.Before, EditFormat.WholeFile, $"{edit.File.Path}\n```\n{edit.After[..random.Next(edit.After.Length / 2, edit.After.Length)]}", null)),
        new("X13", "lone brace to replace", (edit, random) => edit.Lines.Count(line => line == "}") > 1 ? Write.Any(edit, random, edit.Before, ["}"], ["} // end"], null) : null),
        new("X14", "line number names a place that differs", (edit, random) => Refused(edit, random, Numbered(["no_such_line();", "nor_this();"], edit.Start + 1), Numbered(edit.New, edit.Start + 1))),
        new("X15", "lines of two places in one block", (edit, random) => BaseEdit.Choose(edit.File, random) is { } other && Math.Abs(other.Start - edit.Start) > 12 ? Refused(edit, random, [.. edit.Old, .. other.Old], Fresh(edit)) : null),
    ];

    private static MutationCase Quoted(BaseEdit edit, Random random, string[] old, string[] @new) => Write.Quoting(edit, random, edit.Before, old, @new, edit.After);

    // A spoilt text that is there by chance would be a good edit.
    private static MutationCase? Refused(BaseEdit edit, Random random, string[] old, string[] @new) =>
        !MustRefuse.IsAbsent(edit, old) || edit.Before.Contains(Write.Join(old), StringComparison.Ordinal) ? null : Write.Any(edit, random, edit.Before, old, @new, null);

    private static string[] Fresh(BaseEdit edit) => [edit.Old[0], "entirely_new_line();", edit.Old[^1]];

    private static MutationCase Answer(BaseEdit edit, string answer) => new(edit.File.Path, edit.Before, EditFormat.SearchReplace, answer, edit.After);

    private static MutationCase? Whole(BaseEdit edit, string content) =>
        HasFence(edit) ? null : new MutationCase(edit.File.Path, edit.Before, EditFormat.WholeFile, $"{edit.File.Path}\n````\n{content}````\n", edit.After);

    private static MutationCase? Elided(BaseEdit edit, Random random, string dots)
    {
        var changed = edit.Old.Length >= 5 && edit.New.Length == edit.Old.Length && edit.New.Skip(1).SequenceEqual(edit.Old.Skip(1));
        return changed ? Quoted(edit, random, [edit.Old[0], dots, edit.Old[^1]], [edit.New[0], dots, edit.New[^1]]) : null;
    }

    private static MutationCase? Flattened(BaseEdit edit, Random random)
    {
        var indents = edit.Old.Where(line => !BaseEdit.IsBlank(line)).Select(BaseEdit.Indent).OrderBy(indent => indent.Length).ToList();
        string Flat(string line) => BaseEdit.Indent(line).Length > indents[0].Length ? indents[0] + "  " + line.TrimStart() : line;
        return indents.DistinctBy(indent => indent.Length).Count() < 3 ? null : Quoted(edit, random, Each(edit.Old, Flat), Each(edit.New, Flat));
    }

    private static MutationCase? Chained(BaseEdit edit, Random random)
    {
        if (edit.New.Length < 2 || edit.Before.Contains(edit.New[0], StringComparison.Ordinal))
            return null;
        string[] second = ["second_change();", .. edit.New[1..]];
        return Blocks(edit with { New = second }, (edit.Old, edit.New), (edit.New, second));
    }

    private static MutationCase? Beside(BaseEdit edit, Random random)
    {
        if (edit.Old.Length < 4 || edit.Old[..2].Any(BaseEdit.IsBlank))
            return null;
        string[] first = ["first_change();", .. edit.Old[1..]], second = [.. edit.Old[..^1], "second_change();"];
        return Blocks(edit with { New = ["first_change();", .. edit.Old[1..^1], "second_change();"] }, (edit.Old, first), (edit.Old, second));
    }

    private static MutationCase Blocks(BaseEdit edit, params (string[] Old, string[] New)[] blocks) =>
        Answer(edit, string.Concat(blocks.Select(block => Write.Block(edit.File.Path, block.Old, block.New))));

    private static MutationCase? CutLast(BaseEdit edit, bool inNew)
    {
        var last = edit.Old[^1];
        if (edit.New[^1] != last || last.Trim().Length < 16)
            return null;
        var cut = last[..^(last.Trim().Length / 3)];
        return Write.StrReplace(edit, edit.Before, Write.Join([.. edit.Old[..^1], cut]), Write.Join(inNew ? [.. edit.New[..^1], cut] : edit.New), edit.After);
    }

    private static MutationCase? CutFirst(BaseEdit edit)
    {
        var first = edit.Old[0];
        if (edit.New[0] != first || first.Trim().Length < 16)
            return null;
        var late = first[(first.Length - (first.Trim().Length * 2 / 3))..];
        return Write.StrReplace(edit, edit.Before, Write.Join([late, .. edit.Old[1..]]), Write.Join(edit.New), edit.After);
    }

    private static MutationCase? TwoFiles(BaseEdit edit, string name) =>
        new(edit.File.Path, edit.Before, EditFormat.SearchReplace, Write.Block(name, edit.Old, edit.New), null) { OtherPath = "other/" + edit.File.Path.Split('/')[^1] };

    private static MutationCase? Spoilt(BaseEdit edit, Random random, Func<string, string?> spoil)
    {
        var lines = Enumerable.Range(0, edit.Old.Length).Where(index => !BaseEdit.IsBlank(edit.Old[index]) && spoil(edit.Old[index]) is not null).ToList();
        if (lines.Count == 0)
            return null;
        var at = lines[random.Next(lines.Count)];
        return Refused(edit, random, [.. edit.Old[..at], spoil(edit.Old[at])!, .. edit.Old[(at + 1)..]], Fresh(edit));
    }

    private static string? Swap(string line, char from, char to) => line.Contains(from, StringComparison.Ordinal) ? line.Replace(from, to) : null;

    private static bool Changed(BaseEdit edit, Func<string, string> change) =>
        edit.Old.Any(line => change(line) != line) && edit.Old.Concat(edit.New).All(line => !line.Contains('&', StringComparison.Ordinal) && !line.AsSpan().ContainsAny("“”‘’–"));

    private static bool HasFence(BaseEdit edit) => edit.Before.Contains("```", StringComparison.Ordinal) || edit.File.Kind == "Markdown";

    private static string[] Numbered(string[] lines, int first) => [.. lines.Select((line, index) => $"{first + index} | {line}")];

    private static string[] Doubled(string[] lines) => [.. lines.SelectMany(line => BaseEdit.IsBlank(line) ? [line, line] : new[] { line })];

    private static string[] Spread(string[] lines) => [.. lines.SelectMany(line => new[] { line, "" }).SkipLast(1)];

    private static string[] AllButFirst(string[] lines, Func<string, string> change) => [lines[0], .. Each(lines[1..], change)];

    private static string[] Each(string[] lines, Func<string, string> change) => [.. lines.Select(line => BaseEdit.IsBlank(line) ? line : change(line))];

    private static string Deeper(string line) => "    " + line;

    private static string Curl(string line) => line.Replace('"', '\u201D').Replace('\'', '\u2019');

    private static string Angles(string line) => line.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Encode(string line) => WebUtility.HtmlEncode(line)!;

    private static string Twice(string line) => Encode(Encode(line));
}
