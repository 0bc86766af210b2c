using Atrium.Laughter.Events;
using Atrium.Laughter.Network;

namespace Atrium.Laughter.Tests;

public sealed class DetectorTests
{
    private static readonly Yamnet Loudness = Samples.LoudnessNetwork();
    private static readonly LaughterDetector WithModel = new(Loudness);
    private static readonly LaughterDetector Lite = new();

    [Fact]
    [Keeps("G-012", "G-111")]
    public void Finds_with_a_network_where_its_laughter_class_is_high()
    {
        var samples = Samples.Noise(1, 30, 1e-4);
        Samples.Noise(2, 2, 0.2).CopyTo(samples, 16_000 * 10);
        var laugh = Run(WithModel, samples).ShouldHaveSingleItem();
        laugh.Start.ShouldBeInRange(9.2, 10.5);
        laugh.End.ShouldBeInRange(11.5, 12.8);
        laugh.Label.ShouldBe("Giggle");
        laugh.IsPossible.ShouldBeFalse();
    }

    [Fact]
    [Keeps("G-012")]
    public void Finds_laughs_without_any_model_and_marks_them_as_possible()
    {
        var found = Run(Lite, Samples.Laughter(40, 5, 15, 28));
        found.Count.ShouldBe(3);
        found.ShouldAllBe(laugh => laugh.IsPossible);
        found.Select(laugh => laugh.Start).ShouldBe([5.0, 15, 28], 0.6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_cut_of_the_stream_gives_the_same_events(bool lite)
    {
        var detector = lite ? Lite : WithModel;
        var samples = Bursts(lite);
        var whole = Run(detector, samples);
        whole.Count.ShouldBeGreaterThan(1);
        foreach (var seed in (int[])[1, 2, 3])
        {
            var random = new Random(seed);
            var stream = detector.Open();
            var found = new List<LaughEvent>();
            for (var at = 0; at < samples.Length;)
            {
                var length = Math.Min(samples.Length - at, random.Next(seed == 1 ? 400 : 40_000));
                found.AddRange(stream.Push(samples.AsSpan(at, length)));
                at += length;
            }

            found.AddRange(stream.Complete());
            found.ShouldBe(whole);
        }
    }

    [Theory]
    [InlineData(false, 7_680)]
    [InlineData(true, 1_600)]
    public void Sound_that_comes_some_hops_later_gives_the_same_events_later(bool lite, int hop)
    {
        var detector = lite ? Lite : WithModel;
        // Digital silence first, so that what is put before it changes nothing in the windows.
        float[] samples = [.. new float[32_000], .. Bursts(lite)];
        var plain = Run(detector, samples);
        var later = Run(detector, [.. new float[5 * hop], .. samples]);
        later.Count.ShouldBe(plain.Count);
        later.Select(laugh => laugh.Start - (5.0 * hop / 16_000)).ShouldBe(plain.Select(laugh => laugh.Start), 1e-6);
        later.Select(laugh => laugh.Score).ShouldBe(plain.Select(laugh => laugh.Score), 1e-6);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-6)]
    [InlineData(6)]
    public void The_lite_detector_does_not_mind_the_level(double decibels)
    {
        var samples = Samples.Laughter(20, 3, 12);
        var gain = (float)Math.Pow(10, decibels / 20);
        var plain = Run(Lite, samples);
        var scaled = Run(Lite, [.. samples.Select(sample => sample * gain)]);
        plain.Count.ShouldBe(2);
        scaled.Select(laugh => laugh.Start).ShouldBe(plain.Select(laugh => laugh.Start), 0.101);
        scaled.Select(laugh => laugh.Score).ShouldBe(plain.Select(laugh => laugh.Score), 0.03);
    }

    [Fact]
    public void Finds_laughs_in_a_clipped_recording_too()
    {
        var samples = Samples.Laughter(20, 3, 12);
        var loudest = samples.Max(Math.Abs);
        // 12 dB too loud: the tops of the waves are gone.
        float[] clipped = [.. samples.Select(sample => Math.Clamp(sample / loudest * 4, -1, 1))];
        Run(Lite, clipped).Select(laugh => laugh.Start).ShouldBe([3.0, 12], 0.6);
        Run(WithModel, clipped).ShouldAllBe(laugh => laugh.Score >= 0 && laugh.Score <= 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-4)]
    [InlineData(0.05)]
    [InlineData(0.9)]
    public void Silence_and_steady_noise_hold_no_laughter(double level) => Run(Lite, Samples.Noise(4, 60, level)).ShouldBeEmpty();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(16_000, 2)]
    [InlineData(160_000, 20)]
    public async Task The_score_cells_cover_a_recording_without_gaps(int length, int patches)
    {
        var path = Samples.TemporaryFile(".wav");
        World.WavWriter.Write(path, Samples.Noise(6, 20).AsSpan(0, length));
        var frames = await WithModel.ScoreAsync(path, cancellation: TestContext.Current.CancellationToken);
        frames.Count.ShouldBe(patches);
        if (patches == 0)
            return;
        frames[0].Start.ShouldBe(0);
        frames[^1].End.ShouldBe(length / 16_000.0, 0.25);
        frames.Zip(frames.Skip(1)).ShouldAllBe(pair => Math.Abs(pair.First.End - pair.Second.Start) < 1e-9);
    }

    [Fact]
    public void A_veto_silences_laughter_that_is_as_much_something_else()
    {
        var samples = Samples.Noise(1, 10, 0.2);
        Run(WithModel, samples).ShouldNotBeEmpty();
        var giggleIsVetoed = EventRules.ForYamnet with { Vetoes = [new Veto(ClassMap.FirstLaughter + 2, 1)] };
        Run(new LaughterDetector(Loudness, giggleIsVetoed), samples).ShouldBeEmpty();
    }

    [Fact]
    public void Hours_of_stream_need_no_more_memory_than_minutes()
    {
        var stream = Lite.Open();
        var minute = Samples.Noise(9, 60, 0.05);
        stream.Push(minute);
        // What this thread allocates: other tests share the heap.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 15; i++)
            stream.Push(minute);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    private static float[] Bursts(bool lite)
    {
        if (lite)
            return Samples.Laughter(30, 3, 9, 20);
        var samples = Samples.Noise(1, 60, 1e-4);
        foreach (var at in (double[])[3.3, 12.1, 12.9, 31.7, 58])
            Samples.Noise((int)at, 1.2, 0.2).CopyTo(samples, (int)(at * 16_000));
        return samples;
    }

    private static List<LaughEvent> Run(LaughterDetector detector, float[] samples)
    {
        var stream = detector.Open();
        return [.. stream.Push(samples), .. stream.Complete()];
    }
}
