using Atrium.Laughter.Features;

namespace Atrium.Laughter.Network;

/// <summary>One signal of the official acceptance test of YAMNet's weights.</summary>
/// <param name="Signal">Name of the signal.</param>
/// <param name="Class">Index of the class that it should be heard as.</param>
/// <param name="Rank">Place of that class among the mean scores, 1 for the highest.</param>
/// <param name="Score">Its mean score, 0..1.</param>
public sealed record VerifiedSignal(string Signal, int Class, int Rank, double Score)
{
    /// <summary>The class must be among the ten highest.</summary>
    public bool Passed => Rank <= 10;
}

/// <summary>The official acceptance test: silence, noise and a tone must be heard as what they are.</summary>
public static class ModelVerification
{
    private const int Samples = 3 * LogMelFrontEnd.SampleRate;

    /// <summary>Runs the three signals, 3 s each, through a network.</summary>
    public static IReadOnlyList<VerifiedSignal> Verify(Yamnet network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var noise = new Random(51_773);
        return
        [
            Verify(network, "silence", ClassMap.Silence, _ => 0),
            Verify(network, "noise", ClassMap.WhiteNoise, _ => (float)((noise.NextDouble() * 2) - 1)),
            Verify(network, "tone", ClassMap.SineWave, i => (float)Math.Sin(2 * Math.PI * 440 * i / LogMelFrontEnd.SampleRate)),
        ];
    }

    private static VerifiedSignal Verify(Yamnet network, string signal, int expected, Func<int, float> wave)
    {
        var samples = new float[Samples + LogMelFrontEnd.PaddingAfter(Samples)];
        for (var i = 0; i < Samples; i++)
            samples[i] = wave(i);
        var frames = new List<float>();
        var frontEnd = new LogMelFrontEnd();
        ReadOnlySpan<float> rest = samples;
        while (frontEnd.TryRead(ref rest, out var block))
            frames.AddRange(block);

        const int hop = YamnetShape.PatchHopFrames * YamnetShape.Bands;
        var patches = Enumerable.Range(0, ((frames.Count - Yamnet.PatchValues) / hop) + 1)
            .SelectMany(patch => frames.GetRange(patch * hop, Yamnet.PatchValues))
            .ToArray();
        var scores = new float[patches.Length / Yamnet.PatchValues * Yamnet.Classes];
        network.Score(patches, scores);
        var means = Enumerable.Range(0, Yamnet.Classes)
            .Select(label => Enumerable.Range(0, scores.Length / Yamnet.Classes).Average(patch => (double)scores[(patch * Yamnet.Classes) + label]))
            .ToArray();
        return new VerifiedSignal(signal, expected, 1 + means.Count(mean => mean > means[expected]), means[expected]);
    }
}
