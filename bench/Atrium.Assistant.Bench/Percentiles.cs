namespace Atrium.Assistant.Bench;

/// <summary>Of measured times, in milliseconds.</summary>
internal sealed record Percentiles(double P50, double P95, double P99, double Max)
{
    public static Percentiles Of(List<double> times)
    {
        times.Sort();
        return new Percentiles(At(times, 0.50), At(times, 0.95), At(times, 0.99), Math.Round(times[^1], 2));
    }

    public override string ToString() => $"{P50,9:0.00}{P95,9:0.00}{P99,9:0.00}{Max,9:0.00}";

    private static double At(List<double> times, double share) => Math.Round(times[(int)(share * (times.Count - 1))], 2);
}
