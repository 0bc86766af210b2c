namespace Atrium.Edits.Tests.Formats;

public sealed class V4ATests
{
    private const string File = "class A:\n    def run(self):\n        return 1\n\nclass B:\n    def run(self):\n        return 1\n";

    [Fact]
    public void Updates_inside_the_named_scopes() =>
        Patch(File, "*** Update File: src/app.js\n@@ class B:\n@@     def run(self):\n-        return 1\n+        return 2\n").Content()
            .ShouldBe(File[..^2] + "2\n");

    [Fact]
    public void Refuses_duplicates_without_scope() =>
        Patch(File, "*** Update File: src/app.js\n@@\n-        return 1\n+        return 2\n").Problem().Code.ShouldBe(EditProblemCode.Ambiguous);

    [Fact]
    public void Refuses_a_scope_that_does_not_hold_the_text() =>
        Patch("a\nlast\nscope here\n", "*** Update File: src/app.js\n@@ scope here\n-last\n+x\n").Problem().Code.ShouldBe(EditProblemCode.NotFound);

    [Fact]
    public void Lets_the_end_of_file_mark_choose() =>
        Patch(File, "*** Update File: src/app.js\n@@\n-        return 1\n+        return 2\n*** End of File\n").Content().ShouldBe(File[..^2] + "2\n");

    [Fact]
    public void Adds_updates_moves_and_deletes()
    {
        const string Sections = "*** Add File: new.txt\n+one\n+\n+two\n*** Delete File: old.txt\n*** Update File: a.txt\n*** Move to: b.txt\n@@\n-a\n+b\n";
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.txt"] = "a\n", ["old.txt"] = "gone\n" };

        var result = EditApplier.Apply(files, EditFormat.V4A, $"*** Begin Patch\n{Sections}*** End Patch");

        result.Status.ShouldBe(EditStatus.Applied, EditProblems.ForModel(result.Problems));
        result.Files.ShouldBe(new Dictionary<string, string?>(StringComparer.Ordinal) { ["new.txt"] = "one\n\ntwo\n", ["old.txt"] = null, ["a.txt"] = null, ["b.txt"] = "b\n" }, ignoreOrder: true);
    }

    [Fact]
    public void Reads_several_hunks_with_bare_blank_lines() =>
        Patch("a\n\nb\nc\nd\n", "*** Update File: src/app.js\n@@\n a\n\n-b\n+B\n@@\n-d\n+D\n").Content().ShouldBe("a\n\nB\nc\nD\n");

    [Theory]
    [InlineData("*** Begin Patch\n*** Update File: src/app.js\n@@\n-a\n+b\n")]
    [InlineData("*** Begin Patch\n*** Update File: src/app.js\n@@\n-a\n+b")]
    [InlineData("*** Begin Patch\n*** End Patch\n")]
    [InlineData("*** Begin Patch\n*** Rename File: x\n*** End Patch\n")]
    [InlineData("text")]
    public void Refuses_what_is_cut_off_or_no_patch(string patch) =>
        Call.Apply("a\n", EditFormat.V4A, patch).Problem().Code.ShouldBe(EditProblemCode.Malformed);

    private static EditResult Patch(string content, string sections) => Call.Apply(content, EditFormat.V4A, $"*** Begin Patch\n{sections}*** End Patch\n");
}
