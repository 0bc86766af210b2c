namespace Atrium.Edits.Tests.Mutations;

public sealed class MutationDump
{
    [Fact]
    public void Dump()
    {
        var run = MutationRun.Execute(Corpus.Load());
        File.WriteAllText("/tmp/atrium/edits-table.md", $"{run.Files} files, {run.Cases} cases, exact {run.ExactShare:F1}\n" + run.Table());
        File.WriteAllText("/tmp/atrium/edits-misses.txt", string.Join("\n\n", run.Misses));
    }
}
