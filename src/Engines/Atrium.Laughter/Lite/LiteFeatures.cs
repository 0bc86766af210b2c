namespace Atrium.Laughter.Lite;

/// <summary>
/// The lite detector's features of a window of 1.28 s. All are relative to the window's own peak, so the level of a
/// recording does not matter. docs/laughter.md says what each is for.
/// </summary>
internal sealed class LiteFeatures
{
    public const int WindowFrames = 128;
    private const float Floor = 50;
    private const float Active = -15;

    /// <summary>Names of the features, in order.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        .. NoteFeatures.Names, .. RhythmFeatures.Names, .. VoiceFeatures.Names, .. ShapeFeatures.Names,
    ];

    private readonly float[] _level = new float[WindowFrames];
    private readonly float[] _raw = new float[WindowFrames];
    private readonly Notes _notes = new();

    /// <summary>Computes the features of the window that starts at a frame, or says that there is nothing to hear in it.</summary>
    public bool TryCompute(FrameTrack track, long start, Span<float> features)
    {
        var peak = float.NegativeInfinity;
        for (var t = 0; t < WindowFrames; t++)
            peak = Math.Max(peak, _raw[t] = track.Energy(start + t));
        if (peak < LiteModel.QuietestDecibels)
            return false;

        for (var t = 0; t < WindowFrames; t++)
        {
            float before = _raw[Math.Max(0, t - 1)], after = _raw[Math.Min(WindowFrames - 1, t + 1)];
            _level[t] = Math.Max(((before + (2 * _raw[t]) + after) / 4) - peak, -Floor);
        }

        _notes.Find(_level);
        var window = new Window(track, start, _level, _notes, Active);
        var rest = features;
        NoteFeatures.Compute(window, Next(ref rest, NoteFeatures.Names.Length));
        RhythmFeatures.Compute(window, Next(ref rest, RhythmFeatures.Names.Length));
        VoiceFeatures.Compute(window, Next(ref rest, VoiceFeatures.Names.Length));
        ShapeFeatures.Compute(window, Next(ref rest, ShapeFeatures.Names.Length));
        return true;
    }

    private static Span<float> Next(ref Span<float> rest, int count)
    {
        var next = rest[..count];
        rest = rest[count..];
        return next;
    }
}

/// <summary>One window under study.</summary>
internal readonly ref struct Window(FrameTrack track, long start, ReadOnlySpan<float> level, Notes notes, float active)
{
    /// <summary>Level of each frame in dB below the window's peak, -50..0.</summary>
    public ReadOnlySpan<float> Level { get; } = level;

    public Notes Notes { get; } = notes;

    public bool IsActive(int t) => Level[t] > active;

    public float Periodicity(int t) => track.Periodicity(start + t);

    public float Pitch(int t) => track.Pitch(start + t);

    public float Width(int t) => track.Width(start + t);

    public ReadOnlySpan<float> Regions(int t) => track.Regions(start + t);

    /// <summary>Similarity to the frame before, -1..1.</summary>
    public float Steadiness(int t) => track.Steadiness(start + t);

    /// <summary>Correlation of the shapes of two frames' spectra, -1..1.</summary>
    public float Similarity(int left, int right) => FrameShape.Similarity(track.LogMel(start + left), track.LogMel(start + right));
}
