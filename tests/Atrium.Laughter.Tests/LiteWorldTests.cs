using Atrium.Laughter.Lite;
using Atrium.Laughter.Training;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Tests;

/// <summary>A small seeded sample of the synthetic world; bench/ measures hours of it.</summary>
public sealed class LiteWorldTests
{
    [Fact]
    public void Ranks_laughs_of_unseen_voices_and_recipes_above_other_sounds()
    {
        Assert.SkipUnless(HasEspeak, "espeak-ng is not installed");
        var items = new List<(float, bool)>();
        foreach (var session in new SessionMaker(test: true).Make(901, 180, SessionMaker.Clean, 10))
        {
            var scores = LiteScores.Of(LiteModel.Default, session, "sample");
            items.AddRange(LiteScores.OfSounds(scores, session).Select(item => (item.Score, item.Sound.IsLaugh)));
        }

        items.Count(item => item.Item2).ShouldBeGreaterThan(10);
        Ranking.Area(items).ShouldBeGreaterThan(0.93);
    }

    [Fact]
    public void Training_and_test_share_no_recipe()
    {
        Speech training = new(forTest: false), test = new(forTest: true);
        var laughs = Recipes.For(false, training).Where(recipe => recipe.IsLaugh).Select(recipe => recipe.Name);
        laughs.Intersect(Recipes.For(true, test).Select(recipe => recipe.Name)).ShouldBeEmpty();
        Speech.VoicesFor(forTest: false).Intersect(Speech.VoicesFor(forTest: true)).ShouldBeEmpty();
    }

    [Fact]
    public void The_shipped_parameters_fit_the_features()
    {
        var model = LiteModel.Default;
        model.Mean.Length.ShouldBe(LiteFeatures.Names.Count);
        model.Scale.ShouldAllBe(scale => scale > 0 && float.IsFinite(scale));
        model.Hidden.ShouldAllBe(row => row.Length == LiteFeatures.Names.Count && row.All(float.IsFinite));
        LiteFeatures.Names.Distinct(StringComparer.Ordinal).Count().ShouldBe(LiteFeatures.Names.Count);
        model.Rules.Validate();
    }

    private static bool HasEspeak => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "espeak-ng")));
}
