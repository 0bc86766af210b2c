using System.Numerics;
using Atrium.Laughter.Features;

namespace Atrium.Laughter.Lite;

/// <summary>
/// What the lite detector knows of each 10 ms frame, for the last 256 frames: its log-mel spectrum without the
/// offset that would tie it to a level, its energy, its shape, and how periodic it is at which pitch. A frame is in
/// thirteen windows, so what does not depend on the window is computed here, once.
/// </summary>
internal sealed class FrameTrack
{
    public const int Capacity = 256;
    public const int Bands = LogMelFrontEnd.Bands;
    private const float Tiny = 1e-8f;
    private const int ShortestLag = 16;
    private const int LongestLag = 200;
    private const int LowestPitchBin = 3;
    private const int FirstEnergyBand = 3;
    private const int LastEnergyBand = 53;

    // Half of a 25 ms Hann window's overlap with itself is gone at 10 ms; without this, low voices seem noisy.
    private static readonly float[] LagGain = [.. Enumerable.Range(0, LaneFft.Bins).Select(lag => (float)(1 / Math.Max(0.3, 1 - (lag / 400.0))))];

    private readonly float[] _logMel = new float[Capacity * Bands];
    private readonly float[] _energy = new float[Capacity];
    private readonly float[] _width = new float[Capacity];
    private readonly float[] _regions = new float[Capacity * FrameShape.Regions];
    private readonly float[] _steadiness = new float[Capacity];
    private readonly float[] _periodicity = new float[Capacity];
    private readonly float[] _pitch = new float[Capacity];
    private readonly LaneFft _fft = new();
    private readonly Vector<float>[] _correlation = new Vector<float>[LaneFft.Bins];

    /// <summary>Frames that were taken so far.</summary>
    public long Count { get; private set; }

    /// <summary>ln of the mel magnitudes of a frame.</summary>
    public ReadOnlySpan<float> LogMel(long frame) => _logMel.AsSpan((int)(frame % Capacity) * Bands, Bands);

    /// <summary>Energy between about 200 and 5000 Hz, in dB without a fixed reference.</summary>
    public float Energy(long frame) => _energy[frame % Capacity];

    /// <summary>See <see cref="FrameShape.Width"/>.</summary>
    public float Width(long frame) => _width[frame % Capacity];

    /// <summary>See <see cref="FrameShape.ReadRegions"/>.</summary>
    public ReadOnlySpan<float> Regions(long frame) => _regions.AsSpan((int)(frame % Capacity) * FrameShape.Regions, FrameShape.Regions);

    /// <summary>Similarity of a frame's spectrum to that of the frame before, -1..1.</summary>
    public float Steadiness(long frame) => _steadiness[frame % Capacity];

    /// <summary>Height of the highest peak of the autocorrelation, about 0..1.</summary>
    public float Periodicity(long frame) => _periodicity[frame % Capacity];

    /// <summary>Pitch of that peak, log2 of its frequency in hertz.</summary>
    public float Pitch(long frame) => _pitch[frame % Capacity];

    /// <summary>Takes the front end's last block.</summary>
    public void Add(LogMelFrontEnd frontEnd)
    {
        var lanes = Vector<float>.Count;
        for (var group = 0; group < LogMelFrontEnd.BlockFrames / lanes; group++)
        {
            Correlate(frontEnd.LastMagnitudes.Slice(group * LaneFft.Bins, LaneFft.Bins));
            FindLags(out var lags, out var heights);
            for (var lane = 0; lane < lanes; lane++)
            {
                AddFrame(frontEnd.LastMel.Slice(((group * lanes) + lane) * Bands, Bands), lane, (int)lags[lane], heights[lane]);
                Count++;
            }
        }
    }

    /// <summary>The autocorrelation of all lanes at once: the transform of the symmetric magnitude spectrum.</summary>
    private void Correlate(ReadOnlySpan<Vector<float>> magnitudes)
    {
        Span<Vector<float>> even = _fft.EvenSamples, odd = _fft.OddSamples;
        for (var i = 0; i < LaneFft.Size / 2; i++)
        {
            even[i] = Mirrored(magnitudes, 2 * i);
            odd[i] = Mirrored(magnitudes, (2 * i) + 1);
        }

        _fft.RealParts(_correlation);
    }

    private static Vector<float> Mirrored(ReadOnlySpan<Vector<float>> magnitudes, int index)
    {
        var bin = Math.Min(index, LaneFft.Size - index);
        return bin < LowestPitchBin ? Vector<float>.Zero : magnitudes[bin];
    }

    private void AddFrame(ReadOnlySpan<float> mel, int lane, int lag, float height)
    {
        var place = (int)(Count % Capacity);
        var logMel = _logMel.AsSpan(place * Bands, Bands);
        var energy = 0f;
        for (var band = 0; band < Bands; band++)
        {
            logMel[band] = MathF.Log(mel[band] + Tiny);
            if (band is >= FirstEnergyBand and <= LastEnergyBand)
                energy += mel[band] * mel[band];
        }

        _energy[place] = 10 * MathF.Log10(energy + (Tiny * Tiny));
        _width[place] = FrameShape.Width(logMel);
        FrameShape.ReadRegions(logMel, _regions.AsSpan(place * FrameShape.Regions, FrameShape.Regions));
        _steadiness[place] = Count == 0 ? 0 : FrameShape.Similarity(logMel, LogMel(Count - 1));
        (_periodicity[place], _pitch[place]) = Pitch(lane, lag, height);
    }

    /// <summary>The lag of each lane's highest peak, 0 for none, and its height.</summary>
    private void FindLags(out Vector<float> lags, out Vector<float> heights)
    {
        (lags, heights) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var lag = ShortestLag; lag <= LongestLag; lag++)
        {
            var at = _correlation[lag];
            var value = at * LagGain[lag];
            // A later peak must be clearly higher, else every multiple of the period competes with it.
            var isPeak = Vector.GreaterThan(value, heights * 1.08f) & Vector.GreaterThan(at, _correlation[lag - 1]) & Vector.GreaterThanOrEqual(at, _correlation[lag + 1]);
            heights = Vector.ConditionalSelect(isPeak, value, heights);
            lags = Vector.ConditionalSelect(isPeak, new Vector<float>(lag), lags);
        }
    }

    private (float Periodicity, float Pitch) Pitch(int lane, int lag, float height)
    {
        var total = _correlation[0][lane];
        if (!(total > 0) || lag == 0)
            return (0, 0);
        float before = _correlation[lag - 1][lane], at = _correlation[lag][lane], after = _correlation[lag + 1][lane];
        var bend = before - (2 * at) + after;
        var offset = bend < 0 ? 0.5f * (before - after) / bend : 0;
        return (Math.Clamp(height / total, 0, 1), MathF.Log2(LogMelFrontEnd.SampleRate / (lag + offset)));
    }
}
