namespace Atrium.Laughter.Features;

/// <summary>
/// YAMNet's 64 triangular filters over the 257 bins of a 512-point spectrum at 16 kHz: corners equally spaced in
/// mel (1127 ln(1 + f/700)) from 125 to 7500 Hz, slopes linear in mel, peak 1, no area normalisation.
/// </summary>
internal sealed class MelFilterbank
{
    public const int Bands = 64;
    private const double LowestHertz = 125;
    private const double HighestHertz = 7500;

    public static readonly MelFilterbank Instance = new();

    private MelFilterbank()
    {
        double lowest = Mel(LowestHertz), step = (Mel(HighestHertz) - lowest) / (Bands + 1);
        for (var band = 0; band < Bands; band++)
        {
            double left = lowest + (band * step), centre = left + step, right = centre + step;
            var weights = new List<float>();
            // The DC bin has no weight, whatever the slopes say.
            for (var bin = 1; bin < LaneFft.Bins; bin++)
            {
                var mel = Mel(bin * (LogMelFrontEnd.SampleRate / (double)LaneFft.Size));
                var weight = Math.Min((mel - left) / step, (right - mel) / step);
                if (weight <= 0)
                    continue;
                if (weights.Count == 0)
                    FirstBin[band] = bin;
                weights.Add((float)weight);
            }

            Weights[band] = [.. weights];
        }
    }

    /// <summary>The first bin of each band that has weight.</summary>
    public int[] FirstBin { get; } = new int[Bands];

    /// <summary>The non-zero weights of each band, from its first bin on.</summary>
    public float[][] Weights { get; } = new float[Bands][];

    public static double Mel(double hertz) => 1127 * Math.Log(1 + (hertz / 700));

    public static double CentreHertz(int band)
    {
        double lowest = Mel(LowestHertz), step = (Mel(HighestHertz) - lowest) / (Bands + 1);
        return 700 * (Math.Exp((lowest + ((band + 1) * step)) / 1127) - 1);
    }
}
