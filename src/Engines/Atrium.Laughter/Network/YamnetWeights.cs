namespace Atrium.Laughter.Network;

/// <summary>
/// YAMNet's parameters with batch normalisation folded in, in plain arrays: first layer [9 taps][32], depthwise
/// [9 taps][channels], pointwise [inputs][outputs], classifier [1024][521]; taps run row by row (time, then mel).
/// </summary>
internal sealed class YamnetWeights
{
    public required float[] First { get; init; }

    public required float[] FirstBias { get; init; }

    public required IReadOnlyList<SeparableWeights> Layers { get; init; }

    public required float[] Classifier { get; init; }

    public required float[] ClassifierBias { get; init; }
}

/// <summary>Parameters of one separable layer.</summary>
internal sealed record SeparableWeights(float[] Depthwise, float[] DepthwiseBias, float[] Pointwise, float[] PointwiseBias);
