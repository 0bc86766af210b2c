using System.Numerics;
using System.Runtime.InteropServices;

namespace Atrium.Laughter.Features;

/// <summary>
/// Turns a stream of 16 kHz mono samples (-1..1) into YAMNet's log-mel frames: 25 ms periodic Hann window, 10 ms
/// hop, magnitude spectrum, 64 mel bands, ln(mel + 0.001). Frames come in blocks of 16, so that several frames
/// share each vector instruction. The stream may be cut anywhere: the frames are bit for bit the same. Nothing is
/// allocated after construction. Not thread-safe.
/// </summary>
public sealed class LogMelFrontEnd
{
    /// <summary>Samples per second that the front end expects.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Samples in a frame's window (25 ms).</summary>
    public const int WindowSamples = 400;

    /// <summary>Samples between two frames (10 ms).</summary>
    public const int HopSamples = 160;

    /// <summary>Mel bands in a frame.</summary>
    public const int Bands = MelFilterbank.Bands;

    /// <summary>Frames that one call of <see cref="TryRead"/> yields.</summary>
    public const int BlockFrames = 16;

    private const int BlockSamples = ((BlockFrames - 1) * HopSamples) + WindowSamples;
    private const int ShortestStream = 15_600;
    private const int PatchHopSamples = 7_680;
    private const float LogOffset = 0.001f;

    private static readonly float[] Window = [.. Enumerable.Range(0, WindowSamples)
        .Select(n => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / WindowSamples))))];

    private readonly LaneFft _fft = new();
    private readonly float[] _samples = new float[BlockSamples];
    private readonly float[] _mel = new float[BlockFrames * Bands];
    private readonly float[] _logMel = new float[BlockFrames * Bands];
    private readonly Vector<float>[] _magnitudes = new Vector<float>[BlockFrames / Vector<float>.Count * LaneFft.Bins];
    private int _filled;

    /// <summary>Samples of silence that complete a stream of this length to whole patches (see YAMNet's padding rule).</summary>
    /// <param name="samples">Length of the stream in samples, 0 or more.</param>
    public static long PaddingAfter(long samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        var beyond = Math.Max(0, samples - ShortestStream);
        return ShortestStream + ((beyond + PatchHopSamples - 1) / PatchHopSamples * PatchHopSamples) - samples;
    }

    /// <summary>
    /// Takes samples until a block is full. Returns true with 16 frames of 64 values (frame after frame, valid until
    /// the next call), or false when it needs more samples; <paramref name="samples"/> then is empty.
    /// </summary>
    public bool TryRead(ref ReadOnlySpan<float> samples, out ReadOnlySpan<float> frames)
    {
        var taken = Math.Min(samples.Length, BlockSamples - _filled);
        Clean(samples[..taken], _samples.AsSpan(_filled));
        samples = samples[taken..];
        _filled += taken;
        if (_filled < BlockSamples)
        {
            frames = default;
            return false;
        }

        for (var group = 0; group < BlockFrames / Vector<float>.Count; group++)
            Analyse(group);
        _samples.AsSpan(BlockFrames * HopSamples).CopyTo(_samples);
        _filled = BlockSamples - (BlockFrames * HopSamples);
        frames = _logMel;
        return true;
    }

    /// <summary>The mel magnitudes of the last block before the logarithm, frame after frame.</summary>
    internal ReadOnlySpan<float> LastMel => _mel;

    /// <summary>The magnitude spectra of the last block: one run of 257 vectors for each group of frames.</summary>
    internal ReadOnlySpan<Vector<float>> LastMagnitudes => _magnitudes;

    /// <summary>A sample that is no number, or far out of range, would poison every frame it touches.</summary>
    private static void Clean(ReadOnlySpan<float> source, Span<float> target)
    {
        source.CopyTo(target);
        foreach (ref var sample in target[..source.Length])
        {
            if (!(Math.Abs(sample) <= 32))
                sample = 0;
        }
    }

    private void Analyse(int group)
    {
        LoadWindows(group);
        var magnitudes = _magnitudes.AsSpan(group * LaneFft.Bins, LaneFft.Bins);
        _fft.Magnitudes(magnitudes);

        var bank = MelFilterbank.Instance;
        for (var band = 0; band < Bands; band++)
        {
            var sum = Vector<float>.Zero;
            var weights = bank.Weights[band];
            var bins = magnitudes.Slice(bank.FirstBin[band], weights.Length);
            for (var i = 0; i < weights.Length; i++)
                sum += bins[i] * weights[i];
            var logarithm = Vector.Log(sum + new Vector<float>(LogOffset));
            for (var lane = 0; lane < Vector<float>.Count; lane++)
            {
                var index = (((group * Vector<float>.Count) + lane) * Bands) + band;
                _mel[index] = sum[lane];
                _logMel[index] = logarithm[lane];
            }
        }
    }

    private void LoadWindows(int group)
    {
        var lanes = Vector<float>.Count;
        var even = MemoryMarshal.Cast<Vector<float>, float>(_fft.EvenSamples);
        var odd = MemoryMarshal.Cast<Vector<float>, float>(_fft.OddSamples);
        for (var lane = 0; lane < lanes; lane++)
        {
            var frame = _samples.AsSpan(((group * lanes) + lane) * HopSamples, WindowSamples);
            for (int n = 0, at = lane; n < WindowSamples; n += 2, at += lanes)
            {
                even[at] = frame[n] * Window[n];
                odd[at] = frame[n + 1] * Window[n + 1];
            }
        }

        even[(WindowSamples / 2 * lanes)..].Clear();
        odd[(WindowSamples / 2 * lanes)..].Clear();
    }
}
