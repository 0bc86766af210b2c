using System.Numerics;
using Atrium.Laughter.Features;

namespace Atrium.Laughter.Tests;

/// <summary>Reference values: an independent computation in double precision of YAMNet's published front end.</summary>
public sealed class FrontEndTests
{
    private static readonly int[] BinsOfBand =
    [
        1, 2, 3, 3, 2, 2, 2, 2, 3, 3, 2, 3, 3, 3, 4, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7, 8, 7, 8, 9, 8, 9, 9, 9,
        10, 10, 11, 11, 11, 12, 12, 12, 13, 14, 14, 14, 15, 16, 16, 17, 17, 17,
    ];

    [Fact]
    public void The_filters_are_those_of_the_reference()
    {
        var bank = MelFilterbank.Instance;
        var weights = bank.Weights.SelectMany(band => band).ToList();
        bank.Weights.Select(band => band.Length).ShouldBe(BinsOfBand);
        weights.Count.ShouldBe(461);
        weights.Sum(weight => (double)weight).ShouldBe(230.9135991609, 1e-4);
        weights.Max().ShouldBe(0.9961910170f, 1e-6f);
        bank.FirstBin[0].ShouldBe(5);
        bank.Weights[0][0].ShouldBe(0.947690f, 1e-6f);
        bank.Weights[1].ShouldBe([0.052310f, 0.933106f], 1e-6);
        bank.FirstBin[63].ShouldBe(223);
        bank.Weights[63][231 - 223].ShouldBe(0.987827f, 1e-6f);
        bank.Weights.Take(8).Select(band => (double)band.Sum()).ShouldBe([.947690, .985416, 1.027460, 1.130301, 1.112659, 1.139634, 1.165017, 1.188945], 1e-5);
        bank.Weights.TakeLast(4).Select(band => (double)band.Sum()).ShouldBe([8.049949, 8.331042, 8.648652, 8.944183], 1e-5);
    }

    [Theory]
    [InlineData(0, 154.67)]
    [InlineData(1, 185.40)]
    [InlineData(5, 319.81)]
    [InlineData(61, 6675.34)]
    [InlineData(63, 7215.35)]
    public void The_bands_have_the_centres_of_the_reference(int band, double hertz) => MelFilterbank.CentreHertz(band).ShouldBe(hertz, 0.005);

    [Theory]
    [InlineData(1, 96)]
    [InlineData(15_600, 96)]
    [InlineData(15_601, 144)]
    [InlineData(23_280, 144)]
    [InlineData(48_000, 336)]
    [InlineData(160_000, 1_008)]
    public void A_stream_is_padded_to_whole_patches(int samples, int frames) => LogMel(new float[samples]).Length.ShouldBe(frames * 64);

    [Fact]
    public void Silence_gives_the_logarithm_of_the_offset() => LogMel(new float[48_000]).ShouldAllBe(value => Math.Abs(value + 6.907755f) < 1e-3f);

    [Fact]
    public void A_tone_of_440_hertz_gives_the_values_of_the_reference()
    {
        var values = LogMel([.. Enumerable.Range(0, 48_000).Select(i => (float)Math.Sin(2 * Math.PI * 440 * i / 16_000))]);
        values.Average(value => (double)value).ShouldBe(-4.785155, 1e-3);
        values.Max().ShouldBe(4.782163f, 1e-3f);
        values[4..20].Select(value => (double)value).ShouldBe(
            [-1.7501, .3320, 1.9943, 3.8808, 4.7822, 4.3387, 2.4837, .1493, -.9118, -1.0961, -2.5645, -2.6218, -2.8271, -3.8465, -3.5659, -4.1850], 1e-3);
    }

    [Fact]
    public void The_spectrum_of_a_tone_peaks_where_the_reference_does()
    {
        var frontEnd = new LogMelFrontEnd();
        ReadOnlySpan<float> tone = [.. Enumerable.Range(0, 4_000).Select(i => (float)Math.Sin(2 * Math.PI * 440 * i / 16_000))];
        frontEnd.TryRead(ref tone, out _).ShouldBeTrue();
        var magnitudes = frontEnd.LastMagnitudes[..LaneFft.Bins].ToArray().Select(lanes => lanes[0]).ToList();
        magnitudes.IndexOf(magnitudes.Max()).ShouldBe(14);
        magnitudes[14].ShouldBe(99.7477f, 1e-3f);
    }

    [Fact]
    public void Random_frames_agree_with_a_plain_transform_in_double_precision()
    {
        var random = new Random(5);
        float[] samples = [.. Enumerable.Range(0, 15_600).Select(_ => (float)((random.NextDouble() * 2) - 1))];
        var values = LogMel(samples);
        foreach (var frame in (int[])[0, 1, 17, 95])
            values.AsSpan(frame * 64, 64).ToArray().Select(value => (double)value).ShouldBe(ReferenceFrame(samples, frame * 160), 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(159)]
    [InlineData(7_777)]
    public void Frames_are_the_same_however_the_stream_is_cut(int chunk)
    {
        var random = new Random(chunk);
        float[] samples = [.. Enumerable.Range(0, 40_000).Select(_ => (float)(random.NextDouble() - 0.5))];
        LogMel(samples, chunk).ShouldBe(LogMel(samples));
    }

    [Fact]
    public void Samples_that_are_no_numbers_do_not_poison_the_frames()
    {
        var samples = new float[15_600];
        samples[3] = float.NaN;
        samples[4_000] = float.PositiveInfinity;
        samples[9_000] = -1e30f;
        LogMel(samples).ShouldAllBe(value => Math.Abs(value + 6.907755f) < 1e-3f);
    }

    [Fact]
    public void Frames_cost_no_memory()
    {
        var frontEnd = new LogMelFrontEnd();
        var samples = new float[160_000];
        Drain(frontEnd, samples);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drain(frontEnd, samples);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    internal static float[] LogMel(float[] samples, int chunk = int.MaxValue)
    {
        var frontEnd = new LogMelFrontEnd();
        var values = new List<float>();
        float[] padded = [.. samples, .. new float[LogMelFrontEnd.PaddingAfter(samples.Length)]];
        for (var at = 0; at < padded.Length; at += Math.Min(chunk, padded.Length))
        {
            ReadOnlySpan<float> rest = padded.AsSpan(at, Math.Min(chunk, padded.Length - at));
            while (frontEnd.TryRead(ref rest, out var frames))
                values.AddRange(frames);
        }

        return [.. values];
    }

    private static void Drain(LogMelFrontEnd frontEnd, ReadOnlySpan<float> samples)
    {
        while (frontEnd.TryRead(ref samples, out _))
        {
        }
    }

    private static IEnumerable<double> ReferenceFrame(float[] samples, int start)
    {
        var magnitudes = new double[257];
        for (var bin = 0; bin < magnitudes.Length; bin++)
        {
            var sum = Complex.Zero;
            for (var n = 0; n < 400; n++)
                sum += samples[start + n] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * n / 400))) * Complex.Exp(new Complex(0, -2 * Math.PI * bin * n / 512));
            magnitudes[bin] = sum.Magnitude;
        }

        double Mel(double hertz) => 1127 * Math.Log(1 + (hertz / 700));
        var step = (Mel(7_500) - Mel(125)) / 65;
        for (var band = 0; band < 64; band++)
        {
            var centre = Mel(125) + ((band + 1) * step);
            double sum = 0;
            for (var bin = 1; bin < magnitudes.Length; bin++)
                sum += magnitudes[bin] * Math.Max(0, 1 - (Math.Abs(Mel(bin * 31.25) - centre) / step));
            yield return Math.Log(sum + 0.001);
        }
    }
}
