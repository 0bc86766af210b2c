namespace Atrium.Laughter.Network;

/// <summary>Everything that one thread needs for a forward pass, allocated once.</summary>
internal sealed class Workspace
{
    private const int MostLanes = 16;
    private const int LargestMap = YamnetShape.PatchFrames / 2 * (YamnetShape.Bands / 2) * 64;
    private const int LargestBatchMap = ForwardPass.LargestBatch * 24 * 512;
    private const int PaddedFirst = (YamnetShape.PatchFrames + 1) * (YamnetShape.Bands + 1);
    private const int PaddedBlock = ((YamnetShape.PatchFrames / 2) + 2) * ((YamnetShape.Bands / 2) + 2) * MostLanes;
    private const int PaddedClasses = 544;

    public AlignedBuffer First { get; } = new(PaddedFirst);

    public AlignedBuffer Scratch { get; } = new(PaddedBlock);

    /// <summary>What the first layer and each separable one made of the last patch that ran alone.</summary>
    public IReadOnlyList<AlignedBuffer> Maps { get; } =
    [
        new(YamnetShape.PatchFrames / 2 * (YamnetShape.Bands / 2) * YamnetShape.FirstChannels),
        .. YamnetShape.Layers.Select(layer => new AlignedBuffer(layer.OutputPixels * layer.Outputs)),
    ];

    public AlignedBuffer Depthwise { get; } = new(LargestMap);

    public AlignedBuffer BatchMap { get; } = new(LargestBatchMap);

    public AlignedBuffer BatchDepthwise { get; } = new(LargestBatchMap);

    public AlignedBuffer Pooled { get; } = new(ForwardPass.LargestBatch * YamnetShape.Embedding);

    public AlignedBuffer Logits { get; } = new(ForwardPass.LargestBatch * PaddedClasses);
}
