namespace Atrium.Browser.Bench;

/// <summary>Of measured times, in milliseconds.</summary>
internal sealed record Times(double P50, double P99, double Max)
{
    public static Times Of(IReadOnlyList<double> times)
    {
        var sorted = times.Order().ToList();
        return new Times(At(sorted, 0.50), At(sorted, 0.99), Math.Round(sorted[^1], 1));
    }

    public override string ToString() => $"{P50,9:0.0}{P99,9:0.0}{Max,9:0.0}";

    private static double At(List<double> sorted, double share) => Math.Round(sorted[(int)Math.Ceiling(share * (sorted.Count - 1))], 1);
}
