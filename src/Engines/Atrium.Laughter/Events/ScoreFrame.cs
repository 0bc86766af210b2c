using System.Runtime.InteropServices;

namespace Atrium.Laughter.Events;

/// <summary>The score of one cell of the time line; cells follow each other without gaps.</summary>
/// <param name="Start">Where the cell starts, in seconds of the recording.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Score">How much it sounds like laughter, 0..1.</param>
/// <param name="Class">The laughter class with that score (13 to 18).</param>
/// <param name="Broadcast">How much it sounds like television or radio, 0..1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ScoreFrame(double Start, double End, float Score, int Class, float Broadcast);
