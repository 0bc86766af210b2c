namespace Atrium.Laughter.Network;

/// <inheritdoc/>
internal sealed unsafe class ForwardPass<TLanes, TVector> : ForwardPass
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // Up to here a patch's map is larger than a layer's weights, so patches run alone; from here on they share weights.
    private const int FirstShared = 5;

    private readonly AlignedBuffer _first;
    private readonly AlignedBuffer _firstBias;
    private readonly PackedLayer[] _layers;
    private readonly AlignedBuffer _classifier;
    private readonly AlignedBuffer _classifierBias;

    public ForwardPass(YamnetWeights weights)
    {
        _first = Copy(weights.First);
        _firstBias = Copy(weights.FirstBias);
        _layers = [.. weights.Layers.Zip(YamnetShape.Layers, Pack)];
        _classifier = PackPanels(weights.Classifier, YamnetShape.Embedding, YamnetShape.Classes);
        _classifierBias = Copy(weights.ClassifierBias, PaddedOutputs(YamnetShape.Classes));
    }

    public override int Lanes => TLanes.Count;

    public override void Run(Workspace workspace, ReadOnlySpan<float> patches, int count, Span<float> logits)
    {
        var sharedPixels = YamnetShape.Layers[FirstShared].OutputPixels * count;
        for (var patch = 0; patch < count; patch++)
            RunAlone(workspace, patches.Slice(patch * YamnetShape.PatchValues, YamnetShape.PatchValues), patch, sharedPixels);

        Pointwise(FirstShared, workspace.BatchDepthwise, sharedPixels, workspace.BatchMap);
        for (var index = FirstShared + 1; index < _layers.Length; index++)
        {
            var layer = YamnetShape.Layers[index];
            int inputPixels = layer.Height * layer.Width, outputPixels = layer.OutputPixels;
            for (var patch = 0; patch < count; patch++)
            {
                var input = new Place(workspace.BatchMap, inputPixels * count, inputPixels * patch);
                Depthwise(index, workspace.Scratch, input, new Place(workspace.BatchDepthwise, outputPixels * count, outputPixels * patch));
            }

            Pointwise(index, workspace.BatchDepthwise, outputPixels * count, workspace.BatchMap);
        }

        Classify(workspace, count, logits);
    }

    public override void RunLayers(Workspace workspace, ReadOnlySpan<float> patch, int layers, Span<float> map)
    {
        RunFirst(workspace, patch);
        for (var index = 0; index < layers; index++)
            RunLayer(workspace, index);
        var pixels = YamnetShape.Layers[layers - 1].OutputPixels;
        for (var i = 0; i < map.Length; i++)
        {
            int channel = i / pixels, pixel = i % pixels;
            map[i] = workspace.Map.Span[(((channel / TLanes.Count * pixels) + pixel) * TLanes.Count) + (channel % TLanes.Count)];
        }
    }

    private void RunAlone(Workspace workspace, ReadOnlySpan<float> patch, int place, int sharedPixels)
    {
        RunFirst(workspace, patch);
        for (var index = 0; index < FirstShared; index++)
            RunLayer(workspace, index);
        var shared = YamnetShape.Layers[FirstShared];
        Depthwise(FirstShared, workspace.Scratch,
            new Place(workspace.Map, shared.Height * shared.Width, 0),
            new Place(workspace.BatchDepthwise, sharedPixels, shared.OutputPixels * place));
    }

    private void RunFirst(Workspace workspace, ReadOnlySpan<float> patch)
    {
        const int paddedWidth = YamnetShape.Bands + 1;
        var padded = workspace.First.Span;
        for (var frame = 0; frame < YamnetShape.PatchFrames; frame++)
            patch.Slice(frame * YamnetShape.Bands, YamnetShape.Bands).CopyTo(padded[(frame * paddedWidth)..]);
        Kernels<TLanes, TVector>.FirstLayer(
            workspace.First.Pointer, paddedWidth, _first.Pointer, _firstBias.Pointer,
            workspace.Map.Pointer, YamnetShape.PatchFrames / 2, YamnetShape.Bands / 2);
    }

    private void RunLayer(Workspace workspace, int index)
    {
        var layer = YamnetShape.Layers[index];
        Depthwise(index, workspace.Scratch,
            new Place(workspace.Map, layer.Height * layer.Width, 0), new Place(workspace.Depthwise, layer.OutputPixels, 0));
        Pointwise(index, workspace.Depthwise, layer.OutputPixels, workspace.Map);
    }

    private void Depthwise(int index, AlignedBuffer scratch, Place input, Place output)
    {
        var layer = YamnetShape.Layers[index];
        var weights = _layers[index];
        // "SAME" padding: one pixel all around at stride 1, but none before and one after at stride 2 on even sizes.
        var offset = layer.Stride == 1 ? 1 : 0;
        var scratchWidth = layer.Width + 2;
        scratch.Span[..((layer.Height + 2) * scratchWidth * TLanes.Count)].Clear();
        for (var channel = 0; channel < layer.Inputs; channel += TLanes.Count)
        {
            var block = channel / TLanes.Count;
            Kernels<TLanes, TVector>.Border(input.Block(block), layer.Height, layer.Width, scratch.Pointer, scratchWidth, offset);
            Kernels<TLanes, TVector>.Depthwise(
                scratch.Pointer, scratchWidth, weights.Depthwise.Pointer + channel, weights.DepthwiseBias.Pointer + channel, layer.Inputs,
                output.Block(block), layer.OutputHeight, layer.OutputWidth, layer.Stride);
        }
    }

    private void Pointwise(int index, AlignedBuffer input, int pixels, AlignedBuffer output)
    {
        var layer = YamnetShape.Layers[index];
        var weights = _layers[index];
        Kernels<TLanes, TVector>.Pointwise(
            input.Pointer, pixels, layer.Inputs, weights.Pointwise.Pointer, weights.PointwiseBias.Pointer,
            output.Pointer, layer.Outputs, rectify: true);
    }

    private void Classify(Workspace workspace, int count, Span<float> logits)
    {
        var pixels = YamnetShape.Layers[^1].OutputPixels;
        for (var patch = 0; patch < count; patch++)
        {
            Kernels<TLanes, TVector>.AveragePool(
                workspace.BatchMap.Pointer + (patch * pixels * TLanes.Count), pixels * count, pixels, YamnetShape.Embedding,
                workspace.Pooled.Pointer + (patch * TLanes.Count), count);
        }

        Kernels<TLanes, TVector>.Pointwise(
            workspace.Pooled.Pointer, count, YamnetShape.Embedding, _classifier.Pointer, _classifierBias.Pointer,
            workspace.Logits.Pointer, PaddedOutputs(YamnetShape.Classes), rectify: false);
        for (var patch = 0; patch < count; patch++)
        {
            var row = logits.Slice(patch * YamnetShape.Classes, YamnetShape.Classes);
            for (var i = 0; i < row.Length; i++)
                row[i] = workspace.Logits.Span[(((i / TLanes.Count * count) + patch) * TLanes.Count) + (i % TLanes.Count)];
        }
    }

    private static PackedLayer Pack(SeparableWeights weights, SeparableLayer layer) => new(
        Copy(weights.Depthwise),
        Copy(weights.DepthwiseBias),
        PackPanels(weights.Pointwise, layer.Inputs, layer.Outputs),
        Copy(weights.PointwiseBias));

    private static AlignedBuffer PackPanels(float[] weights, int inputs, int outputs)
    {
        int panel = 2 * TLanes.Count, padded = PaddedOutputs(outputs);
        var packed = new AlignedBuffer(inputs * padded);
        for (var first = 0; first < padded; first += panel)
        {
            for (var input = 0; input < inputs; input++)
            {
                var used = Math.Min(panel, outputs - first);
                weights.AsSpan((input * outputs) + first, used).CopyTo(packed.Span[((first * inputs) + (input * panel))..]);
            }
        }

        return packed;
    }

    private static int PaddedOutputs(int outputs) => (outputs + (2 * TLanes.Count) - 1) / (2 * TLanes.Count) * (2 * TLanes.Count);

    private static AlignedBuffer Copy(float[] values, int length = 0)
    {
        var buffer = new AlignedBuffer(Math.Max(length, values.Length));
        values.CopyTo(buffer.Span);
        return buffer;
    }

    private sealed record PackedLayer(AlignedBuffer Depthwise, AlignedBuffer DepthwiseBias, AlignedBuffer Pointwise, AlignedBuffer PointwiseBias);

    /// <summary>Where the maps of one patch lie among those of its batch.</summary>
    private readonly record struct Place(AlignedBuffer Buffer, int PixelsOfBlock, int FirstPixel)
    {
        public float* Block(int block) => Buffer.Pointer + (((block * PixelsOfBlock) + FirstPixel) * TLanes.Count);
    }
}
