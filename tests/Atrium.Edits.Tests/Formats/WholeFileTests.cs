namespace Atrium.Edits.Tests.Formats;

public sealed class WholeFileTests
{
    [Theory]
    [InlineData("x\ny\n")]
    [InlineData("```js\nx\ny\n```\n")]
    [InlineData("src/app.js\n```js\nx\ny\n```\n")]
    [InlineData("Here is the new file:\n\n```js\nx\ny\n```\nDone.\n")]
    [InlineData("Here:\n\n**src/app.js**\n\n```js\nx\ny\n```\n\nAnd a usage example:\n\n```js\nuse();\n```\n")]
    public void Replaces_the_whole_file(string answer) => Call.Apply("a\n", EditFormat.WholeFile, answer).Content().ShouldBe("x\ny\n");

    [Fact]
    public void Keeps_the_fences_of_a_bare_markdown_file()
    {
        const string Text = "# Title\n\n```sh\nnpm install\n```\n\nEnd.\n";

        Call.Apply("# Old\n", EditFormat.WholeFile, Text, "readme.md").Content().ShouldBe(Text);
        Call.Apply("# Old\n", EditFormat.WholeFile, $"````markdown\n{Text}````\n", "readme.md").Content().ShouldBe(Text);
        Call.Apply("# Old\n", EditFormat.WholeFile, $"readme.md\n```markdown\n{Text}```\n", "readme.md").Content().ShouldBe(Text);
    }

    [Fact]
    public void Writes_several_named_files()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.js"] = "a\n", ["b.js"] = "b\n" };

        var result = EditApplier.Apply(files, EditFormat.WholeFile, "a.js\n```\nx\n```\n\nb.js\n```\ny\n```\n\nc.js\n```\nz\n```\n");

        result.Files.ShouldBe(new Dictionary<string, string?>(StringComparer.Ordinal) { ["a.js"] = "x\n", ["b.js"] = "y\n", ["c.js"] = "z\n" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("    1 | let a = 1;\n    2 | let c = a < 2;\n")]
    [InlineData("let a = 1;\nlet c = a &lt; 2;\n")]
    public void Takes_off_what_was_put_around_the_whole_of_it(string answer) =>
        Call.Apply("let a = 1;\nlet b = a < 2;\n", EditFormat.WholeFile, $"```js\n{answer}```\n").Content().ShouldBe("let a = 1;\nlet c = a < 2;\n");

    [Theory]
    [InlineData("src/app.js\n```js\nx\n")]
    [InlineData("One:\n```js\nx\n```\nTwo:\n```js\ny\n```\n")]
    public void Refuses_what_is_cut_off_or_unclear(string answer) =>
        Call.Apply("a\n", EditFormat.WholeFile, answer).Problem().Code.ShouldBe(EditProblemCode.Malformed);

    [Fact]
    public void Refuses_a_whole_file_that_leaves_code_out() =>
        Call.Apply("a\nb\nc\n", EditFormat.WholeFile, "```\nx\n// ... rest of the code remains the same\n```\n").Problem().Code.ShouldBe(EditProblemCode.Placeholder);

    [Theory]
    [InlineData("Just an explanation.\n")]
    [InlineData("You could write:\n```js\nx\n```\n")]
    [InlineData("{\"name\": \"a package\"}\n")]
    public void Does_not_take_a_stray_snippet_for_the_file_when_the_format_is_unknown(string answer) =>
        Call.Apply("a\n", EditFormat.Auto, answer).Problem().Code.ShouldBe(EditProblemCode.Malformed);
}
