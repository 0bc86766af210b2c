namespace Atrium.Edits.Tests.Applying;

public sealed class ProblemTests
{
    private const string File = "import x from 'x';\n\nfunction total(items) {\n  let sum = 0;\n  for (const item of items) {\n    sum += item.price;\n  }\n  return sum;\n}\n";

    [Fact]
    public void Shows_the_nearest_text_with_its_lines_and_what_differs()
    {
        var problem = Call.ReplaceLines(File, "  for (const item of items) {\n    sum += item.prize;\n  }\n", "x\n").Problem();

        problem.Lines.ShouldBe([5]);
        problem.ForModel.ShouldBe(
            """
            Operation 1 (src/app.js) was refused: the text to find is not in the file. Nearest are lines 5 to 7:
              file      5 |   for (const item of items) {
              sent        |     sum += item.prize;
              file      6 |     sum += item.price;
                          |                    ^
              file      7 |   }
            Send the text to find exactly as the lines marked "file" have it (without the numbers), or read the file again.
            Nothing was changed: all operations of a call are applied together or not at all. Send the whole call again with this corrected.
            """.ReplaceLineEndings("\n"));
        problem.ForPerson.ShouldBe("The text that the assistant wanted to change is not in src/app.js, so nothing was changed.");
    }

    [Fact]
    public void Names_characters_that_cannot_be_seen() =>
        Call.Replace("a\u00ADb\u0441d = 1;\n", "abcd = 1;", "x").Problem().ForModel.ShouldContain("file has U+00AD");

    [Fact]
    public void Finds_a_similar_line_when_none_is_equal() =>
        Call.Replace(File, "function totals(item) {", "x").Problem().Lines.ShouldBe([3]);

    [Fact]
    public void Says_when_nothing_is_similar() =>
        Call.Replace(File, "###################", "x").Problem().ForModel.ShouldContain("nor anything like it");

    [Fact]
    public void Never_takes_more_than_forty_lines()
    {
        var long1 = string.Concat(Enumerable.Range(0, 200).Select(index => $"line {index} is here\n"));
        var wrong = long1.Replace("is", "was", StringComparison.Ordinal);
        var operations = Enumerable.Range(0, 30).Select(index => (EditOperation)new ReplaceText { Old = wrong + index, New = "x" }).ToArray();

        var problems = Call.Apply(long1, operations).Problems;

        problems.Count.ShouldBe(30);
        problems.ShouldAllBe(problem => problem.ForModel.Split('\n').Length <= 40);
        EditProblems.ForModel(problems).Split('\n').Length.ShouldBeLessThanOrEqualTo(40);
        EditProblems.ForModel(problems).ShouldContain("more operations were refused");
    }

    [Fact]
    public void Cuts_very_long_lines_around_the_difference()
    {
        var line = new string('a', 100_000) + "b" + new string('c', 100_000);

        var problem = Call.Replace(line + "\n", line.Replace('b', 'X'), "y").Problem();

        problem.ForModel.Length.ShouldBeLessThan(1500);
        problem.ForModel.ShouldContain("b");
    }
}
