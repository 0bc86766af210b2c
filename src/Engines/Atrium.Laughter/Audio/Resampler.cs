namespace Atrium.Laughter.Audio;

/// <summary>
/// Changes the sample rate of a stream by a rational factor with a Kaiser-windowed sinc filter. Wherever the stream
/// is cut, the same samples come out; N samples become ceiling(N * target / source).
/// </summary>
internal sealed class Resampler
{
    private const int ZeroCrossings = 16;
    private const double Beta = 8;
    private const int MostCoefficients = 1 << 22;

    private readonly int _up;
    private readonly int _down;
    private readonly int _reach;
    private readonly float[] _filters;
    private readonly List<float> _pending = [];
    private float[] _output = [];
    private long _firstPending;
    private long _pushed;
    private long _produced;

    /// <summary>Prepares the filters for a pair of rates.</summary>
    /// <param name="source">Samples per second that go in.</param>
    /// <param name="target">Samples per second that come out.</param>
    public Resampler(int source, int target)
    {
        (_up, _down) = Ratio(source, target);
        _reach = Reach(_up, _down);
        _filters = _up == _down ? [] : Filters();
        // Silence before the first sample, so that every output has a full neighbourhood.
        _pending.AddRange(Enumerable.Repeat(0f, _reach));
        _firstPending = -_reach;
    }

    /// <summary>Whether the filter for these rates is small enough to be worth building.</summary>
    public static bool Supports(int source, int target)
    {
        var (up, down) = Ratio(source, target);
        return (long)up * 2 * Reach(up, down) <= MostCoefficients;
    }

    /// <summary>Takes samples and returns what they complete; valid until the next call.</summary>
    public ReadOnlyMemory<float> Push(ReadOnlySpan<float> samples)
    {
        _pending.AddRange(samples);
        _pushed += samples.Length;
        return Produce(long.MaxValue);
    }

    /// <summary>Returns the rest after the last sample.</summary>
    public ReadOnlyMemory<float> Complete()
    {
        _pending.AddRange(Enumerable.Repeat(0f, 2 * _reach));
        return Produce(((_pushed * _up) + _down - 1) / _down);
    }

    private ReadOnlyMemory<float> Produce(long most)
    {
        var available = _firstPending + _pending.Count;
        var room = (int)(((available + 1) * _up / _down) - _produced) + 1;
        if (_output.Length < room)
            _output = new float[room];
        var pending = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending);
        var count = 0;
        for (; _produced < most; _produced++)
        {
            var position = _produced * _down / _up;
            if (position + _reach >= available)
                break;
            var first = (int)(position - _reach + 1 - _firstPending);
            _output[count++] = _up == _down ? pending[first + _reach - 1] : Filter(pending[first..], (int)(_produced * _down % _up));
        }

        var keepFrom = (_produced * _down / _up) - _reach;
        var drop = (int)Math.Clamp(keepFrom - _firstPending, 0, _pending.Count);
        _pending.RemoveRange(0, drop);
        _firstPending += drop;
        return _output.AsMemory(0, count);
    }

    private float Filter(ReadOnlySpan<float> samples, int phase)
    {
        var taps = 2 * _reach;
        return System.Numerics.Tensors.TensorPrimitives.Dot(samples[..taps], _filters.AsSpan(phase * taps, taps));
    }

    private float[] Filters()
    {
        var taps = 2 * _reach;
        var filters = new float[_up * taps];
        var cutoff = Math.Min(1.0, (double)_up / _down) * 0.95;
        for (var phase = 0; phase < _up; phase++)
        {
            var row = filters.AsSpan(phase * taps, taps);
            var sum = 0.0;
            for (var tap = 0; tap < taps; tap++)
            {
                var distance = tap - _reach + 1 - ((double)phase / _up);
                var edge = Math.Min(1, Math.Abs(distance) / _reach);
                var value = cutoff * Sinc(cutoff * distance) * Bessel(Beta * Math.Sqrt(1 - (edge * edge))) / Bessel(Beta);
                row[tap] = (float)value;
                sum += value;
            }

            foreach (ref var value in row)
                value = (float)(value / sum);
        }

        return filters;
    }

    private static (int Up, int Down) Ratio(int source, int target)
    {
        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(source, target);
        return (target / divisor, source / divisor);
    }

    private static int Reach(int up, int down) => (int)Math.Ceiling(ZeroCrossings * Math.Max(1.0, (double)down / up));

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    /// <summary>Modified Bessel function of the first kind, order zero.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; k < 40; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
