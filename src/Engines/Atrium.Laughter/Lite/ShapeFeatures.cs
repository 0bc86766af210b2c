namespace Atrium.Laughter.Lite;

/// <summary>Features of the spectrum's shape in the active frames, and in the dips beside it (breath).</summary>
internal static class ShapeFeatures
{
    private const int Regions = 6;
    private const int First = 4;

    public static readonly string[] Names =
    [
        "width", "width spread", "width in dips", "tilt in dips",
        "region 1", "region 2", "region 3", "region 4", "region 5", "region 6",
        "region 1 spread", "region 2 spread", "region 3 spread", "region 4 spread", "region 5 spread", "region 6 spread",
    ];

    public static void Compute(Window window, Span<float> f)
    {
        f.Clear();
        var active = 0;
        float widths = 0, squares = 0;
        Span<float> regions = stackalloc float[Regions];
        for (var t = 0; t < window.Level.Length; t++)
        {
            if (!window.IsActive(t))
                continue;
            active++;
            var width = Width(window.LogMel(t));
            widths += width;
            squares += width * width;
            ReadRegions(window.LogMel(t), regions);
            for (var region = 0; region < Regions; region++)
            {
                f[First + region] += regions[region];
                f[First + Regions + region] += regions[region] * regions[region];
            }
        }

        var count = Math.Max(1, active);
        f[0] = widths / count;
        f[1] = MathF.Sqrt(Math.Max(0, (squares / count) - (f[0] * f[0])));
        for (var region = 0; region < Regions; region++)
        {
            var mean = f[First + region] /= count;
            f[First + Regions + region] = MathF.Sqrt(Math.Max(0, (f[First + Regions + region] / count) - (mean * mean)));
        }

        Dips(window, regions, f);
    }

    private static void Dips(Window window, Span<float> regions, Span<float> f)
    {
        var dips = window.Notes.Dips;
        foreach (var dip in dips)
        {
            f[2] += Width(window.LogMel(dip)) / dips.Length;
            ReadRegions(window.LogMel(dip), regions);
            f[3] += (regions[Regions - 1] + regions[Regions - 2] - regions[0] - regions[1]) / 2 / dips.Length;
        }
    }

    /// <summary>How many bands share the power: 1 for a tone, 64 for white noise (exponent of the entropy), over 64.</summary>
    private static float Width(ReadOnlySpan<float> logMel)
    {
        var highest = System.Numerics.Tensors.TensorPrimitives.Max(logMel);
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
    private static void ReadRegions(ReadOnlySpan<float> logMel, Span<float> regions)
    {
        var floor = System.Numerics.Tensors.TensorPrimitives.Max(logMel) - 6.9f;
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
}
