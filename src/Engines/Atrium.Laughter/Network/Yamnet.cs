using System.Collections.Concurrent;

namespace Atrium.Laughter.Network;

/// <summary>
/// YAMNet's neural network in C#: scores 521 sound classes for patches of 0.96 s. Weights come from an ONNX file of
/// the operator. Thread-safe: several threads may score at once.
/// </summary>
public sealed class Yamnet
{
    private readonly ForwardPass _pass;
    private readonly ConcurrentBag<Workspace> _workspaces = [];

    internal Yamnet(ForwardPass pass) => _pass = pass;

    /// <summary>Classes that are scored.</summary>
    public const int Classes = YamnetShape.Classes;

    /// <summary>Frames in a patch (10 ms each).</summary>
    public const int PatchFrames = YamnetShape.PatchFrames;

    /// <summary>Values in a patch: 96 frames of 64 log-mel bands.</summary>
    public const int PatchValues = YamnetShape.PatchValues;

    /// <summary>Lanes of the vector instructions in use: 16, 8, 4, or 1 without any.</summary>
    public int Lanes => _pass.Lanes;

    /// <summary>Reads the weights out of an ONNX file.</summary>
    /// <exception cref="ModelException">The file is no YAMNet that this reader understands; the code says why.</exception>
    public static Yamnet Load(string path) => new(ForwardPass.Widest(OnnxYamnet.Read(path)));

    /// <summary>Scores whole patches.</summary>
    /// <param name="patches">Log-mel values, patch after patch, <see cref="PatchValues"/> each, frame after frame.</param>
    /// <param name="scores">Gets <see cref="Classes"/> independent scores in 0..1 for each patch.</param>
    public void Score(ReadOnlySpan<float> patches, Span<float> scores)
    {
        var count = patches.Length / PatchValues;
        if (count * PatchValues != patches.Length)
            throw new ArgumentException("Only whole patches can be scored.", nameof(patches));
        if (scores.Length != count * Classes)
            throw new ArgumentException("Room for every class of every patch is needed.", nameof(scores));

        if (!_workspaces.TryTake(out var workspace))
            workspace = new Workspace();
        for (var first = 0; first < count; first += ForwardPass.LargestBatch)
        {
            var batch = Math.Min(ForwardPass.LargestBatch, count - first);
            _pass.Run(
                workspace, patches.Slice(first * PatchValues, batch * PatchValues), batch,
                scores.Slice(first * Classes, batch * Classes));
        }

        foreach (ref var score in scores)
            score = 1 / (1 + MathF.Exp(-score));
        _workspaces.Add(workspace);
    }
}
