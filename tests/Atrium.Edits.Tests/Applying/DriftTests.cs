namespace Atrium.Edits.Tests.Applying;

public sealed class DriftTests
{
    [Fact]
    [Keeps("B-123")]
    public void Five_edits_in_a_row_change_nothing_that_was_not_asked_for()
    {
        var page = string.Concat(Enumerable.Range(0, 1500).Select(index => $"  <section id=\"s{index}\">\r\n\t<p>Text “{index}” – unchanged.  </p>\r\n  </section>\r\n"));
        page.Length.ShouldBeGreaterThan(100_000);
        var expected = page;
        foreach (var section in new[] { 3, 1499, 700, 0, 42 })
        {
            page = Call.ReplaceLines(page, $"<p>Text \"{section}\" - unchanged.  </p>\n", $"<p>Text \"{section}\" - edited.  </p>\n").Content();
            expected = expected.Replace($"Text “{section}” – unchanged.", $"Text “{section}” – edited.", StringComparison.Ordinal);
        }

        page.ShouldBe(expected);
    }

    [Fact]
    public void Applies_a_thousand_operations_to_one_file()
    {
        var file = string.Concat(Enumerable.Range(0, 5000).Select(index => $"  value_{index} = {index};\n"));
        var operations = Enumerable.Range(0, 1000).Select(index => (EditOperation)new ReplaceText { Old = $"value_{index * 5} = {index * 5};\n", New = $"changed_{index};\n" }).ToArray();

        var result = Call.Apply(file, operations).Content();

        result.Split('\n').Count(line => line.Contains("changed_", StringComparison.Ordinal)).ShouldBe(1000);
        result.ShouldContain("  value_4999 = 4999;\n");
    }

    [Fact]
    public void Is_not_slowed_down_by_lines_that_are_all_alike()
    {
        var file = string.Concat(Enumerable.Repeat("}\n", 50_000));

        Call.ReplaceLines(file, string.Concat(Enumerable.Repeat("}\n", 2_000)) + "x\n", "y\n").Problem().Code.ShouldBe(EditProblemCode.NotFound);
        Call.ReplaceLines(file, "}\n}\n", "y\n").Problem().Code.ShouldBe(EditProblemCode.Ambiguous);
    }
}
