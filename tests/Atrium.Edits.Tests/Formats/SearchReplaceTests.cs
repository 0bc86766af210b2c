namespace Atrium.Edits.Tests.Formats;

public sealed class SearchReplaceTests
{
    [Theory]
    [InlineData("src/app.js\n<<<<<<< SEARCH\na\n=======\nx\n>>>>>>> REPLACE\n")]
    [InlineData("```js\nsrc/app.js\n<<<<<<< SEARCH\na\n=======\nx\n>>>>>>> REPLACE\n```\n")]
    [InlineData("src/app.js\n```js\n<<<<<<< SEARCH\na\n=======\nx\n>>>>>>> REPLACE\n```\n")]
    [InlineData("### `src/app.js`:\n\n```\n<<<<<<< SEARCH\na\n=======\nx\n>>>>>>> REPLACE\n```\n")]
    [InlineData("```js src/app.js\n<<<<<<< SEARCH\na\n=======\nx\n>>>>>>> REPLACE\n```\n")]
    [InlineData("**app.js**\n<<<<<<< SEARCH\r\na\r\n=======\r\nx\r\n>>>>>>> REPLACE\r\n")]
    [InlineData("<path>src/app.js</path>\n------- SEARCH\na\n=======\nx\n+++++++ REPLACE\n")]
    [InlineData("<<<<<<< SEARCH\n:start_line:1\n-------\na\n=======\nx\n>>>>>>> REPLACE\n")]
    [InlineData("    <<<<<<< SEARCH\n    a\n    =======\n    x\n    >>>>>>> REPLACE\n")]
    [InlineData("I change it.\n<<<<<<< SEARCH\na\n=======\nx\n>>>>>>> REPLACE")]
    public void Reads_a_block_however_it_is_wrapped(string answer)
    {
        Call.Apply("a\nb\n", EditFormat.SearchReplace, answer).Content().ShouldBe("x\nb\n");
        Call.Apply("a\nb\n", EditFormat.Auto, answer).Content().ShouldBe("x\nb\n");
    }

    [Fact]
    public void Reads_several_blocks_for_several_files()
    {
        const string Answer = """
            First the code:

            src/app.js
            ```js
            <<<<<<< SEARCH
            a
            =======
            x
            >>>>>>> REPLACE
            <<<<<<< SEARCH
            b
            =======
            >>>>>>> REPLACE
            ```

            And the text:

            readme.md
            ```markdown
            <<<<<<< SEARCH
            ```sh
            run
            ```
            =======
            ```sh
            walk
            ```
            >>>>>>> REPLACE
            ```
            """;
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["src/app.js"] = "a\nb\nc\n", ["readme.md"] = "```sh\nrun\n```\n" };

        var result = EditApplier.Apply(files, EditFormat.SearchReplace, Answer);

        result.Files["src/app.js"].ShouldBe("x\nc\n");
        result.Files["readme.md"].ShouldBe("```sh\nwalk\n```\n");
    }

    [Fact]
    public void Creates_a_file_from_an_empty_old_part() =>
        Call.Apply("a\n", EditFormat.SearchReplace, "src/new.js\n<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE\n").Files["src/new.js"].ShouldBe("x\n");

    [Fact]
    public void Refuses_an_empty_old_part_for_a_file_with_content() =>
        Call.Apply("a\n", EditFormat.SearchReplace, "src/app.js\n<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE\n").Problem().Code.ShouldBe(EditProblemCode.EmptySearch);

    [Theory]
    [InlineData("<<<<<<< SEARCH\na\n=======\nx\n")]
    [InlineData("<<<<<<< SEARCH\na\n=======\nx\n>>>>>>>")]
    [InlineData("<<<<<<< SEARCH\na\n")]
    [InlineData("<<<<<<< SEARCH\na\n=======\nx\n<<<<<<< SEARCH\nb\n=======\ny\n>>>>>>> REPLACE\n")]
    [InlineData("<<<<<<< SEARCH\na\n=======\nx\n=======\ny\n>>>>>>> REPLACE\n")]
    [InlineData("no block at all")]
    public void Refuses_what_is_cut_off_or_unclear(string answer) =>
        Call.Apply("a\nb\n", EditFormat.SearchReplace, answer).Problem().Code.ShouldBe(EditProblemCode.Malformed);

    [Fact]
    public void Reads_escaped_markers_as_text() =>
        Call.Apply("Title\n=======\ntext\n", EditFormat.SearchReplace, "<<<<<<< SEARCH\nTitle\n\\=======\n=======\nName\n\\=======\n>>>>>>> REPLACE\n").Content().ShouldBe("Name\n=======\ntext\n");

    [Fact]
    public void Names_the_files_of_the_call_when_the_name_is_wrong()
    {
        var problem = Call.Apply("a\n", EditFormat.SearchReplace, "src/other.js\n<<<<<<< SEARCH\na\n=======\nx\n>>>>>>> REPLACE\n").Problem();

        problem.Code.ShouldBe(EditProblemCode.UnknownFile);
        problem.ForModel.ShouldContain("src/app.js");
    }
}
