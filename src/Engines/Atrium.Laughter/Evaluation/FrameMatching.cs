namespace Atrium.Laughter.Evaluation;

/// <summary>Compares stretches frame by frame.</summary>
public static class FrameMatching
{
    /// <summary>Seconds of a frame.</summary>
    public const double FrameSeconds = 0.01;

    /// <summary>Counts the frames of one recording: a frame belongs to a stretch when its middle does.</summary>
    /// <param name="truth">The labels.</param>
    /// <param name="found">What was found.</param>
    /// <param name="seconds">Length of the recording.</param>
    public static Counts Count(IReadOnlyList<Stretch> truth, IReadOnlyList<Stretch> found, double seconds)
    {
        bool[] labelled = Paint(truth, seconds), marked = Paint(found, seconds);
        long hits = 0, alarms = 0, misses = 0;
        for (var i = 0; i < labelled.Length; i++)
        {
            if (labelled[i] && marked[i])
                hits++;
            else if (marked[i])
                alarms++;
            else if (labelled[i])
                misses++;
        }

        return new Counts(hits, alarms, misses);
    }

    private static bool[] Paint(IReadOnlyList<Stretch> stretches, double seconds)
    {
        var frames = new bool[(int)Math.Ceiling(seconds / FrameSeconds)];
        foreach (var stretch in stretches)
        {
            var first = (int)Math.Clamp(Math.Ceiling((stretch.Start / FrameSeconds) - 0.5), 0, frames.Length);
            var end = (int)Math.Clamp(Math.Ceiling((stretch.End / FrameSeconds) - 0.5), first, frames.Length);
            frames.AsSpan(first, end - first).Fill(true);
        }

        return frames;
    }
}
