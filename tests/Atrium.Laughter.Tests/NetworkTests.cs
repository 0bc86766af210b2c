using Atrium.Laughter.Network;
using Atrium.Laughter.Reference;

namespace Atrium.Laughter.Tests;

public sealed class NetworkTests
{
    private static readonly Lazy<YamnetWeights> Weights = new(() => Samples.WeightsOf(new RandomYamnet(7)));

    private static readonly float[] LayerPatch = Samples.Patches(1, seed: 4);
    private static readonly Lazy<List<double[]>> LayerMaps = new(() => PlainYamnet.Maps(Weights.Value, LayerPatch));

    public static TheoryData<int> Widths => [.. ForwardPass.Supported(Weights.Value).Select(pass => pass.Lanes)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_vector_width_agrees_with_plain_loops(int lanes)
    {
        var pass = ForwardPass.Supported(Weights.Value).Single(candidate => candidate.Lanes == lanes);
        var patches = Samples.Patches(2, seed: 3);
        var logits = new float[2 * Yamnet.Classes];
        pass.Run(new Workspace(), patches, 2, logits);
        for (var patch = 0; patch < 2; patch++)
        {
            var expected = PlainYamnet.Logits(Weights.Value, patches.AsSpan(patch * Yamnet.PatchValues, Yamnet.PatchValues));
            logits.AsSpan(patch * Yamnet.Classes, Yamnet.Classes).ToArray().Select(value => (double)value).ShouldBe(expected, 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_layer_agrees_with_plain_loops(int lanes)
    {
        var expected = LayerMaps.Value;
        for (var layers = 1; layers <= YamnetShape.Layers.Count; layers++)
        {
            var pass = ForwardPass.Supported(Weights.Value).Single(candidate => candidate.Lanes == lanes);
            var map = new float[expected[2 * layers].Length];
            pass.RunLayers(new Workspace(), LayerPatch, layers, map);
            map.Select(value => (double)value).ShouldBe(expected[2 * layers], 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_patch_scores_the_same_alone_and_among_others(int lanes)
    {
        var pass = ForwardPass.Supported(Weights.Value).Single(candidate => candidate.Lanes == lanes);
        var patches = Samples.Patches(4, seed: 5);
        float[] together = new float[4 * Yamnet.Classes], alone = new float[Yamnet.Classes];
        pass.Run(new Workspace(), patches, 4, together);
        for (var patch = 0; patch < 4; patch++)
        {
            pass.Run(new Workspace(), patches.AsSpan(patch * Yamnet.PatchValues, Yamnet.PatchValues), 1, alone);
            alone.ShouldBe(together[(patch * Yamnet.Classes)..((patch + 1) * Yamnet.Classes)]);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Patches_that_overlap_score_as_each_does_alone(int lanes)
    {
        var pass = ForwardPass.Supported(Weights.Value).Single(candidate => candidate.Lanes == lanes);
        var stream = Samples.Patches(3, seed: 8);
        // Three pairs in which the second begins halfway through the first, and a patch that does not follow.
        float[] patches = [.. new[] { 0, 48, 144, 192, 96, 144, 0 }.SelectMany(frame => stream[(frame * 64)..((frame + 96) * 64)])];
        float[] together = new float[7 * Yamnet.Classes], alone = new float[Yamnet.Classes];
        pass.Run(new Workspace(), patches, 7, together);
        for (var patch = 0; patch < 7; patch++)
        {
            pass.Run(new Workspace(), patches.AsSpan(patch * Yamnet.PatchValues, Yamnet.PatchValues), 1, alone);
            alone.ShouldBe(together[(patch * Yamnet.Classes)..((patch + 1) * Yamnet.Classes)]);
        }
    }

    [Fact]
    public void Several_threads_score_as_one_does()
    {
        var network = new Yamnet(ForwardPass.Widest(Weights.Value));
        var patches = Samples.Patches(6, seed: 6);
        var alone = new float[6 * Yamnet.Classes];
        network.Score(patches, alone);
        Parallel.For(0, 8, _ =>
        {
            var scores = new float[6 * Yamnet.Classes];
            network.Score(patches, scores);
            scores.ShouldBe(alone);
        });
    }

    [Fact]
    public void A_single_bright_pixel_shows_that_stride_two_pads_only_after()
    {
        // One tap in the last row and column of the first layer: output (y, x) must be input (2y + 2, 2x + 2).
        var weights = Samples.Copy(Weights.Value, first: (tap, _) => tap == 8 ? 1 : 0, firstBias: 0);
        var patch = new float[Yamnet.PatchValues];
        patch[(94 * 64) + 62] = 5;
        var map = PlainYamnet.Maps(weights, patch)[0];
        map[(46 * 32) + 30].ShouldBe(5);
        foreach (var pass in ForwardPass.Supported(weights))
        {
            float[] found = new float[Yamnet.Classes], moved = new float[Yamnet.Classes];
            pass.Run(new Workspace(), patch, 1, found);
            found.Select(value => (double)value).ShouldBe(PlainYamnet.Logits(weights, patch), 1e-4);
            patch[0] = 9; // No output looks at row 0 through this tap: nothing is padded before.
            pass.Run(new Workspace(), patch, 1, moved);
            patch[0] = 0;
            moved.ShouldBe(found);
        }
    }

    [Fact]
    public void Only_whole_patches_are_scored()
    {
        var network = new Yamnet(ForwardPass.Widest(Weights.Value));
        Should.Throw<ArgumentException>(() => network.Score(new float[100], new float[Yamnet.Classes]));
        Should.Throw<ArgumentException>(() => network.Score(new float[Yamnet.PatchValues], new float[3]));
    }
}
