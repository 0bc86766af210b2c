namespace Atrium.Laughter.Lite;

/// <summary>Features of the single notes and of how they follow each other.</summary>
internal static class NoteFeatures
{
    private const float EdgeDecibels = 9;

    public static readonly string[] Names =
    [
        "notes", "gap", "gap spread", "dip depth", "level slope", "level roughness", "neighbour likeness", "least likeness",
        "dip likeness", "attack", "decay", "note length", "periodicity in notes", "periodicity drop in dips", "pitch",
        "pitch step", "pitch spread", "pitch glide",
    ];

    public static void Compute(Window window, Span<float> f)
    {
        f.Clear();
        ReadOnlySpan<int> peaks = window.Notes.Peaks, dips = window.Notes.Dips;
        f[0] = Math.Min(peaks.Length, 12);
        if (peaks.Length == 0)
            return;

        Edges(window, peaks, f);
        for (var i = 0; i < peaks.Length; i++)
        {
            f[12] += AroundPeriodicity(window, peaks[i]) / peaks.Length;
            f[14] += (window.Pitch(peaks[i]) - 8) / peaks.Length;
            f[17] += Math.Clamp(window.Pitch(Within(peaks[i] + 3)) - window.Pitch(Within(peaks[i] - 3)), -1, 1) / peaks.Length;
        }

        if (peaks.Length < 2)
            return;
        Sequence(window, peaks, dips, f);
        Levels(window, peaks, f);
    }

    private static void Sequence(Window window, ReadOnlySpan<int> peaks, ReadOnlySpan<int> dips, Span<float> f)
    {
        var gaps = dips.Length;
        float squares = 0, pitchSquares = 0;
        f[7] = 1;
        for (var i = 0; i < gaps; i++)
        {
            var gap = peaks[i + 1] - peaks[i];
            f[1] += gap / 100f / gaps;
            squares += gap * gap / 10_000f / gaps;
            f[3] += (Math.Min(window.Level[peaks[i]], window.Level[peaks[i + 1]]) - window.Level[dips[i]]) / gaps;
            var likeness = window.Similarity(peaks[i], peaks[i + 1]);
            f[6] += likeness / gaps;
            f[7] = Math.Min(f[7], likeness);
            f[8] += window.Similarity(peaks[i], dips[i]) / gaps;
            f[13] += (AroundPeriodicity(window, peaks[i]) - window.Periodicity(dips[i])) / gaps;
            var step = Math.Min(1, Math.Abs(window.Pitch(peaks[i + 1]) - window.Pitch(peaks[i])));
            f[15] += step / gaps;
            pitchSquares += step * step / gaps;
        }

        f[2] = MathF.Sqrt(Math.Max(0, squares - (f[1] * f[1]))) / f[1];
        f[16] = MathF.Sqrt(Math.Max(0, pitchSquares - (f[15] * f[15])));
    }

    private static void Levels(Window window, ReadOnlySpan<int> peaks, Span<float> f)
    {
        float meanIndex = (peaks.Length - 1) / 2f, meanLevel = 0;
        foreach (var peak in peaks)
            meanLevel += window.Level[peak] / peaks.Length;
        float product = 0, squares = 0;
        for (var i = 0; i < peaks.Length; i++)
        {
            product += (i - meanIndex) * (window.Level[peaks[i]] - meanLevel);
            squares += (i - meanIndex) * (i - meanIndex);
        }

        f[4] = product / squares;
        for (var i = 0; i < peaks.Length; i++)
            f[5] += Math.Abs(window.Level[peaks[i]] - meanLevel - (f[4] * (i - meanIndex))) / peaks.Length;
    }

    private static void Edges(Window window, ReadOnlySpan<int> peaks, Span<float> f)
    {
        foreach (var peak in peaks)
        {
            int attack = 0, decay = 0, length = 1;
            while (peak - attack > 0 && window.Level[peak - attack] > window.Level[peak] - EdgeDecibels)
                attack++;
            while (peak + decay < window.Level.Length - 1 && window.Level[peak + decay] > window.Level[peak] - EdgeDecibels)
                decay++;
            length += attack + decay;
            f[9] += Math.Min(attack, 40) / (float)peaks.Length;
            f[10] += Math.Min(decay, 40) / (float)peaks.Length;
            f[11] += Math.Min(length, 80) / (float)peaks.Length;
        }
    }

    private static float AroundPeriodicity(Window window, int t) =>
        Math.Max(window.Periodicity(t), Math.Max(window.Periodicity(Within(t - 2)), window.Periodicity(Within(t + 2))));

    private static int Within(int t) => Math.Clamp(t, 0, LiteFeatures.WindowFrames - 1);
}
