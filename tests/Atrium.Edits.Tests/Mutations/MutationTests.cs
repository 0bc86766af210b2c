namespace Atrium.Edits.Tests.Mutations;

public sealed class MutationTests
{
    private const double Sample = 0.25;

    [Fact]
    public void Recovers_most_of_what_must_apply_and_corrupts_nothing()
    {
        if (!Corpus.IsThere)
            Assert.Skip(Corpus.Missing);
        var files = Corpus.Load();
        files.Count.ShouldBeGreaterThanOrEqualTo(150);

        var run = MutationRun.Execute(MutationRun.Mutations, files, Sample);

        var misses = string.Join("\n\n", run.Misses.Take(5));
        run.Count(true, Outcome.Corrupted).ShouldBe(0, misses);
        run.Count(false, Outcome.Corrupted).ShouldBe(0, misses);
        run.Count(false, Outcome.Refused).ShouldBe(run.Total(false), misses);
        run.ExactShare.ShouldBeGreaterThanOrEqualTo(85.0, misses);
    }

    [Fact]
    public void Corrupts_nothing_however_a_model_slips()
    {
        if (!Corpus.IsThere)
            Assert.Skip(Corpus.Missing);

        var run = MutationRun.Execute(FromTheField.All, Corpus.Load(), Sample);

        var corrupted = string.Join("\n\n", run.Misses.Where(miss => miss.Contains(nameof(Outcome.Corrupted), StringComparison.Ordinal)).Take(5));
        run.Cases.ShouldBeGreaterThan(2000);
        run.Count(true, Outcome.Corrupted).ShouldBe(0, corrupted);
        run.Count(false, Outcome.Refused).ShouldBe(run.Total(false), corrupted);
    }
}
