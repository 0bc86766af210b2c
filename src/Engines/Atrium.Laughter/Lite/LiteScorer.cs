using Atrium.Laughter.Events;
using Atrium.Laughter.Features;
using Atrium.Laughter.Network;

namespace Atrium.Laughter.Lite;

/// <summary>Scores a stream without a model file: a window of 1.28 s every 0.1 s, its score for the 0.1 s in its middle.</summary>
internal sealed class LiteScorer(LiteModel model) : IScorer
{
    public const int HopFrames = 10;
    public const double HopSeconds = HopFrames / 100.0;

    /// <summary>From a window's first frame to the middle of its cell.</summary>
    public const double CellMiddle = 0.64;

    private readonly LogMelFrontEnd _frontEnd = new();
    private readonly FrameTrack _track = new();
    private readonly LiteFeatures _features = new();
    private readonly float[] _values = new float[LiteFeatures.Names.Count];
    private long _samples;
    private long _windows;
    private ScoreFrame? _last;

    public void Push(ReadOnlySpan<float> samples, List<ScoreFrame> frames)
    {
        _samples += samples.Length;
        Read(samples, frames);
    }

    public void Complete(List<ScoreFrame> frames)
    {
        if (_samples == 0)
            return;
        var length = _samples / (double)LogMelFrontEnd.SampleRate;
        // Enough silence for the last window that is centred on sound, and for the block it ends in.
        var silence = new float[(LiteFeatures.WindowFrames + LogMelFrontEnd.BlockFrames) * LogMelFrontEnd.HopSamples];
        Read(silence, frames, length);
        if (_last is { } last)
            frames.Add(last with { End = Math.Max(last.Start, length) });
        _last = null;
    }

    private void Read(ReadOnlySpan<float> samples, List<ScoreFrame> frames, double end = double.PositiveInfinity)
    {
        while (_frontEnd.TryRead(ref samples, out _))
        {
            _track.Add(_frontEnd);
            for (; (_windows * HopFrames) + LiteFeatures.WindowFrames <= _track.Count; _windows++)
            {
                var middle = (_windows * HopSeconds) + CellMiddle;
                if (_windows > 0 && middle - (HopSeconds / 2) >= end)
                    return;
                var score = _features.TryCompute(_track, _windows * HopFrames, _values) ? model.Score(_values) : 0;
                if (_last is { } last)
                    frames.Add(last);
                _last = new ScoreFrame(_windows == 0 ? 0 : middle - (HopSeconds / 2), middle + (HopSeconds / 2), score, ClassMap.FirstLaughter, 0);
            }
        }
    }
}
