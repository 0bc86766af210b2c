namespace Atrium.Edits.Tests.Applying;

public sealed class TierTests
{
    private const string Nested = "class A {\n    run() {\n        if (x) {\n            go();\n        }\n    }\n}\n";

    [Fact]
    public void Replaces_text_that_occurs_exactly_once() =>
        Call.Replace("let a = 1;\nlet b = 2;\n", "b = 2", "b = 3").Content().ShouldBe("let a = 1;\nlet b = 3;\n");

    [Fact]
    public void Takes_the_new_text_literally() =>
        Call.Replace("price\n", "price", "$& $1 ${x} \\1").Content().ShouldBe("$& $1 ${x} \\1\n");

    [Fact]
    public void Keeps_space_at_line_ends_that_the_edit_does_not_show() =>
        Call.Replace("a  \nb\t\nc\n", "a\nb\nc", "a\nb\nd").Content().ShouldBe("a  \nb\t\nd\n");

    [Fact]
    public void Indents_the_new_text_like_the_place_it_goes_to() =>
        Call.ReplaceLines(Nested, "if (x) {\n    go();\n}\n", "if (x) {\n    stop();\n    go();\n}\n").Content()
            .ShouldBe(Nested.Replace("            go();", "            stop();\n            go();", StringComparison.Ordinal));

    [Fact]
    public void Translates_spaces_into_the_tabs_of_the_file() =>
        Call.ReplaceLines("f() {\n\tif (x) {\n\t\tgo();\n\t}\n}\n", "  if (x) {\n    go();\n  }\n", "  if (x) {\n    go();\n    if (y) {\n      stop();\n    }\n  }\n").Content()
            .ShouldBe("f() {\n\tif (x) {\n\t\tgo();\n\t\tif (y) {\n\t\t\tstop();\n\t\t}\n\t}\n}\n");

    [Fact]
    public void Leaves_new_text_alone_that_has_the_indentation_of_the_file_already() =>
        Call.ReplaceLines(Nested, "if (x) {\n    go();\n}\n", "        if (x) {\n            stop();\n        }\n").Content()
            .ShouldBe(Nested.Replace("go", "stop", StringComparison.Ordinal));

    [Fact]
    public void Gives_a_first_line_without_indentation_its_own_back() =>
        Call.ReplaceLines(Nested, "if (x) {\n            go();\n        }\n", "if (y) {\n            go();\n        }\n").Content()
            .ShouldBe(Nested.Replace("if (x)", "if (y)", StringComparison.Ordinal));

    [Fact]
    public void Refuses_indentation_that_follows_no_rule() =>
        Call.ReplaceLines(Nested, "if (x) {\ngo();\n}\n", "if (y) {\ngo();\n}\n").Problem().Code.ShouldBe(EditProblemCode.NotFound);

    [Fact]
    public void Finds_plain_punctuation_where_the_file_has_typographic_and_keeps_it() =>
        Call.ReplaceLines("He said “hello” – twice.\nEnd.\n", "He said \"hello\" - twice.\n", "He said \"hello\" - three times.\n").Content()
            .ShouldBe("He said “hello” – three times.\nEnd.\n");

    [Fact]
    public void Writes_plain_punctuation_where_only_the_edit_is_typographic() =>
        Call.ReplaceLines("say('a');\nsay('b');\n", "say(‘a’);\n", "say(‘c’);\n").Content().ShouldBe("say('c');\nsay('b');\n");

    [Fact]
    public void Unescapes_entities_only_when_the_text_is_not_there_as_written()
    {
        Call.ReplaceLines("<b>x</b>\n", "&lt;b&gt;x&lt;/b&gt;\n", "&lt;i&gt;x&lt;/i&gt;\n").Content().ShouldBe("<i>x</i>\n");
        Call.ReplaceLines("<p>&lt;b&gt;</p>\n", "<p>&lt;b&gt;</p>\n", "<p>&lt;i&gt;</p>\n").Content().ShouldBe("<p>&lt;i&gt;</p>\n");
    }

    [Fact]
    public void Keeps_blank_lines_that_the_edit_left_out() =>
        Call.ReplaceLines("a();\n\nb();\n\nc();\n", "a();\nb();\nc();\n", "a();\nb2();\nc();\n").Content().ShouldBe("a();\n\nb2();\n\nc();\n");

    [Fact]
    public void Does_not_join_lines_when_the_old_text_begins_or_ends_with_one_line_feed_more()
    {
        Call.Replace("one\ntwo\nthree\n", "\ntwo", "2").Content().ShouldBe("one\n2\nthree\n");
        Call.Replace("one\ntwo\nthree\n", "two\n", "2").Content().ShouldBe("one\n2\nthree\n");
    }

    [Fact]
    public void Strips_line_numbers_and_uses_them_to_choose_between_duplicates()
    {
        Call.Replace("x\ny\nx\ny\n", "3: x\n4: y", "3: z\n4: y").Content().ShouldBe("x\ny\nz\ny\n");
        Call.Replace("x = 1\ny = 2\n", "  1 | x = 1", "x = 3").Content().ShouldBe("x = 3\ny = 2\n");
    }

    [Fact]
    public void Refuses_new_text_of_which_only_some_lines_are_numbered() =>
        Call.Replace("a\nb\n", "1: a\n2: b", "1: a\n10: x\nb").Problem().Code.ShouldBe(EditProblemCode.NotFound);

    [Fact]
    public void Elides_with_dots_where_every_piece_is_there_once()
    {
        const string File = "start();\none();\ntwo();\nthree();\nstop();\n";
        Call.ReplaceLines(File, "start();\n...\nstop();\n", "begin();\n...\nend();\n").Content().ShouldBe("begin();\none();\ntwo();\nthree();\nend();\n");
        Call.ReplaceLines(File + "stop();\n", "start();\n...\nstop();\n", "begin();\n...\nend();\n").Problem().Code.ShouldBe(EditProblemCode.Ambiguous);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Keeps_the_line_endings_of_the_file(string ending) =>
        Call.Replace($"a{ending}b{ending}c{ending}", "b\nc", "b\nx\nc").Content().ShouldBe($"a{ending}b{ending}x{ending}c{ending}");

    [Fact]
    public void Keeps_the_byte_order_mark_and_the_missing_final_line_feed() =>
        Call.ReplaceLines("\uFEFFa\nb", "b\n", "c\nd\n").Content().ShouldBe("\uFEFFa\nc\nd");

    [Fact]
    public void Never_matches_around_an_inner_line_that_differs() =>
        Call.ReplaceLines(Nested, "        if (x) {\n            stay();\n        }\n", "        go();\n").Problem().Code.ShouldBe(EditProblemCode.NotFound);

    [Fact]
    public void Refuses_a_place_much_longer_than_asked_for() =>
        Call.ReplaceLines("a\n" + new string('\n', 30) + "b\n", "a\nb\n", "c\n").Problem().Code.ShouldBe(EditProblemCode.NotFound);

    [Fact]
    public void Takes_off_a_fence_that_only_the_new_text_has_where_none_can_be_meant()
    {
        Call.Replace("a();\nb();\n", "a();", "```js\nc();\n```").Content().ShouldBe("c();\nb();\n");
        Call.Apply("Run it.\n", EditFormat.StrReplace, """{"path":"readme.md","old_str":"Run it.","new_str":"```sh\nrun\n```"}""", "readme.md").Content().ShouldBe("```sh\nrun\n```\n");
    }

    [Theory]
    [InlineData("start();\nlong_call(one,", "begin();\nlong_call(one, two);")]
    [InlineData("(one, two);\nstop();", "long_call(one, two);\nend();")]
    public void Does_not_double_the_half_of_a_line_that_only_the_old_text_cuts_off(string old, string @new)
    {
        var result = Call.Replace("start();\nlong_call(one, two);\nstop();\n", old, @new);

        if (result.Status == EditStatus.Applied)
            result.Content().Split("long_call(one, two);").Length.ShouldBe(2);
    }

    [Fact]
    public void Refuses_a_diff_whose_context_lost_the_space_before_it() =>
        Call.Apply("if x:\n    a()\n    b()\n", EditFormat.UnifiedDiff, "@@ ... @@\n    a()\n+    c()\n    b()\n").Problem().Code.ShouldBe(EditProblemCode.NotFound);

    [Fact]
    public void Matches_part_of_a_line_only_in_literal_formats()
    {
        Call.Replace("total = price + tax\n", "price", "net").Content().ShouldBe("total = net + tax\n");
        Call.ReplaceLines("total = price + tax\n", "price\n", "net\n").Problem().Code.ShouldBe(EditProblemCode.NotFound);
    }
}
