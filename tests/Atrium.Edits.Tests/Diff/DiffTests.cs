using System.Diagnostics;
using System.Text;
using Atrium.Edits.Tests.Mutations;
using DiffPlex;

namespace Atrium.Edits.Tests.Diff;

public sealed class DiffTests
{
    private const string Before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n";
    private static readonly string After = Before.Replace("2\n3\n", "two\n3\n", StringComparison.Ordinal).Replace("\n11\n", "\n11\nnew\n", StringComparison.Ordinal).Replace("19\n", "", StringComparison.Ordinal);

    [Fact]
    [Keeps("B-123")]
    public void Previews_a_change_as_hunks_with_line_numbers()
    {
        var hunks = FileDiff.Between("a.txt", Before, After).Hunks;

        hunks.Count.ShouldBe(3);
        (hunks[1].OldStart, hunks[1].OldCount, hunks[1].NewStart, hunks[1].NewCount).ShouldBe((9, 6, 9, 7));
        hunks[0].Lines.Take(3).ShouldBe([new DiffLine(DiffLineKind.Context, "1\n"), new DiffLine(DiffLineKind.Removed, "2\n"), new DiffLine(DiffLineKind.Added, "two\n")]);
    }

    [Fact]
    public void Takes_any_hunks_and_leaves_the_others()
    {
        var diff = FileDiff.Between("a.txt", Before, After);

        diff.Accept([1]).ShouldBe(Before.Replace("\n11\n", "\n11\nnew\n", StringComparison.Ordinal));
        diff.Accept([0, 1, 2]).ShouldBe(After);
        diff.Accept([]).ShouldBe(Before);
        Should.Throw<ArgumentOutOfRangeException>(() => diff.Accept([3]));
    }

    [Fact]
    public void Applies_a_hunk_to_a_file_that_took_other_hunks_before()
    {
        var diff = FileDiff.Between("a.txt", Before, After);
        var content = Before;
        foreach (var index in new[] { 2, 0, 1 })
            content = EditApplier.Apply(Call.Files(content, "a.txt"), [diff.Hunks[index].ToOperation("a.txt")]).Content();

        content.ShouldBe(After);
    }

    [Fact]
    public void Shows_the_words_that_differ_inside_a_line()
    {
        var parts = InlineDiff.Between("let total = price;", "let total = netPrice;");

        parts.ShouldBe([
            new InlinePart(DiffLineKind.Context, "let total = "), new InlinePart(DiffLineKind.Removed, "price"),
            new InlinePart(DiffLineKind.Added, "netPrice"), new InlinePart(DiffLineKind.Context, ";")]);
    }

    [Fact]
    public void Finds_no_more_differences_than_another_library()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var old = Enumerable.Range(0, 40).Select(_ => "line " + random.Next(25)).ToList();
            var @new = old.Where(_ => random.Next(8) > 0).SelectMany(line => random.Next(8) == 0 ? [line, "added " + random.Next(9)] : new[] { line }).ToList();
            var theirs = new Differ().CreateLineDiffs(string.Join('\n', old), string.Join('\n', @new), ignoreWhitespace: false).DiffBlocks.Sum(block => block.DeleteCountA + block.InsertCountB);
            var ours = SequenceDiff.Compute(old, @new).Sum(change => change.OldEnd - change.OldStart + change.NewEnd - change.NewStart);

            // Anchoring on unique lines may cost a few lines against the shortest script.
            ours.ShouldBeLessThanOrEqualTo((theirs * 3 / 2) + 4);
        }
    }

    [Theory]
    [InlineData("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n")]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\n", "a\nx\nc\n")]
    [InlineData("a\nb\nc\n", "a\nb\nc\nd\n", "0\na\nb\nc\n", "0\na\nb\nc\nd\n")]
    [InlineData("a\nb\nc\n", "a\nc\n", "a\nb\nc\n", "a\nc\n")]
    [InlineData("", "a\n", "", "a\n")]
    public void Merges_changes_of_different_lines(string origin, string ours, string theirs, string merged) =>
        ThreeWayMerge.Merge(origin, ours, theirs).Text.ShouldBe(merged);

    [Fact]
    public void Returns_conflicts_as_values()
    {
        var result = ThreeWayMerge.Merge("a\nb\nc\n", "a\nours\nc\n", "a\ntheirs\nc\n");

        result.Text.ShouldBeNull();
        result.Conflicts.ShouldBe([new MergePart(MergeSource.Conflict, "b\n", "ours\n", "theirs\n")]);
        result.Resolve(conflict => conflict.Theirs).ShouldBe("a\ntheirs\nc\n");
    }

    [Fact]
    public async Task Writes_diffs_that_git_applies()
    {
        if (!Corpus.IsThere)
            Assert.Skip(Corpus.Missing);
        var folder = Directory.CreateTempSubdirectory("atrium-edits-");
        try
        {
            var patch = new StringBuilder();
            var expected = new Dictionary<string, string>(StringComparer.Ordinal);
            var random = new Random(MutationRun.Seed);
            foreach (var (file, index) in Corpus.Load().Select((file, index) => (file, index)))
            {
                if (BaseEdit.Choose(file, random) is not { } edit)
                    continue;
                var (name, before, after) = Variant(edit, index);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), before);
                patch.Append(UnifiedDiff.Write(name, before, after));
                expected[name] = after;
            }

            patch.Append(UnifiedDiff.Write("new é file.txt", null, "new\nfile"));
            expected["new é file.txt"] = "new\nfile";
            (await Git(folder.FullName, patch.ToString())).ShouldBe("");

            expected.Count.ShouldBeGreaterThanOrEqualTo(150);
            foreach (var (name, content) in expected)
                Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, name))).ShouldBe(content, name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Line endings, byte order marks and missing final line feeds take turns.
    private static (string Name, string Before, string After) Variant(BaseEdit edit, int index)
    {
        var file = index % 4 == 3 ? edit with { Lines = edit.Lines[..edit.End], FinalNewline = false } : edit;
        string Style(string text) => index % 4 == 1 ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : index % 8 == 2 ? "\uFEFF" + text : text;
        return ($"file {index:000}{Path.GetExtension(edit.File.Path)}", Style(file.Before), Style(file.After));
    }

    private static async Task<string> Git(string folder, string patch)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["apply", "--whitespace=nowarn", "-"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await git.StandardInput.BaseStream.WriteAsync(new UTF8Encoding(false).GetBytes(patch));
        git.StandardInput.Close();
        var errors = await git.StandardError.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? "" : errors;
    }
}
