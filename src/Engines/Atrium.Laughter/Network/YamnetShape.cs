using System.Runtime.InteropServices;

namespace Atrium.Laughter.Network;

/// <summary>The fixed shape of YAMNet (MobileNet v1 over patches of 96 frames by 64 mel bands).</summary>
internal static class YamnetShape
{
    public const int PatchFrames = 96;
    public const int PatchHopFrames = 48;
    public const int Bands = 64;
    public const int PatchValues = PatchFrames * Bands;
    public const int FirstChannels = 32;
    public const int Embedding = 1024;
    public const int Classes = 521;

    /// <summary>Multiply-adds of one forward pass over one patch.</summary>
    public const long MultiplyAdds = 69_165_056;

    /// <summary>
    /// Rows of the first layer's map that are the same, half a map further down, in a patch that starts half a patch earlier:
    /// all that no edge of either patch reaches. The lower edge's padding is in the last row.
    /// </summary>
    public static readonly Rows FirstShared = new(0, (PatchHopFrames / 2) - 1);

    public static readonly IReadOnlyList<SeparableLayer> Layers = Build();

    private static List<SeparableLayer> Build()
    {
        ReadOnlySpan<(int Channels, int Stride)> plan =
        [
            (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2),
            (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1),
        ];
        var layers = new List<SeparableLayer>();
        int height = PatchFrames / 2, width = Bands / 2, channels = FirstChannels;
        var shared = FirstShared;
        foreach (var (outputs, stride) in plan)
        {
            // A 3x3 filter carries the edges one row further; at stride 2 it looks at rows 2y to 2y + 2.
            shared = stride == 1 ? new Rows(shared.First + 1, shared.End - 1) : new Rows((shared.First + 1) / 2, (shared.End - 1) / 2);
            layers.Add(new SeparableLayer(channels, outputs, stride, height, width, shared));
            height /= stride;
            width /= stride;
            channels = outputs;
        }

        return layers;
    }
}

/// <summary>
/// A 3x3 depthwise convolution followed by a 1x1 one. Height and width are those of its input; the shared rows, of its
/// output, are as <see cref="YamnetShape.FirstShared"/> says.
/// </summary>
internal sealed record SeparableLayer(int Inputs, int Outputs, int Stride, int Height, int Width, Rows Shared)
{
    public int OutputHeight => Height / Stride;

    public int OutputWidth => Width / Stride;

    public int OutputPixels => OutputHeight * OutputWidth;
}

/// <summary>Some rows of a map, the end not included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Rows(int First, int End);
