using System.Runtime.CompilerServices;
using Atrium.Laughter.Audio;
using Atrium.Laughter.Events;
using Atrium.Laughter.Lite;
using Atrium.Laughter.Network;

namespace Atrium.Laughter;

/// <summary>
/// Finds laughter in recordings: with YAMNet when a model is given, else with the built-in lite detector, whose finds
/// are marked as possible. Thread-safe; each stream that it opens is not.
/// </summary>
public sealed class LaughterDetector
{
    private readonly Yamnet? _network;
    private readonly int _workers;

    /// <summary>Makes a detector.</summary>
    /// <param name="network">YAMNet, or null for the lite detector.</param>
    /// <param name="rules">How scores become events; null for what suits the detector.</param>
    /// <param name="workers">Threads for the network, 1 or more.</param>
    public LaughterDetector(Yamnet? network = null, EventRules? rules = null, int workers = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _network = network;
        _workers = workers;
        Rules = rules ?? (network is null ? EventRules.ForLite : EventRules.ForYamnet);
        Rules.Validate();
    }

    /// <summary>How scores become events here.</summary>
    public EventRules Rules { get; }

    /// <summary>There is no model: what is found is possibly laughter.</summary>
    public bool IsLite => _network is null;

    /// <summary>Opens a stream of samples.</summary>
    public LaughterStream Open() => new(
        _network is null ? new LiteScorer(LiteModel.Default) : new YamnetScorer(_network, Rules, _workers),
        new EventFinder(Rules, IsLite));

    /// <summary>Finds the laughter of a file, in order of time, while it is being decoded.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="limits">What decoding may cost; null for the defaults.</param>
    /// <param name="progress">Is told how many seconds of the recording are done, about once for each minute of it.</param>
    /// <param name="clock">The clock of the time limits; null for the system's.</param>
    /// <param name="cancellation">Ends the detection.</param>
    /// <exception cref="AudioException">The recording cannot be decoded or goes over a limit.</exception>
    public async IAsyncEnumerable<LaughEvent> DetectAsync(
        string path, DecodeLimits? limits = null, IProgress<double>? progress = null, TimeProvider? clock = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var stream = Open();
        var reported = 0.0;
        await foreach (var piece in AudioDecoder.DecodeAsync(path, limits, clock, cancellation))
        {
            foreach (var found in stream.Push(piece.Span))
                yield return found;
            if (stream.Seconds - reported < 60)
                continue;
            reported = stream.Seconds;
            progress?.Report(reported);
        }

        foreach (var found in stream.Complete())
            yield return found;
        progress?.Report(stream.Seconds);
    }

    /// <summary>The scores of a file before they become events, for evaluation.</summary>
    public async Task<IReadOnlyList<ScoreFrame>> ScoreAsync(
        string path, DecodeLimits? limits = null, TimeProvider? clock = null, CancellationToken cancellation = default)
    {
        var stream = Open();
        var frames = new List<ScoreFrame>();
        stream.Observe = frames.Add;
        await foreach (var piece in AudioDecoder.DecodeAsync(path, limits, clock, cancellation))
            stream.Push(piece.Span);
        stream.Complete();
        return frames;
    }
}
