using Atrium.Edits.Tests.Mutations;

namespace Atrium.Edits.Tests.Formats;

public sealed class StreamTests
{
    private static readonly string[] Known = ["src/app.js"];

    public static TheoryData<EditFormat, string, int> Answers => new()
    {
        { EditFormat.SearchReplace, "src/app.js\n<<<<<<< SEARCH\na\n=======\nx\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nb\n=======\ny\n>>>>>>> REPLACE\n", 2 },
        { EditFormat.UnifiedDiff, "--- a/src/app.js\n+++ b/src/app.js\n@@ -1,1 +1,1 @@\n-a\n+x\n@@ -2,1 +2,1 @@\n-b\n+y\n", 2 },
        { EditFormat.V4A, "*** Begin Patch\n*** Update File: src/app.js\n@@\n-a\n+x\n@@\n-b\n+y\n*** End Patch\n", 2 },
        { EditFormat.StrReplace, """{"path":"src/app.js","edits":[{"old_str":"a","new_str":"x"},{"old_str":"b","new_str":"y"}]}""", 2 },
        { EditFormat.StrReplace, """[{"path":"src/app.js","old_str":"a","new_str":"x"},{"path":"src/app.js","old_str":"b","new_str":"y"}]""", 2 },
        { EditFormat.WholeFile, "src/app.js\n```\nx\n```\nother.js\n```\ny\n```\n", 2 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Reads_the_same_operations_in_whatever_pieces_they_arrive(EditFormat format, string answer, int count)
    {
        var whole = EditReader.Read(format, answer, Known);
        whole.Operations.Count.ShouldBe(count);

        foreach (var size in new[] { 1, 2, 3, 7, 20 })
        {
            var stream = new EditStream(format, Known);
            var arrived = new List<EditOperation>();
            foreach (var piece in answer.Chunk(size))
                arrived.AddRange(stream.Append(piece));

            var reading = stream.Complete();
            reading.Operations.ShouldBe(whole.Operations);
            reading.Operations.Take(arrived.Count).ShouldBe(arrived);
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Gives_the_first_operation_before_the_last_has_arrived(EditFormat format, string answer, int count)
    {
        var stream = new EditStream(format, Known);

        var early = stream.Append(answer.AsSpan(0, answer.Length - 5));

        early.Count.ShouldBe(count - 1);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Never_gives_an_operation_that_is_cut_off(EditFormat format, string answer, int count)
    {
        var complete = EditReader.Read(format, answer, Known).Operations;
        // Before the first line ends, half a file name is a whole file like any other text.
        for (var length = format == EditFormat.WholeFile ? answer.IndexOf('\n', StringComparison.Ordinal) : 0; length < answer.TrimEnd().Length - 1; length++)
        {
            var reading = EditReader.Read(format, answer[..length], Known);

            reading.Operations.ShouldBe(complete.Take(reading.Operations.Count), $"cut at {length}");
            (reading.Problems.Count > 0 || reading.Operations.Count < count).ShouldBeTrue($"cut at {length}");
        }
    }

    [Fact]
    public void Recognises_the_format_while_it_arrives()
    {
        var stream = new EditStream(EditFormat.Auto, Known);
        var arrived = new List<EditOperation>();
        foreach (var piece in ("I will change it.\n\n" + Answers.First().Data.Item2).Chunk(5))
            arrived.AddRange(stream.Append(piece));

        arrived.Count.ShouldBe(2);
    }

    [Fact]
    public void Takes_nothing_after_the_end()
    {
        var stream = new EditStream(EditFormat.V4A, Known);
        stream.Complete();

        Should.Throw<InvalidOperationException>(() => stream.Append("more"));
    }

    [Fact]
    public void Finds_no_placeholder_among_the_lines_of_real_files()
    {
        if (!Corpus.IsThere)
            Assert.Skip(Corpus.Missing);
        foreach (var file in Corpus.Load().Where(file => file.Kind != "Markdown"))
        {
            var result = EditApplier.Apply(Call.Files("", file.Path), [new WriteFile { Path = file.Path, Content = file.Content, Overwrite = true }]);
            result.Problems.ShouldBeEmpty(file.Path + ": " + EditProblems.ForModel(result.Problems));
        }
    }
}
