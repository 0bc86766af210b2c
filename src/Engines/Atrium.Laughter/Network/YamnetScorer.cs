using Atrium.Laughter.Events;
using Atrium.Laughter.Features;

namespace Atrium.Laughter.Network;

/// <summary>
/// Scores a stream with YAMNet, a patch of 0.96 s every 0.48 s. Patches are collected and scored together; each
/// patch's score stands for the 0.48 s around its middle.
/// </summary>
internal sealed class YamnetScorer : IScorer
{
    // Half a minute for two workers: waiting for the slower one at the end of each round costs little.
    private const int PatchesOfWorker = 4 * ForwardPass.LargestBatch;
    private const double HopSeconds = 0.48;
    private const double CellStart = 0.24;

    // Nothing but the logarithm's offset: digital silence, whose score is not worth a forward pass.
    private const float SilentLogMel = -6.9f;

    private readonly Yamnet _network;
    private readonly EventRules _rules;
    private readonly int _workers;
    private readonly LogMelFrontEnd _frontEnd = new();
    private readonly float[] _frames;
    private readonly float[] _patches;
    private readonly float[] _scores;
    private readonly int[] _places;
    private int _filled;
    private long _samples;
    private long _scored;
    private ScoreFrame? _last;

    public YamnetScorer(Yamnet network, EventRules rules, int workers)
    {
        _network = network;
        _rules = rules;
        _workers = workers;
        var patches = workers * PatchesOfWorker;
        _frames = new float[(((patches + 1) * YamnetShape.PatchHopFrames) + LogMelFrontEnd.BlockFrames) * YamnetShape.Bands];
        _patches = new float[patches * Yamnet.PatchValues];
        _scores = new float[patches * Yamnet.Classes];
        _places = new int[patches];
    }

    public void Push(ReadOnlySpan<float> samples, List<ScoreFrame> frames)
    {
        _samples += samples.Length;
        Read(samples, frames);
    }

    public void Complete(List<ScoreFrame> frames)
    {
        if (_samples == 0)
            return;
        Read(new float[LogMelFrontEnd.PaddingAfter(_samples)], frames);
        Score(frames);
        if (_last is { } last)
            frames.Add(last with { End = Math.Max(last.Start, _samples / (double)LogMelFrontEnd.SampleRate) });
        _last = null;
    }

    private void Read(ReadOnlySpan<float> samples, List<ScoreFrame> frames)
    {
        while (_frontEnd.TryRead(ref samples, out var block))
        {
            block.CopyTo(_frames.AsSpan(_filled));
            _filled += block.Length;
            if (PatchesReady == _places.Length)
                Score(frames);
        }
    }

    private int PatchesReady =>
        Math.Max(0, ((_filled / YamnetShape.Bands) - YamnetShape.PatchFrames + YamnetShape.PatchHopFrames) / YamnetShape.PatchHopFrames);

    private void Score(List<ScoreFrame> frames)
    {
        const int hopValues = YamnetShape.PatchHopFrames * YamnetShape.Bands;
        var ready = PatchesReady;
        var loud = 0;
        for (var patch = 0; patch < ready; patch++)
        {
            var values = _frames.AsSpan(patch * hopValues, Yamnet.PatchValues);
            _places[patch] = values.ContainsAnyExceptInRange(float.NegativeInfinity, SilentLogMel) ? loud : -1;
            if (_places[patch] >= 0)
                values.CopyTo(_patches.AsSpan(loud++ * Yamnet.PatchValues));
        }

        RunNetwork(loud);
        for (var patch = 0; patch < ready; patch++)
            Add(frames, _places[patch] < 0 ? [] : _scores.AsSpan(_places[patch] * Yamnet.Classes, Yamnet.Classes));
        _frames.AsSpan(ready * hopValues, _filled - (ready * hopValues)).CopyTo(_frames);
        _filled -= ready * hopValues;
    }

    /// <summary>Whoever is free takes the next batch: the decoder's process slows now one worker, now the other.</summary>
    private void RunNetwork(int count)
    {
        var batches = (count + ForwardPass.LargestBatch - 1) / ForwardPass.LargestBatch;
        if (_workers == 1 || batches < 2)
        {
            RunPart(0, count);
            return;
        }

        Parallel.For(0, batches, new ParallelOptions { MaxDegreeOfParallelism = _workers }, batch =>
            RunPart(batch * ForwardPass.LargestBatch, Math.Min(count, (batch + 1) * ForwardPass.LargestBatch)));
    }

    private void RunPart(int first, int end) => _network.Score(
        _patches.AsSpan(first * Yamnet.PatchValues, (end - first) * Yamnet.PatchValues),
        _scores.AsSpan(first * Yamnet.Classes, (end - first) * Yamnet.Classes));

    /// <summary>The last frame is held back, because only the end of the stream says where it ends.</summary>
    private void Add(List<ScoreFrame> frames, ReadOnlySpan<float> scores)
    {
        if (_last is { } last)
            frames.Add(last);
        var middle = (_scored * HopSeconds) + CellStart;
        var (score, label) = Laughter(scores);
        var broadcast = scores.IsEmpty ? 0 : Math.Max(scores[ClassMap.Television], scores[ClassMap.Radio]);
        _last = new ScoreFrame(_scored == 0 ? 0 : middle, middle + HopSeconds, score, label, broadcast);
        _scored++;
    }

    private (float Score, int Class) Laughter(ReadOnlySpan<float> scores)
    {
        var best = ClassMap.FirstLaughter;
        if (scores.IsEmpty)
            return (0, best);
        for (var index = best + 1; index <= ClassMap.LastLaughter; index++)
        {
            if (scores[index] > scores[best])
                best = index;
        }

        foreach (var veto in _rules.Vetoes)
        {
            if (scores[veto.Class] >= scores[best] * veto.Ratio)
                return (0, best);
        }

        return (scores[best], best);
    }
}
