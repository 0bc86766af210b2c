using System.Runtime.InteropServices;

namespace Atrium.Laughter.Network;

/// <inheritdoc/>
internal sealed unsafe class ForwardPass<TLanes, TVector> : ForwardPass
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // Up to here a patch's map is larger than a layer's weights, so patches run alone; from here on they share weights.
    private const int FirstShared = 5;

    // Up to here enough rows are the same in overlapping patches to be worth keeping.
    private const int LastKept = 2;

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
        {
            var values = patches.Slice(patch * YamnetShape.PatchValues, YamnetShape.PatchValues);
            RunAlone(workspace, values, patch, sharedPixels, patch > 0 && Follows(values, patches[((patch - 1) * YamnetShape.PatchValues)..]));
        }

        Pointwise(FirstShared, workspace.BatchDepthwise, sharedPixels, workspace.BatchMap, 0, sharedPixels);
        for (var index = FirstShared + 1; index < _layers.Length; index++)
        {
            var layer = YamnetShape.Layers[index];
            int inputPixels = layer.Height * layer.Width, outputPixels = layer.OutputPixels;
            for (var patch = 0; patch < count; patch++)
            {
                var input = new Place(workspace.BatchMap, inputPixels * count, inputPixels * patch);
                Depthwise(index, workspace.Scratch, input, new Place(workspace.BatchDepthwise, outputPixels * count, outputPixels * patch), default);
            }

            Pointwise(index, workspace.BatchDepthwise, outputPixels * count, workspace.BatchMap, 0, outputPixels * count);
        }

        Classify(workspace, count, logits);
    }

    public override void RunLayers(Workspace workspace, ReadOnlySpan<float> patch, int layers, Span<float> map)
    {
        RunFirst(workspace, patch, follows: false);
        for (var index = 0; index < layers; index++)
            RunLayer(workspace, index, follows: false);
        var pixels = YamnetShape.Layers[layers - 1].OutputPixels;
        for (var i = 0; i < map.Length; i++)
        {
            int channel = i / pixels, pixel = i % pixels;
            map[i] = workspace.Maps[layers].Span[(((channel / TLanes.Count * pixels) + pixel) * TLanes.Count) + (channel % TLanes.Count)];
        }
    }

    /// <summary>Whether a patch begins with the second half of the one before, to the bit.</summary>
    private static bool Follows(ReadOnlySpan<float> patch, ReadOnlySpan<float> before)
    {
        const int half = YamnetShape.PatchHopFrames * YamnetShape.Bands;
        return MemoryMarshal.AsBytes(patch[..half]).SequenceEqual(MemoryMarshal.AsBytes(before.Slice(half, half)));
    }

    private void RunAlone(Workspace workspace, ReadOnlySpan<float> patch, int place, int sharedPixels, bool follows)
    {
        RunFirst(workspace, patch, follows);
        for (var index = 0; index < FirstShared; index++)
            RunLayer(workspace, index, follows && index <= LastKept);
        var shared = YamnetShape.Layers[FirstShared];
        Depthwise(FirstShared, workspace.Scratch,
            new Place(workspace.Maps[FirstShared], shared.Height * shared.Width, 0),
            new Place(workspace.BatchDepthwise, sharedPixels, shared.OutputPixels * place), default);
    }

    private void RunFirst(Workspace workspace, ReadOnlySpan<float> patch, bool follows)
    {
        const int paddedWidth = YamnetShape.Bands + 1, height = YamnetShape.PatchFrames / 2, width = YamnetShape.Bands / 2;
        var padded = workspace.First.Span;
        for (var frame = 0; frame < YamnetShape.PatchFrames; frame++)
            patch.Slice(frame * YamnetShape.Bands, YamnetShape.Bands).CopyTo(padded[(frame * paddedWidth)..]);
        var map = workspace.Maps[0].Pointer;
        if (follows)
            Kernels<TLanes, TVector>.MoveUp(map, YamnetShape.FirstChannels, height, width, YamnetShape.FirstShared);
        Kernels<TLanes, TVector>.FirstLayer(
            workspace.First.Pointer, paddedWidth, _first.Pointer, _firstBias.Pointer, map, follows ? YamnetShape.FirstShared.End : 0, height, width);
    }

    private void RunLayer(Workspace workspace, int index, bool follows)
    {
        var layer = YamnetShape.Layers[index];
        var kept = follows ? layer.Shared : default;
        var output = workspace.Maps[index + 1];
        Kernels<TLanes, TVector>.MoveUp(output.Pointer, layer.Outputs, layer.OutputHeight, layer.OutputWidth, kept);
        Depthwise(index, workspace.Scratch,
            new Place(workspace.Maps[index], layer.Height * layer.Width, 0), new Place(workspace.Depthwise, layer.OutputPixels, 0), kept);
        Pointwise(index, workspace.Depthwise, layer.OutputPixels, output, 0, kept.First * layer.OutputWidth);
        Pointwise(index, workspace.Depthwise, layer.OutputPixels, output, kept.End * layer.OutputWidth, layer.OutputPixels);
    }

    /// <summary>Fills the rows of the output that are not kept from the patch before.</summary>
    private void Depthwise(int index, AlignedBuffer scratch, Place input, Place output, Rows kept)
    {
        var layer = YamnetShape.Layers[index];
        // "SAME" padding: one pixel all around at stride 1, but none before and one after at stride 2 on even sizes.
        var offset = layer.Stride == 1 ? 1 : 0;
        var scratchWidth = layer.Width + 2;
        scratch.Span[..((layer.Height + 2) * scratchWidth * TLanes.Count)].Clear();
        for (var block = 0; block < layer.Inputs / TLanes.Count; block++)
        {
            Kernels<TLanes, TVector>.Border(input.Block(block), layer.Height, layer.Width, scratch.Pointer, scratchWidth, offset);
            DepthwiseRows(index, block, scratch, output, new Rows(0, kept.First));
            DepthwiseRows(index, block, scratch, output, new Rows(kept.End, layer.OutputHeight));
        }
    }

    private void DepthwiseRows(int index, int block, AlignedBuffer scratch, Place output, Rows rows)
    {
        var layer = YamnetShape.Layers[index];
        var weights = _layers[index];
        int channel = block * TLanes.Count, scratchWidth = layer.Width + 2;
        Kernels<TLanes, TVector>.Depthwise(
            scratch.Pointer + (rows.First * layer.Stride * scratchWidth * TLanes.Count), scratchWidth,
            weights.Depthwise.Pointer + channel, weights.DepthwiseBias.Pointer + channel, layer.Inputs,
            output.Block(block) + (rows.First * layer.OutputWidth * TLanes.Count), rows.End - rows.First, layer.OutputWidth, layer.Stride);
    }

    private void Pointwise(int index, AlignedBuffer input, int pixels, AlignedBuffer output, int first, int end)
    {
        var layer = YamnetShape.Layers[index];
        var weights = _layers[index];
        Kernels<TLanes, TVector>.Pointwise(
            input.Pointer + (first * TLanes.Count), pixels, end - first, layer.Inputs, weights.Pointwise.Pointer, weights.PointwiseBias.Pointer,
            output.Pointer + (first * TLanes.Count), layer.Outputs, rectify: true);
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
            workspace.Pooled.Pointer, count, count, YamnetShape.Embedding, _classifier.Pointer, _classifierBias.Pointer,
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
