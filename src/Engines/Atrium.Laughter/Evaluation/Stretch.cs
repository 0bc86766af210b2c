using System.Runtime.InteropServices;

namespace Atrium.Laughter.Evaluation;

/// <summary>A labelled or detected stretch of a recording, in seconds.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, not before its start.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Stretch(double Start, double End)
{
    /// <summary>Seconds that two stretches share, 0 when they do not touch.</summary>
    public double Overlap(Stretch other) => Math.Max(0, Math.Min(End, other.End) - Math.Max(Start, other.Start));
}
