using System.Buffers.Binary;
using System.Numerics;
using Atrium.Laughter.Features;

namespace Atrium.Laughter.Clips;

/// <summary>
/// A print of a clip by which the same sound is known again after re-encoding, at another level, or cut up to two
/// seconds earlier or later. Each 20 ms has a word of 32 bits: whether the step from one band to the next grew or fell
/// since the word before. Quiet places have no word.
/// </summary>
public sealed class Fingerprint
{
    /// <summary>Seconds between two words.</summary>
    public const double StepSeconds = 0.02;

    /// <summary>Two prints of one sound differ in fewer bits than this; prints of different sounds in about half.</summary>
    public const double SameSound = 0.33;

    /// <summary>Seconds that two clips must have in common to be compared.</summary>
    public const double LeastOverlapSeconds = 1;

    private const int Bits = 32;
    private const int StepFrames = 2;
    private const int SpanFrames = 36;
    private const int MostShift = 150;
    private const float QuietDecibels = 40;

    private readonly uint[] _words;

    private Fingerprint(uint[] words) => _words = words;

    /// <summary>Prints a clip.</summary>
    /// <param name="samples">16 kHz mono samples, -1..1; half an hour at most.</param>
    public static Fingerprint Of(ReadOnlySpan<float> samples)
    {
        if (samples.Length > 1_800 * LogMelFrontEnd.SampleRate)
            throw new ArgumentException("A clip of more than half an hour has no fingerprint.", nameof(samples));
        var bands = Bands(samples);
        var count = Math.Max(0, ((bands.Count - SpanFrames) / StepFrames) + 1);
        var smooth = new float[count][];
        for (var step = 0; step < count; step++)
            smooth[step] = Smooth(bands, step * StepFrames);

        var loudest = smooth.Length == 0 ? 0 : smooth.Max(row => row.Sum());
        var words = new uint[Math.Max(0, count - 1)];
        for (var step = 1; step < count; step++)
        {
            if (smooth[step].Sum() > loudest * MathF.Pow(10, -QuietDecibels / 20) && loudest > 1e-3f)
                words[step - 1] = Word(smooth[step - 1], smooth[step]);
        }

        return new Fingerprint(words);
    }

    /// <summary>Reads a print that <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">The bytes are no print.</exception>
    public static Fingerprint FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(uint) != 0)
            throw new ArgumentException("A fingerprint has four bytes for each word.", nameof(bytes));
        var words = new uint[bytes.Length / sizeof(uint)];
        for (var i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]);
        return new Fingerprint(words);
    }

    /// <summary>The print as bytes, 200 for each second.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_words.Length * sizeof(uint)];
        for (var i = 0; i < _words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), _words[i]);
        return bytes;
    }

    /// <summary>Whether two clips hold the same sound.</summary>
    public bool IsSameSoundAs(Fingerprint other) => Compare(other).BitErrorRate < SameSound;

    /// <summary>Compares two prints at the shift where they fit best, up to three seconds either way.</summary>
    public FingerprintMatch Compare(Fingerprint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var best = new FingerprintMatch(1, 0, 0);
        for (var shift = -MostShift; shift <= MostShift; shift++)
        {
            int wrong = 0, compared = 0;
            for (var i = Math.Max(0, -shift); i < _words.Length && i + shift < other._words.Length; i++)
            {
                uint left = _words[i], right = other._words[i + shift];
                if (left == 0 || right == 0)
                    continue;
                compared++;
                wrong += BitOperations.PopCount(left ^ right);
            }

            if (compared * StepSeconds < LeastOverlapSeconds)
                continue;
            var rate = wrong / (double)(compared * Bits);
            if (rate < best.BitErrorRate)
                best = new FingerprintMatch(rate, shift * StepSeconds, compared * StepSeconds);
        }

        return best;
    }

    /// <summary>Mel magnitudes by frame, in 33 bands.</summary>
    private static List<float[]> Bands(ReadOnlySpan<float> samples)
    {
        var frontEnd = new LogMelFrontEnd();
        var bands = new List<float[]>();
        while (frontEnd.TryRead(ref samples, out _))
        {
            for (var frame = 0; frame < LogMelFrontEnd.BlockFrames; frame++)
            {
                var mel = frontEnd.LastMel.Slice(frame * LogMelFrontEnd.Bands, LogMelFrontEnd.Bands);
                var row = new float[Bits + 1];
                for (var band = 0; band < mel.Length; band++)
                    row[band * row.Length / mel.Length] += mel[band];
                bands.Add(row);
            }
        }

        return bands;
    }

    /// <summary>Bands over 0.36 s with soft edges, so that a cut between two steps changes little.</summary>
    private static float[] Smooth(List<float[]> bands, int first)
    {
        var sum = new float[Bits + 1];
        for (var frame = 0; frame < SpanFrames; frame++)
        {
            var weight = MathF.Sin(MathF.PI * (frame + 0.5f) / SpanFrames);
            for (var band = 0; band < sum.Length; band++)
                sum[band] += bands[first + frame][band] * weight;
        }

        return sum;
    }

    private static uint Word(float[] before, float[] now)
    {
        uint word = 0;
        for (var bit = 0; bit < Bits; bit++)
        {
            if (now[bit] - now[bit + 1] > before[bit] - before[bit + 1])
                word |= 1u << bit;
        }

        // The empty word means "quiet", so a real one gives way.
        return word == 0 ? 1 : word;
    }
}

/// <summary>How two prints compare.</summary>
/// <param name="BitErrorRate">Share of differing bits at the best shift: 0 for the same sound, about 0.5 for others; 1 when too little could be compared.</param>
/// <param name="ShiftSeconds">How much later the sound is in the other clip.</param>
/// <param name="OverlapSeconds">Seconds of sound that were compared.</param>
public sealed record FingerprintMatch(double BitErrorRate, double ShiftSeconds, double OverlapSeconds);
