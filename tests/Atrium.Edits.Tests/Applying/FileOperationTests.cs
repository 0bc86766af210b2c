namespace Atrium.Edits.Tests.Applying;

public sealed class FileOperationTests
{
    [Fact]
    public void Inserts_lines_before_and_after_an_anchor()
    {
        Call.Apply("a\n  b\nc\n", new InsertText { Anchor = "  b", Text = "  x" }).Content().ShouldBe("a\n  b\n  x\nc\n");
        Call.Apply("a\n  b\nc\n", new InsertText { Anchor = "b", Text = "x", Position = InsertPosition.Before }).Content().ShouldBe("a\n  x\n  b\nc\n");
    }

    [Fact]
    public void Inserts_into_a_line_when_the_anchor_is_part_of_one() =>
        Call.Apply("call(a, c);\n", new InsertText { Anchor = "a, ", Text = "b, " }).Content().ShouldBe("call(a, b, c);\n");

    [Theory]
    [InlineData(0, "x\na\nb\n")]
    [InlineData(1, "a\nx\nb\n")]
    [InlineData(2, "a\nb\nx\n")]
    public void Inserts_after_a_line_number(int line, string expected) =>
        Call.Apply("a\nb\n", new InsertLines { AfterLine = line, Text = "x" }).Content().ShouldBe(expected);

    [Fact]
    public void Inserts_at_the_end_of_a_file_without_final_line_feed() =>
        Call.Apply("a\nb", new InsertLines { AfterLine = 2, Text = "x\n" }).Content().ShouldBe("a\nb\nx");

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Refuses_a_line_number_outside_of_the_file(int line) =>
        Call.Apply("a\nb\n", new InsertLines { AfterLine = line, Text = "x" }).Problem().Code.ShouldBe(EditProblemCode.NotFound);

    [Fact]
    public void Deletes_whole_lines_and_parts_of_lines()
    {
        Call.Apply("a\nb\nc\n", new DeleteText { Old = "b" }).Content().ShouldBe("a\nc\n");
        Call.Apply("a, b, c\n", new DeleteText { Old = "b, " }).Content().ShouldBe("a, c\n");
        Call.Apply("a\nb", new DeleteText { Old = "b" }).Content().ShouldBe("a");
    }

    [Fact]
    public void Creates_a_file_but_never_over_another()
    {
        Call.Apply("a\n", new WriteFile { Path = "docs/new.md", Content = "# New\n" }).Files["docs/new.md"].ShouldBe("# New\n");
        Call.Apply("a\n", new WriteFile { Path = "src/app.js", Content = "b\n" }).Problem().Code.ShouldBe(EditProblemCode.FileExists);
        Call.Apply("a\n", new WriteFile { Path = "src/app.js", Content = "a\n" }).Status.ShouldBe(EditStatus.Unchanged);
    }

    [Fact]
    public void Writes_a_whole_file_in_the_style_of_the_old_one() =>
        Call.Apply("\uFEFFa\r\nb\r\nc", new WriteFile { Path = "src/app.js", Content = "a\nx\nc\n", Overwrite = true }).Content().ShouldBe("\uFEFFa\r\nx\r\nc");

    [Fact]
    public void Never_empties_a_file() =>
        Call.Apply("a\n", new WriteFile { Path = "src/app.js", Content = " \n", Overwrite = true }).Problem().Code.ShouldBe(EditProblemCode.Malformed);

    [Fact]
    public void Deletes_a_file_only_while_it_has_the_known_content()
    {
        Call.Apply("a\n", new DeleteFile { Path = "src/app.js" }).Files["src/app.js"].ShouldBeNull();
        Call.Apply("a\n", new DeleteFile { Path = "src/app.js", Content = "b\n" }).Problem().Code.ShouldBe(EditProblemCode.Stale);
    }

    [Fact]
    public void Moves_a_file_with_its_edits()
    {
        var result = Call.Apply("a\n", new MoveFile { Path = "src/app.js", NewPath = "src/main.js" }, new ReplaceText { Path = "src/app.js", Old = "a", New = "b" });

        result.Files["src/app.js"].ShouldBeNull();
        result.Files["src/main.js"].ShouldBe("b\n");
    }

    [Theory]
    [InlineData("../up.js")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData(".git/config")]
    [InlineData("sub/.GIT/hooks/pre-commit")]
    [InlineData("git~1/config")]
    [InlineData("C:\\windows\\x")]
    [InlineData("a//b")]
    [InlineData("nul\u0000l")]
    [InlineData("trailing. /x")]
    public void Refuses_paths_that_leave_the_folder_or_reach_into_version_control(string path)
    {
        Call.Apply("a\n", new WriteFile { Path = path, Content = "x" }).Problem().Code.ShouldBe(EditProblemCode.UnsafePath);
        Call.Apply("a\n", new MoveFile { Path = "src/app.js", NewPath = path }).Problem().Code.ShouldBe(EditProblemCode.UnsafePath);
    }

    [Fact]
    public void Finds_a_file_by_the_end_of_its_path_when_only_one_ends_so()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a/app.js"] = "x\n", ["b/app.js"] = "x\n", ["b/other.js"] = "x\n" };
        EditOperation Edit(string path) => new ReplaceText { Path = path, Old = "x", New = "y" };

        EditApplier.Apply(files, [Edit("other.js")]).Files.Keys.ShouldBe(["b/other.js"]);
        EditApplier.Apply(files, [Edit("app.js")]).Problem().Code.ShouldBe(EditProblemCode.UnknownFile);
        EditApplier.Apply(files, [Edit("")]).Problem().Code.ShouldBe(EditProblemCode.UnknownFile);
    }

    [Theory]
    [InlineData("// ... rest of the code unchanged")]
    [InlineData("# ... existing code ...")]
    [InlineData("<!-- rest of the content remains the same -->")]
    [InlineData("/* other styles remain unchanged */")]
    [InlineData("{/* ... keep existing props ... */}")]
    [InlineData("// (omitted for brevity)")]
    [InlineData("...")]
    [InlineData("[... unchanged ...]")]
    public void Refuses_a_placeholder_for_code_that_was_left_out(string line) =>
        Call.Replace("a();\nb();\n", "a();", "c();\n" + line).Problem().Code.ShouldBe(EditProblemCode.Placeholder);

    [Theory]
    [InlineData("// the rest parameter collects arguments")]
    [InlineData("f(...args);")]
    [InlineData("// TODO: handle the remaining cases")]
    [InlineData("# Other options")]
    [InlineData("// see above")]
    [InlineData("const rest = [...items];")]
    [InlineData("// existing users keep their settings")]
    [InlineData("Loading...")]
    public void Accepts_lines_that_only_sound_like_placeholders(string line) =>
        Call.Replace("a();\nb();\n", "a();", "c();\n" + line).Content().ShouldBe($"c();\n{line}\nb();\n");

    [Fact]
    public void Refuses_what_is_larger_than_the_limits()
    {
        var limits = new EditLimits { FileLength = 10, Operations = 1 };
        EditApplier.Apply(Call.Files("12345678901", "a"), [new DeleteFile()], limits).Problem().Code.ShouldBe(EditProblemCode.TooLarge);
        EditApplier.Apply(Call.Files("1", "a"), [new DeleteFile(), new DeleteFile()], limits).Problem().Code.ShouldBe(EditProblemCode.TooLarge);
        EditApplier.Apply(Call.Files("1", "a"), [], limits).Problem().Code.ShouldBe(EditProblemCode.Malformed);
    }
}
