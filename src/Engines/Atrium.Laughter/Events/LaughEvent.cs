namespace Atrium.Laughter.Events;

/// <summary>One stretch of laughter.</summary>
public sealed record LaughEvent
{
    /// <summary>Seconds from the start of the recording.</summary>
    public required double Start { get; init; }

    /// <summary>Seconds from the start of the recording.</summary>
    public required double End { get; init; }

    /// <summary>The highest score in it, 0..1. No probability.</summary>
    public required double Score { get; init; }

    /// <summary>The kind of laughter with that score, e.g. <c>Giggle</c>; a weak hint.</summary>
    public required string Label { get; init; }

    /// <summary>Found without a model: possibly laughter.</summary>
    public bool IsPossible { get; init; }

    /// <summary>Probably out of a television or radio.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>Where its clip should start: padded, not before the recording.</summary>
    public required double ClipStart { get; init; }

    /// <summary>Where its clip should end: padded; the recording may end before.</summary>
    public required double ClipEnd { get; init; }

    /// <summary>Length in seconds.</summary>
    public double Length => End - Start;

    /// <summary>The same event with all its times moved, as when a recording is a window of a day.</summary>
    public LaughEvent MovedBy(double seconds) => this with
    {
        Start = Start + seconds,
        End = End + seconds,
        ClipStart = ClipStart + seconds,
        ClipEnd = ClipEnd + seconds,
    };
}
