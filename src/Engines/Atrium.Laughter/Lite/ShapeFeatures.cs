namespace Atrium.Laughter.Lite;

/// <summary>Features of the spectrum's shape in the active frames, and in the dips beside it (breath).</summary>
internal static class ShapeFeatures
{
    private const int Regions = FrameShape.Regions;
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
        for (var t = 0; t < window.Level.Length; t++)
        {
            if (!window.IsActive(t))
                continue;
            active++;
            var width = window.Width(t);
            widths += width;
            squares += width * width;
            var regions = window.Regions(t);
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

        Dips(window, f);
    }

    private static void Dips(Window window, Span<float> f)
    {
        var dips = window.Notes.Dips;
        foreach (var dip in dips)
        {
            f[2] += window.Width(dip) / dips.Length;
            var regions = window.Regions(dip);
            f[3] += (regions[Regions - 1] + regions[Regions - 2] - regions[0] - regions[1]) / 2 / dips.Length;
        }
    }
}
