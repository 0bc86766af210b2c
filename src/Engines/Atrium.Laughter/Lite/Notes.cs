namespace Atrium.Laughter.Lite;

/// <summary>The notes of a window: the peaks of its level, and the dips between them.</summary>
internal sealed class Notes
{
    public const int Most = 24;
    private const float Swing = 3;
    private const float Quietest = -27;

    private readonly int[] _peaks = new int[Most];
    private readonly int[] _dips = new int[Most];

    /// <summary>Frames of the peaks.</summary>
    public ReadOnlySpan<int> Peaks => _peaks.AsSpan(0, Count);

    /// <summary>Frames of the dips: dip n lies between peaks n and n + 1.</summary>
    public ReadOnlySpan<int> Dips => _dips.AsSpan(0, Math.Max(0, Count - 1));

    public int Count { get; private set; }

    /// <summary>Finds peaks and dips that differ by at least 3 dB, among peaks within 27 dB of the highest (0 dB).</summary>
    public void Find(ReadOnlySpan<float> level)
    {
        Count = 0;
        int top = 0, bottom = 0, dip = 0;
        var rising = true;
        for (var t = 1; t < level.Length && Count < Most; t++)
        {
            if (rising)
            {
                if (level[t] > level[top])
                    top = t;
                if (level[t] > level[top] - Swing)
                    continue;
                Add(level, top, dip);
                rising = false;
                bottom = t;
            }
            else
            {
                if (level[t] < level[bottom])
                    bottom = t;
                if (level[t] < level[bottom] + Swing)
                    continue;
                dip = bottom;
                rising = true;
                top = t;
            }
        }
    }

    private void Add(ReadOnlySpan<float> level, int peak, int dip)
    {
        if (level[peak] < Quietest)
            return;
        if (Count > 0)
            _dips[Count - 1] = dip;
        _peaks[Count++] = peak;
    }
}
