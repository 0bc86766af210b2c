using System.Text.Json;

namespace Atrium.Edits.Tests.Mutations;

/// <summary>Spoilings after which nobody can know what is meant, or what is meant is wrong: nothing may change.</summary>
internal static class MustRefuse
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("N1", "block is there twice", (edit, random) => Write.Any(edit, random, Doubled(edit, line => line), edit.Old, edit.New, null)),
        new("N2", "two places fit loosely", (edit, random) => Write.Quoting(edit, random, Doubled(edit, line => "    " + line), Each(edit.Old, line => "  " + line), Each(edit.New, line => "  " + line), null)),
        new("N3", "invented lines between real ones", InventedMiddle),
        new("N4", "block was half rewritten since", HalfRewritten),
        new("N5", "placeholder for left-out code", PlaceholderInNew),
        new("N6", "one character differs", Typo),
        new("N7", "made for another content", (edit, _) => edit.New.Length == 0 ? null : new MutationCase(edit.File.Path, edit.Before, EditFormat.StrReplace, JsonSerializer.Serialize(new { path = edit.File.Path, base_hash = ContentHash.Of(edit.Before + " "), old_str = Write.Join(edit.Old), new_str = Write.Join(edit.New) }), null)),
        new("N8", "two edits of one line", TwoOfOne),
        new("N9", "answer cut off", CutOff),
        new("N10", "one good edit, one bad", (edit, _) => new MutationCase(edit.File.Path, edit.Before, EditFormat.SearchReplace, Write.Block(edit.File.Path, edit.Old, edit.New) + Write.Block(edit.File.Path, ["no such line in this file", "nor this one"], ["x"]), null)),
        new("N11", "file that is not there", (edit, random) => Write.Any(edit with { File = edit.File with { Path = "elsewhere/" + random.Next(1000) + ".txt" } }, random, edit.Before, edit.Old, edit.New, null) with { Path = edit.File.Path }),
        new("N12", "line missing inside the block", (edit, random) => edit.Old.Length < 4 || BaseEdit.IsBlank(edit.Old[2]) || !IsAbsent(edit, [.. edit.Old[..2], .. edit.Old[3..]]) ? null : Write.Any(edit, random, edit.Before, [.. edit.Old[..2], .. edit.Old[3..]], Renamed(edit), null)),
        new("N13", "nested repetition", Nested),
        new("N14", "nothing to find", (edit, random) => new[] { "", "\n", "   \n\n" }[random.Next(3)] is var blank ? Write.StrReplace(edit, edit.Before, blank, Write.Join(edit.New), null) : null),
        new("N15", "line went on in the file", LineWentOn),
        new("N16", "path out of the folder", (edit, random) => new MutationCase(edit.File.Path, edit.Before, EditFormat.WholeFile, $"{new[] { "../up.txt", "/etc/passwd.txt", ".git/config.txt", "a/../../b.txt" }[random.Next(4)]}\n```\ntext\n```\n", null)),
        new("N17", "patch scope behind the place", (edit, _) => WrongScope(edit)),
        new("N18", "other number of places expected", (edit, _) => new MutationCase(edit.File.Path, edit.Before, EditFormat.StrReplace, JsonSerializer.Serialize(new { path = edit.File.Path, old_string = Write.Join(edit.Old), new_string = Write.Join(edit.New), expected_replacements = 3 }), null)),
        new("N19", "indentation lost unevenly", UnevenIndent),
        new("N20", "lines in another order", (edit, random) => !IsAbsent(edit, [edit.Old[^1], .. edit.Old[1..^1], edit.Old[0]]) ? null : Write.Any(edit, random, edit.Before, [edit.Old[^1], .. edit.Old[1..^1], edit.Old[0]], Renamed(edit), null)),
        new("N21", "file would be emptied", (edit, _) => new MutationCase(edit.File.Path, edit.Before, EditFormat.WholeFile, $"{edit.File.Path}\n```\n\n```\n", null)),
        new("N22", "line number names neither duplicate", (edit, _) => Write.Diff(edit, Doubled(edit, line => line), edit.Old, edit.New, null, $"@@ -{edit.Start + 3},{edit.Old.Length} +1,{edit.New.Length} @@")),
    ];

    /// <summary>The file with the block a second time, and with something behind it.</summary>
    private static string Doubled(BaseEdit edit, Func<string, string> shift) =>
        edit.Text([.. edit.Lines, "", .. edit.Old.Select(line => BaseEdit.IsBlank(line) ? line : shift(line)), "", "end_of_file"]);

    // A spoilt block that stands elsewhere by chance would be a good edit.
    public static bool IsAbsent(BaseEdit edit, string[] block)
    {
        static string Loose(IEnumerable<string> lines) => "\n" + string.Join('\n', lines.Select(BaseEdit.Loose).Where(line => line.Length > 0)) + "\n";
        return !Loose(edit.Lines).Contains(Loose(block), StringComparison.Ordinal);
    }

    // What the edit wants must not be there by chance, or refusing would be wrong.
    private static string[] Renamed(BaseEdit edit) => [edit.Old[0], "entirely_new_line();", edit.Old[^1]];

    private static MutationCase? InventedMiddle(BaseEdit edit, Random random)
    {
        if (edit.Old.Length < 3)
            return null;
        string[] invented = [edit.Old[0], .. edit.Old[1..^1].Select((_, index) => $"{BaseEdit.Indent(edit.Old[1])}invented_{index}_{random.Next(1000)} = compute(a, b);"), edit.Old[^1]];
        return Write.Any(edit, random, edit.Before, invented, edit.New, null);
    }

    private static MutationCase? HalfRewritten(BaseEdit edit, Random random)
    {
        var half = Math.Max(1, edit.Old.Length / 2);
        string[] rewritten = [.. edit.Old[..half].Select((line, index) => $"{BaseEdit.Indent(line)}rewritten_{index} = {random.Next(1000)};"), .. edit.Old[half..]];
        var stale = edit.Text([.. edit.Lines[..edit.Start], .. rewritten, .. edit.Lines[edit.End..]]);
        return stale.Contains(Write.Join(edit.New), StringComparison.Ordinal) ? null : Write.Any(edit, random, stale, edit.Old, Renamed(edit), null);
    }

    private static MutationCase PlaceholderInNew(BaseEdit edit, Random random)
    {
        var placeholder = new[]
        {
            "// ... rest of the code unchanged ...", "# ... existing code ...", "/* ... other styles remain the same ... */", "<!-- rest of the content stays the same -->",
            "// rest of the function remains unchanged", "...", "{/* ... existing JSX ... */}", "// (rest of the file omitted for brevity)", "# remaining methods unchanged", "// ... keep existing imports ...",
        }[random.Next(10)];
        return Write.Any(edit, random, edit.Before, edit.Old, [edit.New[0], BaseEdit.Indent(edit.New[0]) + placeholder, .. edit.New[1..]], null);
    }

    private static MutationCase? Typo(BaseEdit edit, Random random)
    {
        var index = random.Next(edit.Old.Length);
        var letters = Enumerable.Range(0, edit.Old[index].Length).Where(at => char.IsAsciiLetter(edit.Old[index][at])).ToList();
        if (letters.Count == 0)
            return null;
        var line = edit.Old[index].ToCharArray();
        line[letters[random.Next(letters.Count)]] = 'Ø';
        return Write.Any(edit, random, edit.Before, [.. edit.Old[..index], new string(line), .. edit.Old[(index + 1)..]], Renamed(edit), null);
    }

    private static MutationCase? TwoOfOne(BaseEdit edit, Random random) => new(edit.File.Path, edit.Before, EditFormat.SearchReplace,
        Write.Block(edit.File.Path, edit.Old, ["one_way(" + random.Next(1000) + ")"]) + Write.Block(edit.File.Path, edit.Old, ["another_way(" + random.Next(1000) + ")"]), null);

    private static MutationCase? CutOff(BaseEdit edit, Random random)
    {
        var whole = random.Next(4) switch
        {
            2 => Write.Diff(edit, edit.Before, edit.Old, edit.New, null, $"@@ -{edit.Start + 1},{edit.Old.Length} +{edit.Start + 1},{edit.New.Length} @@"),
            0 => Write.StrReplace(edit, edit.Before, Write.Join(edit.Old), Write.Join(edit.New), null),
            1 => Write.Patch(edit, edit.Before, edit.Old, edit.New, null),
            _ => Write.SearchReplace(edit, edit.Before, edit.Old, edit.New, null),
        };
        var least = whole.Edit.Length / 4;
        return whole with { Edit = whole.Edit[..random.Next(least, whole.Edit.TrimEnd().Length)] };
    }

    /// <summary>A structure that holds itself: the inner block equals the outer one but for its depth, and the edit is written without indentation.</summary>
    private static MutationCase Nested(BaseEdit edit, Random random)
    {
        string[] nested = ["<div>", "  <div>", "    <div>", "      text", "    </div>", "  </div>", "</div>"];
        var file = edit.Text([.. edit.Lines, .. nested, .. nested]);
        return Write.Quoting(edit, random, file, ["      text", "    </div>"], ["      other text", "    </div>"], null);
    }

    private static MutationCase? LineWentOn(BaseEdit edit, Random random)
    {
        string[] longer = [.. edit.Old[..^1], edit.Old[^1] + " && moreOfIt()"];
        var file = edit.Text([.. edit.Lines[..edit.Start], .. longer, .. edit.Lines[edit.End..]]);
        return random.Next(2) == 0 ? Write.SearchReplace(edit, file, edit.Old, Renamed(edit), null) : Write.Diff(edit, file, edit.Old, Renamed(edit), null);
    }

    private static MutationCase WrongScope(BaseEdit edit)
    {
        var file = edit.Text([.. edit.Lines, "function behindEverything() {", "}"]);
        return Write.Patch(edit, file, edit.Old, edit.New, null, " function behindEverything() {");
    }

    private static MutationCase? UnevenIndent(BaseEdit edit, Random random)
    {
        var indents = edit.Old.Where(line => !BaseEdit.IsBlank(line)).Select(BaseEdit.Indent).ToList();
        if (indents.Skip(1).Distinct(StringComparer.Ordinal).Count() < 2)
            return null;
        return Write.Quoting(edit, random, edit.Before, Each(edit.Old, line => line.TrimStart()), Each(Renamed(edit), line => line.TrimStart()), null);
    }

    private static string[] Each(string[] lines, Func<string, string> change) => [.. lines.Select(line => BaseEdit.IsBlank(line) ? line : change(line))];
}
