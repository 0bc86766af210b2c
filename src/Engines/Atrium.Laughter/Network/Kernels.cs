using System.Runtime.CompilerServices;

namespace Atrium.Laughter.Network;

/// <summary>
/// The network's arithmetic. Activations are stored as [channel block][pixel][lane], one block being one vector wide,
/// so that neighbouring pixels of a block lie at constant distances and no row stride can collide in the cache.
/// Every output value is summed in the same order whatever the blocking, so results do not depend on the batch.
/// </summary>
internal static unsafe class Kernels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // A panel's weights for so many inputs stay in the first cache beside the pixels, while one pixel after another uses them.
    private const int InputsAtOnce = 128;

    /// <summary>Convolves one zero-padded patch (97 x 65) with 3x3 filters, stride 2, and rectifies, from a row on.</summary>
    public static void FirstLayer(float* padded, int paddedWidth, float* weights, float* bias, float* output, int row, int height, int width)
    {
        const int channels = YamnetShape.FirstChannels;
        for (var block = 0; block < channels; block += TLanes.Count, weights += TLanes.Count)
        {
            output += row * width * TLanes.Count;
            var start = TLanes.Load(bias + block);
            TVector w0 = TLanes.Load(weights), w1 = TLanes.Load(weights + channels), w2 = TLanes.Load(weights + (2 * channels));
            TVector w3 = TLanes.Load(weights + (3 * channels)), w4 = TLanes.Load(weights + (4 * channels)), w5 = TLanes.Load(weights + (5 * channels));
            TVector w6 = TLanes.Load(weights + (6 * channels)), w7 = TLanes.Load(weights + (7 * channels)), w8 = TLanes.Load(weights + (8 * channels));
            for (var y = row; y < height; y++)
            {
                var row0 = padded + (2 * y * paddedWidth);
                var row1 = row0 + paddedWidth;
                var row2 = row1 + paddedWidth;
                for (var x = 0; x < width; x++, row0 += 2, row1 += 2, row2 += 2, output += TLanes.Count)
                {
                    var sum = TLanes.MultiplyAdd(TLanes.Broadcast(row0[0]), w0, start);
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(row0[1]), w1, sum);
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(row0[2]), w2, sum);
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(row1[0]), w3, sum);
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(row1[1]), w4, sum);
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(row1[2]), w5, sum);
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(row2[0]), w6, sum);
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(row2[1]), w7, sum);
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(row2[2]), w8, sum);
                    TLanes.Store(TLanes.Positive(sum), output);
                }
            }
        }
    }

    /// <summary>3x3 depthwise convolution of one patch and one channel block out of a zero-bordered scratch image.</summary>
    public static void Depthwise(float* scratch, int scratchWidth, float* weights, float* bias, int channels, float* output, int height, int width, int stride)
    {
        var lanes = TLanes.Count;
        var sums = TLanes.Load(bias);
        TVector w0 = TLanes.Load(weights), w1 = TLanes.Load(weights + channels), w2 = TLanes.Load(weights + (2 * channels));
        TVector w3 = TLanes.Load(weights + (3 * channels)), w4 = TLanes.Load(weights + (4 * channels)), w5 = TLanes.Load(weights + (5 * channels));
        TVector w6 = TLanes.Load(weights + (6 * channels)), w7 = TLanes.Load(weights + (7 * channels)), w8 = TLanes.Load(weights + (8 * channels));
        for (var y = 0; y < height; y++)
        {
            var row0 = scratch + (y * stride * scratchWidth * lanes);
            var row1 = row0 + (scratchWidth * lanes);
            var row2 = row1 + (scratchWidth * lanes);
            for (var x = 0; x < width; x++)
            {
                var sum = TLanes.MultiplyAdd(TLanes.Load(row0), w0, sums);
                sum = TLanes.MultiplyAdd(TLanes.Load(row0 + lanes), w1, sum);
                sum = TLanes.MultiplyAdd(TLanes.Load(row0 + (2 * lanes)), w2, sum);
                sum = TLanes.MultiplyAdd(TLanes.Load(row1), w3, sum);
                sum = TLanes.MultiplyAdd(TLanes.Load(row1 + lanes), w4, sum);
                sum = TLanes.MultiplyAdd(TLanes.Load(row1 + (2 * lanes)), w5, sum);
                sum = TLanes.MultiplyAdd(TLanes.Load(row2), w6, sum);
                sum = TLanes.MultiplyAdd(TLanes.Load(row2 + lanes), w7, sum);
                sum = TLanes.MultiplyAdd(TLanes.Load(row2 + (2 * lanes)), w8, sum);
                TLanes.Store(TLanes.Positive(sum), output);
                output += lanes;
                row0 += stride * lanes;
                row1 += stride * lanes;
                row2 += stride * lanes;
            }
        }
    }

    /// <summary>
    /// Multiplies [inputs / lanes][pixels][lanes] by weights packed as panels of two blocks ([panel][input][2 lanes]),
    /// adds the bias and, if asked, rectifies: the first pixels of that count. Outputs must be a multiple of two blocks.
    /// </summary>
    public static void Pointwise(float* input, int pixels, int count, int inputs, float* packed, float* bias, float* output, int outputs, bool rectify)
    {
        var panel = 2 * TLanes.Count;
        for (var first = 0; first < outputs; first += panel)
        {
            for (var from = 0; from < inputs; from += InputsAtOnce)
            {
                var part = Math.Min(InputsAtOnce, inputs - from);
                PointwisePart(
                    input + (from * pixels), pixels, count, part, packed, from == 0 ? bias + first : null, output + (first * pixels),
                    rectify && from + part == inputs);
                packed += part * panel;
            }
        }
    }

    private static void PointwisePart(float* input, int pixels, int count, int inputs, float* packed, float* bias, float* output, bool rectify)
    {
        var lanes = TLanes.Count;
        var pixel = 0;
        // 24 accumulators fit the 32 registers of AVX-512, 12 fit the 16 of everything before it.
        if (lanes == 16)
        {
            for (; pixel + 12 <= count; pixel += 12)
                PointwiseBlocks<TLanes, TVector>.Twelve(input + (pixel * lanes), pixels, inputs, packed, bias, output + (pixel * lanes), rectify);
        }

        for (; pixel + 6 <= count; pixel += 6)
            PointwiseBlocks<TLanes, TVector>.Six(input + (pixel * lanes), pixels, inputs, packed, bias, output + (pixel * lanes), rectify);
        for (; pixel < count; pixel++)
            PointwiseBlocks<TLanes, TVector>.One(input + (pixel * lanes), pixels, inputs, packed, bias, output + (pixel * lanes), rectify);
    }

    /// <summary>Averages the pixels of each channel of one patch.</summary>
    public static void AveragePool(float* input, int pixelStride, int pixels, int channels, float* output, int outputStride)
    {
        var lanes = TLanes.Count;
        var scale = TLanes.Broadcast(1f / pixels);
        for (var block = 0; block < channels / lanes; block++)
        {
            var source = input + (block * pixelStride * lanes);
            var sum = TLanes.Broadcast(0);
            for (var pixel = 0; pixel < pixels; pixel++)
                sum = TLanes.MultiplyAdd(TLanes.Load(source + (pixel * lanes)), scale, sum);
            TLanes.Store(sum, output + (block * outputStride * lanes));
        }
    }

    /// <summary>Copies one channel block into the inside of a zero-bordered scratch image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Border(float* input, int height, int width, float* scratch, int scratchWidth, int offset)
    {
        var rowBytes = (uint)(width * TLanes.Count * sizeof(float));
        for (var y = 0; y < height; y++)
        {
            Buffer.MemoryCopy(
                input + (y * width * TLanes.Count),
                scratch + ((((y + offset) * scratchWidth) + offset) * TLanes.Count),
                rowBytes,
                rowBytes);
        }
    }

    /// <summary>Moves rows of every channel up by half the map: there they are rows of the patch that starts half a patch later.</summary>
    public static void MoveUp(float* map, int channels, int height, int width, Rows rows)
    {
        var rowValues = width * TLanes.Count;
        var bytes = (uint)((rows.End - rows.First) * rowValues * sizeof(float));
        for (var block = 0; block < channels / TLanes.Count; block++, map += height * rowValues)
            Buffer.MemoryCopy(map + ((rows.First + (height / 2)) * rowValues), map + (rows.First * rowValues), bytes, bytes);
    }
}
