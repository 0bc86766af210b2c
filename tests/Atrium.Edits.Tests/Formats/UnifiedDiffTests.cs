namespace Atrium.Edits.Tests.Formats;

public sealed class UnifiedDiffTests
{
    private const string File = "one\n\ntwo\nthree\nfour\n";
    private const string Expected = "one\n\n2\nthree\nfour\n";

    [Theory]
    [InlineData("--- a/src/app.js\n+++ b/src/app.js\n@@ -1,4 +1,4 @@\n one\n \n-two\n+2\n three\n")]
    [InlineData("--- a/src/app.js\n+++ b/src/app.js\n@@ -70,4 +99,4 @@ function x() {\n one\n\n-two\n+2\n three\n")]
    [InlineData("--- src/app.js\n+++ src/app.js\n@@ ... @@\n one\n\n-two\n+2\n")]
    [InlineData("```diff\n--- a/src/app.js\t2024-01-01 00:00:00\n+++ b/src/app.js\t2024-01-01 00:00:00\n@@\n-two\n+2\n```\nThat is all.\n")]
    [InlineData("diff --git a/src/app.js b/src/app.js\nindex 1111111..2222222 100644\n--- a/src/app.js\n+++ b/src/app.js\n@@ -3 +3 @@\n-two\n+2\n")]
    [InlineData("--- a/src/app.js\n+++ b/src/app.js\n one\n \n-two\n+2\n")]
    [InlineData("@@ -3,1 +3,1 @@\n-two\n+2\n")]
    [InlineData("--- \"a/src/app.js\"\n+++ \"b/src/app.js\"\n@@ -3 +3 @@\n-two\n+2\n-- \n2.40.1\n")]
    public void Reads_diffs_as_models_write_them(string diff) => Call.Apply(File, EditFormat.UnifiedDiff, diff).Content().ShouldBe(Expected);

    [Fact]
    public void Tells_a_removed_comment_line_from_a_file_header() =>
        Call.Apply("a\n-- old\nb\n", EditFormat.UnifiedDiff, "--- a/q.sql\n+++ b/q.sql\n@@ -1,3 +1,3 @@\n a\n--- old\n+++ new\n b\n", "q.sql").Content().ShouldBe("a\n++ new\nb\n");

    [Fact]
    public void Reads_several_files_with_creation_deletion_and_rename()
    {
        const string Diff = """
            diff --git a/a.txt b/a.txt
            --- a/a.txt
            +++ b/a.txt
            @@ -1 +1 @@
            -a
            +x
            diff --git a/new.txt b/new.txt
            new file mode 100644
            --- /dev/null
            +++ b/new.txt
            @@ -0,0 +1,2 @@
            +n1
            +n2
            diff --git a/old.txt b/old.txt
            deleted file mode 100644
            --- a/old.txt
            +++ /dev/null
            @@ -1 +0,0 @@
            -gone
            diff --git a/b.txt b/c.txt
            similarity index 50%
            rename from b.txt
            rename to c.txt
            --- a/b.txt
            +++ b/c.txt
            @@ -1 +1 @@
            -b
            +c

            """;
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.txt"] = "a\n", ["old.txt"] = "gone\n", ["b.txt"] = "b\n" };

        var result = EditApplier.Apply(files, EditFormat.UnifiedDiff, Diff);

        result.Status.ShouldBe(EditStatus.Applied, EditProblems.ForModel(result.Problems));
        result.Files.ShouldBe(new Dictionary<string, string?>(StringComparer.Ordinal) { ["a.txt"] = "x\n", ["new.txt"] = "n1\nn2\n", ["old.txt"] = null, ["b.txt"] = null, ["c.txt"] = "c\n" }, ignoreOrder: true);
    }

    [Fact]
    public void Adds_and_removes_the_final_line_feed_when_the_diff_says_so()
    {
        Call.Apply("a\nb", EditFormat.UnifiedDiff, "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n").Content().ShouldBe("a\nb\n");
        Call.Apply("a\nb\n", EditFormat.UnifiedDiff, "@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n").Content().ShouldBe("a\nb");
    }

    [Fact]
    public void Ignores_a_mark_about_the_final_line_feed_in_the_middle_of_the_file() =>
        Call.Apply("a\nb\nc\n", EditFormat.UnifiedDiff, "@@ -1,2 +1,2 @@\n a\n-b\n+x\n\\ No newline at end of file\n").Content().ShouldBe("a\nx\nc\n");

    [Theory]
    [InlineData("@@ -1,5 +1,5 @@\n one\n \n-two\n")]
    [InlineData("```diff\n@@\n-two\n+2\n")]
    [InlineData("--- a/src/app.js\n+++ b/src/app.js\n")]
    [InlineData("@@ -3,1 +3,1 @@\n-two\n+2")]
    [InlineData("@@ -3,2 +3,2 @@\n-two\n+2\n  ")]
    [InlineData("nothing")]
    public void Refuses_what_is_cut_off_or_no_diff(string diff) =>
        Call.Apply(File, EditFormat.UnifiedDiff, diff).Problem().Code.ShouldBe(EditProblemCode.Malformed);

    [Fact]
    public void Compares_removed_and_context_lines_with_the_file() =>
        Call.Apply(File, EditFormat.UnifiedDiff, "@@ -3,2 +3,2 @@\n-TWO\n+2\n three\n").Problem().Code.ShouldBe(EditProblemCode.NotFound);

    [Fact]
    public void Refuses_to_insert_by_line_number_alone() =>
        Call.Apply(File, EditFormat.UnifiedDiff, "@@ -3,0 +4,1 @@\n+new\n").Problem().Code.ShouldBe(EditProblemCode.EmptySearch);
}
