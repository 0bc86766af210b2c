using System.Runtime.InteropServices;

namespace Atrium.Laughter.Evaluation;

/// <summary>Hits, false alarms and misses, in events or in frames.</summary>
/// <param name="Hits">Found and true.</param>
/// <param name="FalseAlarms">Found and not true.</param>
/// <param name="Misses">True and not found.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Counts(long Hits, long FalseAlarms, long Misses)
{
    /// <summary>Share of what was found that is true, 0..1; 0 when nothing was found.</summary>
    public double Precision => Share(Hits, Hits + FalseAlarms);

    /// <summary>Share of what is true that was found, 0..1; 0 when there was nothing.</summary>
    public double Recall => Share(Hits, Hits + Misses);

    /// <summary>Harmonic mean of precision and recall, 0..1.</summary>
    public double F1 => Share(2 * Hits, (2 * Hits) + FalseAlarms + Misses);

    /// <summary>Adds up the counts of several recordings.</summary>
    public static Counts operator +(Counts left, Counts right) =>
        new(left.Hits + right.Hits, left.FalseAlarms + right.FalseAlarms, left.Misses + right.Misses);

    private static double Share(long part, long whole) => whole == 0 ? 0 : part / (double)whole;
}
