namespace Atrium.Edits.Tests.Checks;

public sealed class CheckTests
{
    private static readonly IEditCheck[] Checks = [new CSharpCheck(), new HtmlCheck(), new JsonCheck()];

    [Theory]
    [InlineData("a.cs", "class A { void B() { } }\n", "void B() { }", "void B() { ")]
    [InlineData("a.html", "<!DOCTYPE html><title>x</title><p>one</p>\n<p>two</p>\n", "<p>two</p>", "<p>two</b></p>")]
    [InlineData("a.json", "{\n\"a\": 1\n}\n", "\"a\": 1", "\"a\": 1,,")]
    [Keeps("B-123")]
    public void Reports_what_an_edit_broke(string path, string before, string old, string @new) =>
        NewFindings(path, before, old, @new).Count.ShouldBe(1);

    [Theory]
    [InlineData("a.cs", "class A { void B( { } }\nclass C { }\n", "class C { }", "\n\nclass D { }")]
    [InlineData("a.html", "<title>no doctype</title>\n<p>two</b></p>\n<p>x</p>\n", "<p>x</p>", "<p>y</p>")]
    [InlineData("a.json", "{\n\"a\": ,\n\"b\": 2\n}\n", "\"b\": 2", "\"c\": 2")]
    public void Does_not_report_what_was_broken_before(string path, string before, string old, string @new) =>
        NewFindings(path, before, old, @new).ShouldBeEmpty();

    [Fact]
    public void Leaves_files_of_unknown_kinds_and_deleted_files_alone()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.txt"] = "x\n", ["b.json"] = "{" };

        var result = EditApplier.Apply(files, [new ReplaceText { Path = "a.txt", Old = "x", New = "{" }, new DeleteFile { Path = "b.json" }]);

        EditChecks.FindNew(Checks, files, result).ShouldBeEmpty();
    }

    [Fact]
    public void Checks_a_new_file_as_a_whole()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var result = EditApplier.Apply(files, [new WriteFile { Path = "new.json", Content = "{" }]);

        EditChecks.FindNew(Checks, files, result).Keys.ShouldBe(["new.json"]);
    }

    private static IReadOnlyList<CheckFinding> NewFindings(string path, string before, string old, string @new)
    {
        var files = Call.Files(before, path);
        var result = EditApplier.Apply(files, [new ReplaceText { Old = old, New = @new }]);
        result.Status.ShouldBe(EditStatus.Applied);
        return EditChecks.FindNew(Checks, files, result).GetValueOrDefault(path, []);
    }
}
