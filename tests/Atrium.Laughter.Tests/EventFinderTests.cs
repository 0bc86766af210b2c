using Atrium.Laughter.Events;
using Atrium.Laughter.Network;
using FsCheck;
using FsCheck.Fluent;

namespace Atrium.Laughter.Tests;

public sealed class EventFinderTests
{
    private static readonly EventRules Rules = new() { Enter = 0.5, Stay = 0.2, MergeGap = 1, MinimumLength = 0.4, Vetoes = [] };

    [Fact]
    public void An_event_starts_high_and_reaches_as_far_as_scores_stay()
    {
        var found = Find(Rules, 0, 0.3f, 0.6f, 0.9f, 0.25f, 0.1f, 0);
        var laugh = found.ShouldHaveSingleItem();
        laugh.Start.ShouldBe(0.48, 1e-9);
        laugh.End.ShouldBe(5 * 0.48, 1e-9);
        laugh.Score.ShouldBe(0.9, 1e-6);
    }

    [Fact]
    public void Scores_that_never_reach_the_entering_threshold_are_no_event() => Find(Rules, 0, 0.49f, 0.49f, 0.49f, 0).ShouldBeEmpty();

    [Fact]
    public void Events_with_a_small_gap_become_one_and_others_do_not()
    {
        Find(Rules, 0.9f, 0, 0, 0.9f, 0, 0, 0, 0).Count.ShouldBe(1);
        Find(Rules, 0.9f, 0, 0, 0, 0.9f, 0, 0, 0).Count.ShouldBe(2);
    }

    [Fact]
    public void Short_events_are_dropped() => Find(Rules with { MinimumLength = 0.5 }, 0, 0.9f, 0, 0, 0, 0).ShouldBeEmpty();

    [Fact]
    public void A_stuck_detector_does_not_make_one_event_of_a_day()
    {
        var found = Find(Rules with { MaximumLength = 10 }, [.. Enumerable.Repeat(0.9f, 100)]);
        found.Count.ShouldBe(5);
        found.ShouldAllBe(laugh => laugh.Length <= 10);
        found[^1].End.ShouldBe(48, 1e-6);
    }

    [Fact]
    [Keeps("G-111")]
    public void A_clip_is_two_seconds_longer_on_either_side_but_not_before_the_recording()
    {
        var laugh = Find(Rules, 0, 0.9f, 0.9f, 0, 0, 0, 0).ShouldHaveSingleItem();
        laugh.ClipStart.ShouldBe(0);
        laugh.ClipEnd.ShouldBe(laugh.End + 2, 1e-9);
    }

    [Fact]
    public void The_label_is_that_of_the_highest_score()
    {
        var finder = new EventFinder(Rules, possible: true);
        finder.Push(new ScoreFrame(0, 0.48, 0.6f, 13, 0));
        finder.Push(new ScoreFrame(0.48, 0.96, 0.8f, 18, 0.9f));
        finder.Complete();
        var laugh = finder.Take().ShouldHaveSingleItem();
        laugh.Label.ShouldBe("Chuckle, chortle");
        laugh.IsBroadcast.ShouldBeTrue();
        laugh.IsPossible.ShouldBeTrue();
    }

    [Fact]
    public void Smoothing_averages_over_its_span()
    {
        var smooth = Rules with { Smoothing = 0.96, Enter = 0.5, Stay = 0.5 };
        Find(smooth, 0, 0, 0.9f, 0, 0).ShouldBeEmpty();
        Find(smooth, 0, 0.9f, 0.9f, 0.9f, 0).ShouldHaveSingleItem().Start.ShouldBe(0.48, 1e-9);
    }

    [Fact]
    public void Events_never_overlap_and_are_in_order_whatever_the_scores()
    {
        var scores = Gen.Choose(0, 100).Select(value => value / 100f).ArrayOf();
        Prop.ForAll(scores.ToArbitrary(), values =>
        {
            var found = Find(Rules with { Smoothing = 1.5 }, values);
            return found.All(laugh => laugh.Length >= Rules.MinimumLength && laugh.Score >= Rules.Enter)
                && found.Zip(found.Skip(1)).All(pair => pair.First.End <= pair.Second.Start);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_shift_by_hops_shifts_the_events()
    {
        var random = new Random(3);
        float[] scores = [.. Enumerable.Range(0, 400).Select(_ => random.NextSingle())];
        var plain = Find(Rules with { Smoothing = 1 }, [0, 0, 0, 0, 0, 0, .. scores]);
        var shifted = Find(Rules with { Smoothing = 1 }, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. scores]);
        shifted.Select(laugh => laugh.Start - (7 * 0.48)).ShouldBe(plain.Select(laugh => laugh.Start), 1e-6);
        shifted.Select(laugh => laugh.End - (7 * 0.48)).ShouldBe(plain.Select(laugh => laugh.End), 1e-6);
        plain.Count.ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData(0.2, 0.5)]
    [InlineData(1.5, 0.5)]
    [InlineData(double.NaN, 0.1)]
    public void Thresholds_that_make_no_sense_are_refused(double enter, double stay) =>
        Should.Throw<ArgumentException>(() => new EventFinder(new EventRules { Enter = enter, Stay = stay }));

    [Fact]
    [Keeps("G-018", "G-110")]
    public void Events_found_twice_in_overlapping_windows_become_one()
    {
        var left = Find(Rules, 0, 0.9f, 0.9f, 0, 0, 0, 0);
        var right = left.Select(laugh => laugh.MovedBy(0.48) with { Score = 0.95, Label = "Giggle" });
        var far = left.Select(laugh => laugh.MovedBy(60));
        var merged = EventMerger.Merge([.. far, .. right, .. left]);
        merged.Count.ShouldBe(2);
        merged[0].Label.ShouldBe("Giggle");
        merged[0].Start.ShouldBe(0.48, 1e-9);
        merged[0].End.ShouldBe(4 * 0.48, 1e-9);
        merged[1].ClipEnd.ShouldBe(left[0].ClipEnd + 60, 1e-9);
    }

    private static IReadOnlyList<LaughEvent> Find(EventRules rules, params float[] scores)
    {
        var finder = new EventFinder(rules);
        for (var i = 0; i < scores.Length; i++)
            finder.Push(new ScoreFrame(i * 0.48, (i + 1) * 0.48, scores[i], ClassMap.FirstLaughter, 0));
        finder.Complete();
        return finder.Take();
    }
}
