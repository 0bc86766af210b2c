namespace Atrium.Laughter.Lite;

/// <summary>Features of the voice over all active frames: how much is voiced, for how long, and how the pitch moves.</summary>
internal static class VoiceFeatures
{
    private const float Voiced = 0.5f;

    public static readonly string[] Names =
        ["voiced share", "longest voiced run", "longest active run", "pitch range", "periodicity spread", "pitch flutter", "change"];

    public static void Compute(Window window, Span<float> f)
    {
        f.Clear();
        Span<float> pitches = stackalloc float[LiteFeatures.WindowFrames];
        int active = 0, voiced = 0, voicedRun = 0, activeRun = 0, flutters = 0, changes = 0;
        float sum = 0, squares = 0;
        for (var t = 0; t < window.Level.Length; t++)
        {
            activeRun = window.IsActive(t) ? activeRun + 1 : 0;
            var periodicity = window.Periodicity(t);
            var isVoiced = window.IsActive(t) && periodicity > Voiced;
            voicedRun = isVoiced ? voicedRun + 1 : 0;
            f[1] = Math.Max(f[1], voicedRun / 100f);
            f[2] = Math.Max(f[2], activeRun / 100f);
            if (activeRun == 0)
                continue;
            active++;
            sum += periodicity;
            squares += periodicity * periodicity;
            if (activeRun > 1)
            {
                f[6] += 1 - window.Steadiness(t);
                changes++;
            }

            if (!isVoiced)
                continue;
            if (voicedRun > 1)
            {
                f[5] += Math.Min(1, Math.Abs(window.Pitch(t) - pitches[voiced - 1]));
                flutters++;
            }

            pitches[voiced++] = window.Pitch(t);
        }

        f[0] = voiced / (float)Math.Max(1, active);
        f[4] = MathF.Sqrt(Math.Max(0, (squares / Math.Max(1, active)) - MathF.Pow(sum / Math.Max(1, active), 2)));
        f[5] /= Math.Max(1, flutters);
        f[6] /= Math.Max(1, changes);
        if (voiced > 4)
        {
            pitches[..voiced].Sort();
            f[3] = pitches[voiced * 9 / 10] - pitches[voiced / 10];
        }
    }
}
