namespace Atrium.Rights.Bench;

/// <summary>Of measured times, in milliseconds.</summary>
internal sealed record Spread(int Count, double P50, double P95, double Max)
{
    public static Spread Of(List<double> times)
    {
        times.Sort();
        return new Spread(times.Count, At(times, 0.50), At(times, 0.95), Math.Round(times[^1], 1));
    }

    public override string ToString() => $"{Count,7}{P50,10:0.0}{P95,10:0.0}{Max,10:0.0}";

    private static double At(List<double> times, double share) => Math.Round(times[(int)(share * (times.Count - 1))], 1);
}
