using Atrium.Laughter.Features;
using Atrium.Laughter.Lite;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Training;

/// <summary>Windows of sessions with their features and labels.</summary>
internal sealed class WindowSet
{
    private const double InsideMargin = 0.1;
    private const double OutsideMargin = 0.45;

    public static int Width => LiteFeatures.Names.Count;

    public List<float[]> Features { get; } = [];

    public List<bool> Labels { get; } = [];

    /// <summary>Adds the windows of a session whose middle lies clearly inside or clearly outside of laughter.</summary>
    public void Add(Session session)
    {
        foreach (var (middle, features) in Windows(session.Samples))
        {
            var inside = session.Sounds.Any(sound => sound.IsLaugh && middle > sound.Start + InsideMargin && middle < sound.End - InsideMargin);
            var near = session.Sounds.Any(sound => sound.IsLaugh && middle > sound.Start - OutsideMargin && middle < sound.End + OutsideMargin);
            if (near && !inside)
                continue;
            Features.Add(features);
            Labels.Add(inside);
        }
    }

    private static IEnumerable<(double Middle, float[] Features)> Windows(float[] samples)
    {
        var frontEnd = new LogMelFrontEnd();
        var track = new FrameTrack();
        var compute = new LiteFeatures();
        long windows = 0;
        var at = 0;
        while (Read(frontEnd, samples, ref at))
        {
            track.Add(frontEnd);
            for (; (windows * LiteScorer.HopFrames) + LiteFeatures.WindowFrames <= track.Count; windows++)
            {
                var features = new float[Width];
                if (compute.TryCompute(track, windows * LiteScorer.HopFrames, features))
                    yield return ((windows * LiteScorer.HopSeconds) + LiteScorer.CellMiddle, features);
            }
        }
    }

    private static bool Read(LogMelFrontEnd frontEnd, float[] samples, ref int at)
    {
        ReadOnlySpan<float> rest = samples.AsSpan(at);
        var complete = frontEnd.TryRead(ref rest, out _);
        at = samples.Length - rest.Length;
        return complete;
    }
}
