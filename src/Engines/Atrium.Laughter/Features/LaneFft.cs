using System.Numerics;
using System.Runtime.InteropServices;

namespace Atrium.Laughter.Features;

/// <summary>
/// Real FFT of 512 points for as many signals at once as a hardware vector has lanes: lane n of every vector
/// belongs to signal n, so the transform is plain radix-4 code without a single shuffle.
/// </summary>
internal sealed class LaneFft
{
    public const int Size = 512;
    public const int Bins = (Size / 2) + 1;
    private const int Half = Size / 2;

    private static readonly float[] Cosines = Table(Half, Math.Cos);
    private static readonly float[] Sines = Table(Half, Math.Sin);
    private static readonly float[] UnpackCosines = Table(Size, Math.Cos);
    private static readonly float[] UnpackSines = Table(Size, Math.Sin);
    private static readonly int[] Reversed = DigitReversal();

    private readonly Vector<float>[] _real = new Vector<float>[Half];
    private readonly Vector<float>[] _imaginary = new Vector<float>[Half];

    /// <summary>Even samples of the signals: element n of a lane is sample 2n. Overwritten by the transform.</summary>
    public Span<Vector<float>> EvenSamples => _real;

    /// <summary>Odd samples of the signals: element n of a lane is sample 2n + 1. Overwritten by the transform.</summary>
    public Span<Vector<float>> OddSamples => _imaginary;

    /// <summary>Transforms the samples in place and writes the magnitude of each of the 257 bins.</summary>
    public void Magnitudes(Span<Vector<float>> magnitudes)
    {
        Transform();
        for (var bin = 0; bin < Bins; bin++)
        {
            Unpack(bin, out var real, out var imaginary);
            magnitudes[bin] = Vector.SquareRoot((real * real) + (imaginary * imaginary));
        }
    }

    /// <summary>Transforms the samples in place and writes the real part of each of the 257 bins.</summary>
    public void RealParts(Span<Vector<float>> parts)
    {
        Transform();
        for (var bin = 0; bin < Bins; bin++)
        {
            Unpack(bin, out var real, out _);
            parts[bin] = real;
        }
    }

    private void Transform()
    {
        var real = _real;
        var imaginary = _imaginary;
        for (var length = Half; length > 1; length /= 4)
        {
            var quarter = length / 4;
            for (var j = 0; j < quarter; j++)
            {
                var step = j * (Half / length);
                var twiddles = new Twiddles(step);
                for (var start = j; start < Half; start += length)
                    Butterfly(real, imaginary, start, quarter, twiddles);
            }
        }
    }

    private static void Butterfly(Vector<float>[] real, Vector<float>[] imaginary, int i0, int quarter, in Twiddles w)
    {
        int i1 = i0 + quarter, i2 = i1 + quarter, i3 = i2 + quarter;
        var sumReal = real[i0] + real[i2];
        var sumImaginary = imaginary[i0] + imaginary[i2];
        var differenceReal = real[i0] - real[i2];
        var differenceImaginary = imaginary[i0] - imaginary[i2];
        var oddSumReal = real[i1] + real[i3];
        var oddSumImaginary = imaginary[i1] + imaginary[i3];
        // (b - d) * -i
        var turnedReal = imaginary[i1] - imaginary[i3];
        var turnedImaginary = real[i3] - real[i1];

        real[i0] = sumReal + oddSumReal;
        imaginary[i0] = sumImaginary + oddSumImaginary;
        Rotate(differenceReal + turnedReal, differenceImaginary + turnedImaginary, w.Cos1, w.Sin1, out real[i1], out imaginary[i1]);
        Rotate(sumReal - oddSumReal, sumImaginary - oddSumImaginary, w.Cos2, w.Sin2, out real[i2], out imaginary[i2]);
        Rotate(differenceReal - turnedReal, differenceImaginary - turnedImaginary, w.Cos3, w.Sin3, out real[i3], out imaginary[i3]);
    }

    private static void Rotate(
        Vector<float> real, Vector<float> imaginary, Vector<float> cos, Vector<float> sin,
        out Vector<float> rotatedReal, out Vector<float> rotatedImaginary)
    {
        rotatedReal = (real * cos) + (imaginary * sin);
        rotatedImaginary = (imaginary * cos) - (real * sin);
    }

    /// <summary>Takes bin k of the 512-point transform out of the 256-point transform of the packed signal.</summary>
    private void Unpack(int bin, out Vector<float> real, out Vector<float> imaginary)
    {
        var near = Reversed[bin & (Half - 1)];
        var far = Reversed[(Half - bin) & (Half - 1)];
        var half = new Vector<float>(0.5f);
        var evenReal = (_real[near] + _real[far]) * half;
        var evenImaginary = (_imaginary[near] - _imaginary[far]) * half;
        var oddReal = (_imaginary[near] + _imaginary[far]) * half;
        var oddImaginary = (_real[far] - _real[near]) * half;
        var cos = new Vector<float>(UnpackCosines[bin]);
        var sin = new Vector<float>(UnpackSines[bin]);
        real = evenReal + (oddReal * cos) + (oddImaginary * sin);
        imaginary = evenImaginary + (oddImaginary * cos) - (oddReal * sin);
    }

    private static float[] Table(int period, Func<double, double> wave) =>
        [.. Enumerable.Range(0, period).Select(i => (float)wave(2 * Math.PI * i / period))];

    private static int[] DigitReversal()
    {
        var reversed = new int[Half];
        for (var i = 0; i < Half; i++)
            reversed[i] = ((i & 3) << 6) | ((i & 12) << 2) | ((i & 48) >> 2) | ((i & 192) >> 6);
        return reversed;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Twiddles(int step)
    {
        public readonly Vector<float> Cos1 = new(Cosines[step]);
        public readonly Vector<float> Sin1 = new(Sines[step]);
        public readonly Vector<float> Cos2 = new(Cosines[2 * step]);
        public readonly Vector<float> Sin2 = new(Sines[2 * step]);
        public readonly Vector<float> Cos3 = new(Cosines[3 * step]);
        public readonly Vector<float> Sin3 = new(Sines[3 * step]);
    }
}
