using Atrium.Laughter.Audio;
using Atrium.Laughter.Clips;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Tests;

public sealed class ClipTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(64)]
    [Keeps("G-018")]
    public async Task The_same_laugh_is_known_again_after_Opus(int kilobits)
    {
        Assert.SkipUnless(DecoderTests.HasFfmpeg, "ffmpeg is not installed");
        foreach (var seed in (int[])[1, 2, 3])
        {
            var clip = Clip(seed);
            string wav = Samples.TemporaryFile(".wav"), ogg = Samples.TemporaryFile(".ogg");
            WavWriter.Write(wav, clip);
            await DecoderTests.FfmpegAsync("-i", wav, "-c:a", "libopus", "-b:a", $"{kilobits}k", ogg);
            var match = Fingerprint.Of(clip).Compare(Fingerprint.Of(await DecoderTests.DecodeAsync(ogg)));
            match.BitErrorRate.ShouldBeLessThan(Fingerprint.SameSound);
            match.ShiftSeconds.ShouldBe(0, 0.041);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.234)]
    [InlineData(2)]
    [Keeps("G-018")]
    public void The_same_laugh_is_known_again_when_cut_earlier_or_later(double seconds)
    {
        foreach (var seed in (int[])[1, 2, 3])
        {
            var recording = Recording(seed);
            Fingerprint early = Fingerprint.Of(recording.AsSpan(0, 5 * 16_000)), late = Fingerprint.Of(recording.AsSpan((int)(seconds * 16_000), 5 * 16_000));
            early.IsSameSoundAs(late).ShouldBeTrue();
            early.Compare(late).ShiftSeconds.ShouldBe(-seconds, 0.041);
        }
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public void The_same_laugh_is_known_again_at_another_level(double decibels)
    {
        var clip = Clip(4);
        var gain = (float)Math.Pow(10, decibels / 20);
        Fingerprint.Of(clip).Compare(Fingerprint.Of([.. clip.Select(sample => sample * gain)])).BitErrorRate.ShouldBeLessThan(0.02);
    }

    [Fact]
    public void Different_laughs_are_different_sounds()
    {
        var prints = Enumerable.Range(1, 8).Select(seed => Fingerprint.Of(Clip(seed))).ToList();
        for (var left = 0; left < prints.Count; left++)
        {
            for (var right = left + 1; right < prints.Count; right++)
                prints[left].IsSameSoundAs(prints[right]).ShouldBeFalse($"laughs {left} and {right}");
        }
    }

    [Fact]
    public void Silence_is_like_nothing_not_even_silence()
    {
        var silence = Fingerprint.Of(new float[80_000]);
        silence.IsSameSoundAs(silence).ShouldBeFalse();
        Fingerprint.Of([]).IsSameSoundAs(Fingerprint.Of(Clip(1))).ShouldBeFalse();
    }

    [Fact]
    public void A_print_survives_being_stored()
    {
        var print = Fingerprint.Of(Clip(1));
        var read = Fingerprint.FromBytes(print.ToBytes());
        read.Compare(print).BitErrorRate.ShouldBe(0);
        Should.Throw<ArgumentException>(() => Fingerprint.FromBytes([1, 2, 3]));
    }

    [Theory]
    [InlineData(".ogg", ".wav")]
    [InlineData(".mp3", ".wav")]
    [InlineData(".wav", ".ogg")]
    [InlineData(".wav", ".m4a")]
    [Keeps("G-111")]
    public async Task A_clip_starts_and_ends_where_it_was_asked_to(string from, string to)
    {
        Assert.SkipUnless(DecoderTests.HasFfmpeg, "ffmpeg is not installed");
        string wav = Samples.TemporaryFile(".wav"), source = Samples.TemporaryFile(from), clip = Samples.TemporaryFile(to);
        var samples = Samples.Noise(1, 60, 0.001);
        for (var i = 0; i < 800; i++)
            samples[(16_000 * 41) + i] += (float)(0.8 * Math.Sin(2 * Math.PI * 1_000 * i / 16_000));
        WavWriter.Write(wav, samples);
        if (from == ".wav")
            source = wav;
        else
            await DecoderTests.FfmpegAsync("-i", wav, "-b:a", "64k", source);
        await ClipCutter.CutAsync(source, clip, 39.5, 43.75, cancellation: TestContext.Current.CancellationToken);
        var cut = await DecoderTests.DecodeAsync(clip);
        (cut.Length / 16_000.0).ShouldBe(4.25, to == ".m4a" ? 0.13 : 0.02);
        (Array.FindIndex(cut, sample => Math.Abs(sample) > 0.2f) / 16_000.0).ShouldBe(1.5, from == ".mp3" || to == ".m4a" ? 0.07 : 0.01);
    }

    [Fact]
    public async Task A_clip_that_makes_no_sense_is_refused()
    {
        var wav = Samples.TemporaryFile(".wav");
        WavWriter.Write(wav, new float[16_000]);
        await Should.ThrowAsync<ArgumentException>(() => ClipCutter.CutAsync(wav, Samples.TemporaryFile(".ogg"), 5, 5));
        await Should.ThrowAsync<ArgumentException>(() => ClipCutter.CutAsync(wav, Samples.TemporaryFile(".exe"), 0, 1));
        await Should.ThrowAsync<AudioException>(() => ClipCutter.CutAsync("/nowhere.wav", Samples.TemporaryFile(".ogg"), 0, 1));
    }

    private static float[] Clip(int seed) => Recording(seed)[..(5 * 16_000)];

    /// <summary>A laugh about three seconds in, with the murmur of a room around it.</summary>
    private static float[] Recording(int seed)
    {
        var random = new Random(seed * 77);
        var samples = Sound.Resonate(Samples.Noise(seed, 7, 0.01), 700, 900, 0.1);
        var at = 2.0;
        while (at < 5)
        {
            var laugh = Laughs.Parametric(random);
            samples.Add(laugh, at, 0.3);
            at += laugh.Length / 16_000.0;
        }

        return samples;
    }
}
