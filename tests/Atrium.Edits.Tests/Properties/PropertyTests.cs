using Atrium.Edits.Tests.Mutations;
using FsCheck;
using FsCheck.Fluent;

namespace Atrium.Edits.Tests.Properties;

public sealed class PropertyTests
{
    private const int Cases = 300;
    private const int Size = 30;

    private static readonly System.Text.Json.JsonSerializerOptions Shown = new() { IncludeFields = true };

    private static readonly string[] Words = ["alpha", "beta();", "  gamma = 1", "\tdelta", "}", "", "  ", "say(\"hi\")", "é…", "<b>&amp;</b>", "...", "12: x", "=======", "```"];

    private static readonly Gen<string> Line = Gen.Elements(Words);

    private static readonly Gen<string> Text =
        from lines in Gen.ArrayOf(Line)
        from ending in Gen.Elements("\n", "\r\n")
        from final in Gen.Elements("", ending)
        select lines.Length == 0 ? "" : string.Join(ending, lines) + final;

    // A change as people make it: some lines of the old text removed, some added.
    private static readonly Gen<(string Before, string After)> Change =
        from lines in Gen.NonEmptyListOf(Line)
        from fates in Gen.ArrayOf(Gen.Choose(0, 9), lines.Count)
        from final in Gen.Elements("", "\n")
        let after = lines.Zip(fates).SelectMany(each => each.Second switch { 0 => [], 1 => [each.First, "inserted " + each.First], 2 => ["changed " + each.First], _ => new[] { each.First } }).ToList()
        select (string.Join('\n', lines) + final, string.Join('\n', after) + (after.Count > 0 ? final : ""));

    private static readonly Gen<string> Garbage =
        from parts in Gen.ArrayOf(Gen.OneOf(
            Gen.Elements("<<<<<<< SEARCH\n", "=======\n", ">>>>>>> REPLACE\n", "@@", "@@ -1,2 +3,4 @@\n", "--- a/f.js\n", "+++ b/f.js\n", "*** Begin Patch\n", "*** Update File: f.js\n", "*** End Patch\n", "*** Add File: ", "{\"old_str\":\"", "\",\"new_str\":\"", "\"}", "[", "{", "}", "```\n", "f.js\n", "\\", "\ud800", "\0", "\u0301"),
            Line.Select(line => line + "\n"),
            Gen.Elements("+", "-", " ", "\n", "\r", "\"")))
        select string.Concat(parts);

    [Fact]
    public void A_diff_of_a_real_change_applies_to_exactly_that_change() => Hold(Change, change =>
    {
        var diff = UnifiedDiff.Write("f.js", change.Before, change.After, context: 1000);
        if (diff.Length == 0 || change.Before.Length == 0 || string.IsNullOrWhiteSpace(change.Before) || change.After.Length == 0)
            return true;
        var result = EditApplier.Apply(Call.Files(change.Before, "f.js"), EditFormat.UnifiedDiff, diff);
        return result.Status switch
        {
            EditStatus.Applied => result.Files["f.js"] == change.After,
            EditStatus.Refused => result.Problems[0].Code == EditProblemCode.Placeholder,
            _ => change.Before == change.After,
        };
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Any_accepted_hunks_equal_the_model_answer(int context) => Hold(
        from change in Change
        from picks in Gen.ArrayOf(Gen.Elements(true, false), 50)
        select (change.Before, change.After, picks),
        each =>
        {
            var diff = FileDiff.Between("f.js", each.Before, each.After, context);
            var accepted = Enumerable.Range(0, diff.Hunks.Count).Where(index => each.picks[index % each.picks.Length]).ToList();
            return diff.Accept(accepted) == Model(each.Before, diff, accepted);
        });

    [Fact]
    public void A_change_and_its_reverse_are_the_identity() => Hold(Change, change =>
    {
        var diff = FileDiff.Between("f.js", change.Before, change.After);
        var back = diff.Reverse();
        return diff.Accept([.. Enumerable.Range(0, diff.Hunks.Count)]) == change.After
            && back.Accept([.. Enumerable.Range(0, back.Hunks.Count)]) == change.Before;
    });

    [Fact]
    public void Applying_is_deterministic_and_does_not_depend_on_the_order() => Hold(
        from content in Text
        from operations in Gen.ListOf(
            from old in Line
            from @new in Line
            from whole in Gen.Elements(true, false)
            select (EditOperation)new ReplaceText { Old = old, New = @new, WholeLines = whole })
        select (content, operations),
        each =>
        {
            if (each.operations.Count == 0)
                return true;
            var forward = EditApplier.Apply(Call.Files(each.content, "f.js"), [.. each.operations]);
            var again = EditApplier.Apply(Call.Files(each.content, "f.js"), [.. each.operations]);
            var backward = EditApplier.Apply(Call.Files(each.content, "f.js"), [.. Enumerable.Reverse(each.operations)]);
            return Same(forward, again) && Same(forward, backward);
        });

    [Theory]
    [InlineData(EditFormat.Auto)]
    [InlineData(EditFormat.SearchReplace)]
    [InlineData(EditFormat.StrReplace)]
    [InlineData(EditFormat.UnifiedDiff)]
    [InlineData(EditFormat.V4A)]
    public void Random_garbage_never_throws_and_never_reaches_another_file(EditFormat format) => Hold(
        from content in Text
        from answer in Garbage
        select (content, answer),
        each =>
        {
            var files = Call.Files(each.content, "f.js");
            files["other.js"] = "untouched\n";
            var result = EditApplier.Apply(files, format, each.answer);
            return result.Files.Keys.All(PathIsFine)
                && !result.Files.ContainsKey("other.js")
                && (result.Status != EditStatus.Refused || (result.Files.Count == 0 && result.Problems.All(problem => problem.ForModel.Split('\n').Length <= 40)));
        });

    [Fact]
    public void What_is_not_edited_stays_byte_for_byte() => Hold(
        from head in Text
        from tail in Text
        select (head, tail),
        each =>
        {
            const string Target = "the_only_target_line();";
            var head = each.head.Length > 0 && !each.head.EndsWith('\n') ? each.head + "\n" : each.head;
            var result = Call.ReplaceLines($"{head}{Target}\n{each.tail}", Target + "\n", "replaced();\n");
            return result.Content() == $"{head}replaced();\n{each.tail}";
        });

    [Fact]
    public void Merging_with_an_unchanged_side_gives_the_other_side() => Hold(Change, change =>
        ThreeWayMerge.Merge(change.Before, change.After, change.Before).Text == change.After
        && ThreeWayMerge.Merge(change.Before, change.Before, change.After).Text == change.After
        && ThreeWayMerge.Merge(change.Before, change.After, change.After).Text == change.After);

    [Fact]
    public void Inline_parts_make_both_lines() => Hold(
        from before in Line
        from after in Line
        select (before, after),
        each =>
        {
            var parts = InlineDiff.Between(each.before, each.after);
            return string.Concat(parts.Where(part => part.Kind != DiffLineKind.Added).Select(part => part.Text)) == each.before
                && string.Concat(parts.Where(part => part.Kind != DiffLineKind.Removed).Select(part => part.Text)) == each.after;
        });

    private static bool PathIsFine(string path) => path.Length > 0 && path[0] != '/' && !path.Contains("..", StringComparison.Ordinal);

    private static bool Same(EditResult left, EditResult right) =>
        left.Status == right.Status && left.Files.OrderBy(file => file.Key, StringComparer.Ordinal).SequenceEqual(right.Files.OrderBy(file => file.Key, StringComparer.Ordinal));

    /// <summary>Replays the printed hunks line by line, as a reader would.</summary>
    private static string Model(string before, FileDiff diff, List<int> accepted)
    {
        var lines = before.Split('\n').Select((line, index) => (line, index)).ToList();
        var text = lines.Select(each => each.index < lines.Count - 1 ? each.line + "\n" : each.line).Where(line => line.Length > 0 || before.Length == 0).ToList();
        foreach (var hunk in accepted.OrderDescending().Select(index => diff.Hunks[index]))
        {
            text.RemoveRange(hunk.OldStart - 1, hunk.OldCount);
            text.InsertRange(hunk.OldStart - 1, hunk.Lines.Where(line => line.Kind != DiffLineKind.Removed).Select(line => line.Text));
        }

        return string.Concat(text);
    }

    /// <summary>The same inputs on every run: a property that fails once fails until it is mended.</summary>
    private static void Hold<T>(Gen<T> generator, Func<T, bool> property)
    {
        foreach (var input in generator.Sample(Size, new Rnd(MutationRun.Seed), Cases))
            property(input).ShouldBeTrue(System.Text.Json.JsonSerializer.Serialize(input, Shown));
    }
}
