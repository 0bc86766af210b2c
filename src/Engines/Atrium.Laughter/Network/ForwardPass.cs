using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Atrium.Laughter.Network;

/// <summary>A forward pass through YAMNet with one vector width. Holds the weights; the workspace is the caller's.</summary>
internal abstract class ForwardPass
{
    /// <summary>Patches that share one pass through the later layers, whose weights are larger than the cache.</summary>
    public const int LargestBatch = 8;

    /// <summary>Lanes of a vector of this pass.</summary>
    public abstract int Lanes { get; }

    /// <summary>Scores up to <see cref="LargestBatch"/> patches: logits of 521 classes each.</summary>
    public abstract void Run(Workspace workspace, ReadOnlySpan<float> patches, int count, Span<float> logits);

    /// <summary>The map after the first so many separable layers of one patch, channels first: lets each layer be checked alone.</summary>
    public abstract void RunLayers(Workspace workspace, ReadOnlySpan<float> patch, int layers, Span<float> map);

    /// <summary>The widest pass that this processor runs in hardware.</summary>
    public static ForwardPass Widest(YamnetWeights weights) => Supported(weights)[0];

    /// <summary>Every pass that this processor runs in hardware, widest first; the scalar one is always last.</summary>
    public static IReadOnlyList<ForwardPass> Supported(YamnetWeights weights)
    {
        var passes = new List<ForwardPass>();
        // Vector512.IsHardwareAccelerated says no on processors that lower their clock for it; the network is still faster.
        if (Avx512F.IsSupported)
            passes.Add(new ForwardPass<Lanes512, Vector512<float>>(weights));
        if (Vector256.IsHardwareAccelerated)
            passes.Add(new ForwardPass<Lanes256, Vector256<float>>(weights));
        if (Vector128.IsHardwareAccelerated)
            passes.Add(new ForwardPass<Lanes128, Vector128<float>>(weights));
        passes.Add(new ForwardPass<Lanes1, float>(weights));
        return passes;
    }
}
