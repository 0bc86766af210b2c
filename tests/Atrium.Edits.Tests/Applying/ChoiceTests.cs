namespace Atrium.Edits.Tests.Applying;

public sealed class ChoiceTests
{
    private const string Twice = "function a() {\n  go();\n}\nfunction b() {\n  go();\n}\n";

    [Fact]
    public void Refuses_duplicates_and_names_their_lines()
    {
        var problem = Call.ReplaceLines(Twice, "  go();\n", "  stop();\n").Problem();

        problem.Code.ShouldBe(EditProblemCode.Ambiguous);
        problem.Lines.ShouldBe([2, 5]);
    }

    [Fact]
    public void Replaces_every_place_when_asked_for_all() =>
        Call.Apply(Twice, new ReplaceText { Old = "go", New = "stop", All = true }).Content().ShouldBe(Twice.Replace("go", "stop", StringComparison.Ordinal));

    [Fact]
    public void Refuses_another_number_of_places_than_expected() =>
        Call.Apply(Twice, new ReplaceText { Old = "go", New = "stop", All = true, ExpectedCount = 3 }).Problem().Code.ShouldBe(EditProblemCode.WrongCount);

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void Lets_a_line_number_choose_only_when_it_is_that_of_a_place(int line, bool chosen)
    {
        var result = Call.Apply(Twice, new ReplaceText { Old = "  go();", New = "  stop();", Hint = new EditHint { Line = line } });

        result.Status.ShouldBe(chosen ? EditStatus.Applied : EditStatus.Refused);
        if (chosen)
            result.Content().ShouldEndWith("b() {\n  stop();\n}\n");
    }

    [Theory]
    [InlineData("function b() {", "b() {\n  stop();\n}\n")]
    [InlineData("b", "b() {\n  stop();\n}\n")]
    public void Lets_an_enclosing_declaration_choose(string scope, string end) =>
        Call.Apply(Twice, new ReplaceText { Old = "  go();", New = "  stop();", Hint = new EditHint { Scopes = [scope] } }).Content().ShouldEndWith(end);

    [Fact]
    public void Does_not_let_a_hint_choose_between_loose_matches() =>
        Call.Apply(Twice, new ReplaceText { Old = "    go();", New = "    stop();", WholeLines = true, Hint = new EditHint { Line = 5 } }).Problem().Code.ShouldBe(EditProblemCode.Ambiguous);

    [Fact]
    public void Applies_operations_in_any_order_to_the_file_as_it_was()
    {
        EditOperation[] operations = [new ReplaceText { Old = "one", New = "two" }, new ReplaceText { Old = "three", New = "four" }, new DeleteText { Old = "five\n", WholeLines = true }];

        foreach (var order in new[] { operations, [operations[2], operations[0], operations[1]], [operations[1], operations[2], operations[0]] })
            Call.Apply("one\nthree\nfive\nsix\n", order).Content().ShouldBe("two\nfour\nsix\n");
    }

    [Fact]
    public void Finds_text_that_another_operation_of_the_call_makes() =>
        Call.Apply("let a = 1;\n", new ReplaceText { Old = "let b = 2;", New = "let c = 3;" }, new ReplaceText { Old = "let a = 1;", New = "let b = 2;" }).Content().ShouldBe("let c = 3;\n");

    [Fact]
    public void Refuses_two_changes_of_one_place() =>
        Call.Apply("x = 1\n", new ReplaceText { Old = "x = 1", New = "x = 2" }, new ReplaceText { Old = "x = 1", New = "x = 12" }).Problem().Code.ShouldBe(EditProblemCode.Overlap);

    [Fact]
    public void Accepts_two_changes_whose_context_alone_overlaps() =>
        Call.Apply("a\nb\nc\nd\n", new ReplaceText { Old = "a\nb\nc", New = "A\nb\nc" }, new ReplaceText { Old = "b\nc\nd", New = "b\nc\nD" }).Content().ShouldBe("A\nb\nc\nD\n");

    [Fact]
    public void Takes_an_operation_sent_twice_as_one() =>
        Call.Apply("x = 1\n", new ReplaceText { Old = "x = 1", New = "x = 2" }, new ReplaceText { Old = "x = 1", New = "x = 2" }).Content().ShouldBe("x = 2\n");

    [Theory]
    [InlineData("start();\nstop();\n", "stop();", "pause();\nstop();")]
    [InlineData("a\nb\n", "a", "a, with more")]
    public void Reports_a_repeated_edit_as_done_without_change(string file, string old, string @new)
    {
        var once = Call.Replace(file, old, @new).Content();

        Call.Replace(once, old, @new).Status.ShouldBe(EditStatus.Unchanged);
    }

    [Fact]
    public void Does_not_take_for_done_what_still_stands_beside_the_new_text() =>
        Call.ReplaceLines("one();\nremove_me();\ntwo();\nthree();\n", "12: remove_me();\ntwo();\nthree();\n", "two();\nthree();\n").Problem().Code.ShouldBe(EditProblemCode.NotFound);

    [Fact]
    public void Adds_a_closing_brace_although_one_stands_there_already() =>
        Call.Replace("a {\n  b {\n    x();\n}\n", "    x();", "    x();\n}").Content().ShouldBe("a {\n  b {\n    x();\n}\n}\n");

    [Fact]
    public void Applies_nothing_when_one_operation_of_many_files_fails()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.js"] = "a\n", ["b.js"] = "b\n" };

        var result = EditApplier.Apply(files, [new ReplaceText { Path = "a.js", Old = "a", New = "x" }, new ReplaceText { Path = "b.js", Old = "missing", New = "y" }]);

        result.Problem().Operation.ShouldBe(1);
    }

    [Fact]
    public void Refuses_an_edit_made_for_other_content()
    {
        Call.Apply("a\n", new ReplaceText { Old = "a", New = "b", BaseHash = ContentHash.Of("older\n") }).Problem().Code.ShouldBe(EditProblemCode.Stale);
        Call.Apply("a\n", new ReplaceText { Old = "a", New = "b", BaseHash = ContentHash.Of("a\n") }).Content().ShouldBe("b\n");
    }
}
