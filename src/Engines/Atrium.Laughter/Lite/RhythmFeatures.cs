namespace Atrium.Laughter.Lite;

/// <summary>Features of the level's course as a whole: is there a beat of 3 to 8 Hz, and does the sound return with it?</summary>
internal static class RhythmFeatures
{
    private const int ShortestLag = 11;
    private const int LongestLag = 36;
    private const int HighestBin = 16;
    private const float Deepest = -25;

    public static readonly string[] Names =
    [
        "beat", "beat lag", "second beat", "slow swing", "laugh swing", "fast swing", "swing peak", "likeness at beat",
        "likeness off beat", "dynamic range", "median level", "active share",
    ];

    private static readonly float[] Cosines = Waves(Math.Cos);
    private static readonly float[] Sines = Waves(Math.Sin);

    public static void Compute(Window window, Span<float> f)
    {
        f.Clear();
        Span<float> course = stackalloc float[LiteFeatures.WindowFrames];
        float mean = 0;
        for (var t = 0; t < course.Length; t++)
            mean += (course[t] = Math.Max(window.Level[t], Deepest)) / course.Length;
        for (var t = 0; t < course.Length; t++)
            course[t] -= mean;

        Beat(course, f);
        Swing(course, f);
        Likeness(window, f);
        Levels(window, f);
    }

    private static void Beat(ReadOnlySpan<float> course, Span<float> f)
    {
        var power = Correlation(course, 0) + 1e-3f;
        var best = ShortestLag;
        for (var lag = ShortestLag; lag <= LongestLag; lag++)
        {
            var value = Correlation(course, lag) / power;
            if (value <= f[0])
                continue;
            f[0] = value;
            best = lag;
        }

        f[1] = best / 100f;
        f[2] = Correlation(course, 2 * best) / power;
    }

    private static float Correlation(ReadOnlySpan<float> course, int lag)
    {
        var count = course.Length - lag;
        return System.Numerics.Tensors.TensorPrimitives.Dot(course[..count], course[lag..]) / count;
    }

    private static void Swing(ReadOnlySpan<float> course, Span<float> f)
    {
        float total = 1e-3f, highest = 0;
        for (var bin = 1; bin <= HighestBin; bin++)
        {
            var real = System.Numerics.Tensors.TensorPrimitives.Dot(course, Cosines.AsSpan(bin * course.Length, course.Length));
            var imaginary = System.Numerics.Tensors.TensorPrimitives.Dot(course, Sines.AsSpan(bin * course.Length, course.Length));
            var power = (real * real) + (imaginary * imaginary);
            total += power;
            f[bin <= 3 ? 3 : bin <= 9 ? 4 : 5] += power;
            if (bin is > 3 and <= 9)
                highest = Math.Max(highest, power);
        }

        f[6] = highest / total;
        for (var i = 3; i <= 5; i++)
            f[i] /= total;
    }

    private static void Likeness(Window window, Span<float> f)
    {
        var lag = (int)MathF.Round(f[1] * 100);
        int on = 0, off = 0;
        for (var t = 0; t + lag < window.Level.Length; t += 2)
        {
            if (!window.IsActive(t))
                continue;
            f[7] += window.Similarity(t, t + lag);
            on++;
            f[8] += window.Similarity(t, t + (lag / 2));
            off++;
        }

        f[7] /= Math.Max(1, on);
        f[8] /= Math.Max(1, off);
    }

    private static void Levels(Window window, Span<float> f)
    {
        Span<float> sorted = stackalloc float[LiteFeatures.WindowFrames];
        window.Level.CopyTo(sorted);
        sorted.Sort();
        f[9] = -sorted[sorted.Length / 10];
        f[10] = -sorted[sorted.Length / 2];
        for (var t = 0; t < sorted.Length; t++)
            f[11] += window.IsActive(t) ? 1f / sorted.Length : 0;
    }

    private static float[] Waves(Func<double, double> wave)
    {
        var waves = new float[(HighestBin + 1) * LiteFeatures.WindowFrames];
        for (var i = 0; i < waves.Length; i++)
        {
            int bin = i / LiteFeatures.WindowFrames, t = i % LiteFeatures.WindowFrames;
            waves[i] = (float)wave(2 * Math.PI * bin * t / LiteFeatures.WindowFrames);
        }

        return waves;
    }
}
