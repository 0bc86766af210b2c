using Atrium.Laughter.Lite;

namespace Atrium.Laughter.Events;

/// <summary>How scores become events. Times are in seconds of the recording, scores in 0..1.</summary>
public sealed record EventRules
{
    /// <summary>Rules for YAMNet's scores, which are no calibrated probabilities.</summary>
    public static EventRules ForYamnet { get; } = new();

    /// <summary>Rules for the lite detector's scores, with the thresholds that its training chose.</summary>
    public static EventRules ForLite => LiteModel.Default.Rules;

    /// <summary>A score from here on starts an event.</summary>
    public double Enter { get; init; } = 0.35;

    /// <summary>An event lasts, and reaches back, as far as scores stay at or above this.</summary>
    public double Stay { get; init; } = 0.15;

    /// <summary>Scores are averaged over this span, centred; 0 leaves them alone.</summary>
    public double Smoothing { get; init; }

    /// <summary>Events with a gap up to this become one.</summary>
    public double MergeGap { get; init; } = 1;

    /// <summary>Shorter events (after merging) are dropped.</summary>
    public double MinimumLength { get; init; } = 0.3;

    /// <summary>Longer events are cut, so that a stuck detector cannot make one clip of a day.</summary>
    public double MaximumLength { get; init; } = 60;

    /// <summary>A clip starts this long before its event.</summary>
    public double PadBefore { get; init; } = 2;

    /// <summary>A clip ends this long after its event.</summary>
    public double PadAfter { get; init; } = 2;

    /// <summary>An event in which television or radio scores this high is marked as broadcast.</summary>
    public double Broadcast { get; init; } = 0.3;

    /// <summary>Sounds that are taken for laughter, and how sure of them one must be to silence it.</summary>
    public IReadOnlyList<Veto> Vetoes { get; init; } = [new Veto(Network.ClassMap.Crying, 1), new Veto(Network.ClassMap.BabyCry, 1)];

    /// <summary>Throws when a value makes no sense.</summary>
    /// <exception cref="ArgumentException">Names the first value that makes none.</exception>
    public void Validate()
    {
        Check(Enter is >= 0 and <= 1, nameof(Enter));
        Check(Stay >= 0 && Stay <= Enter, nameof(Stay));
        Check(Smoothing is >= 0 and <= 10, nameof(Smoothing));
        Check(MergeGap is >= 0 and <= 60, nameof(MergeGap));
        Check(MinimumLength is >= 0 and <= 60, nameof(MinimumLength));
        Check(MaximumLength > MinimumLength && MaximumLength <= 3_600, nameof(MaximumLength));
        Check(PadBefore is >= 0 and <= 60, nameof(PadBefore));
        Check(PadAfter is >= 0 and <= 60, nameof(PadAfter));
        Check(Broadcast is >= 0 and <= 1, nameof(Broadcast));
        Check(Vetoes.All(veto => veto.Class is >= 0 and < Network.Yamnet.Classes && veto.Ratio > 0), nameof(Vetoes));
    }

    private static void Check(bool sensible, string name)
    {
        if (!sensible)
            throw new ArgumentException($"The event rule {name} is out of range.", name);
    }
}

/// <summary>A frame does not count as laughter when this class scores at least the laughter's score times the ratio.</summary>
/// <param name="Class">Index of a YAMNet class.</param>
/// <param name="Ratio">Greater than 0; 1 means "as likely as laughter".</param>
public sealed record Veto(int Class, double Ratio);
