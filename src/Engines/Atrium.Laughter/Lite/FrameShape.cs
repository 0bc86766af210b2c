using System.Numerics.Tensors;

namespace Atrium.Laughter.Lite;

/// <summary>The shape of one frame's log-mel spectrum, whatever window it is looked at in.</summary>
internal static class FrameShape
{
    public const int Regions = 6;
    private const float Deepest = 6.9f;

    /// <summary>How many bands share the power: 1 for a tone, 64 for white noise (exponent of the entropy), over 64.</summary>
    public static float Width(ReadOnlySpan<float> logMel)
    {
        var highest = TensorPrimitives.Max(logMel);
        float total = 0, weighted = 0;
        foreach (var value in logMel)
        {
            var logPower = 2 * (value - highest);
            var power = MathF.Exp(logPower);
            total += power;
            weighted += power * logPower;
        }

        return MathF.Exp(MathF.Log(total) - (weighted / total)) / logMel.Length;
    }

    /// <summary>Mean log-mel of six neighbouring regions against the mean of all, limited to 60 dB below the peak.</summary>
    public static void ReadRegions(ReadOnlySpan<float> logMel, Span<float> regions)
    {
        var floor = TensorPrimitives.Max(logMel) - Deepest;
        regions.Clear();
        var mean = 0f;
        for (var band = 0; band < logMel.Length; band++)
        {
            var value = Math.Max(logMel[band], floor);
            mean += value / logMel.Length;
            regions[band * Regions / logMel.Length] += value;
        }

        for (var region = 0; region < Regions; region++)
        {
            var bands = (((region + 1) * logMel.Length) + Regions - 1) / Regions - ((region * logMel.Length) + Regions - 1) / Regions;
            regions[region] = (regions[region] / bands) - mean;
        }
    }

    /// <summary>Correlation of the shapes of two frames' spectra, -1..1.</summary>
    public static float Similarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sumA = 0, sumB = 0, sumAa = 0, sumBb = 0, sumAb = 0;
        for (var band = 0; band < a.Length; band++)
        {
            sumA += a[band];
            sumB += b[band];
            sumAa += a[band] * a[band];
            sumBb += b[band] * b[band];
            sumAb += a[band] * b[band];
        }

        var varianceA = sumAa - (sumA * sumA / a.Length);
        var varianceB = sumBb - (sumB * sumB / a.Length);
        var both = varianceA * varianceB;
        return both > 1e-6f ? (sumAb - (sumA * sumB / a.Length)) / MathF.Sqrt(both) : 0;
    }
}
