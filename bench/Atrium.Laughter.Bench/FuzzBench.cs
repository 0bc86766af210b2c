using Atrium.Laughter.Audio;
using Atrium.Laughter.Reference;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Bench;

/// <summary><c>fuzz COUNT</c>: damaged models and WAV files. Ends with an error when anything but a refusal happens.</summary>
internal static class FuzzBench
{
    public static int Run(int count)
    {
        var report = new BenchReport("fuzz");
        var model = new RandomYamnet(7).Write();
        report.Add("damaged models", count, "models", "10000");
        report.Add("refused", ModelFuzz.Run(model, seed: 2, count), "models");
        report.Add("highest memory", System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB");
        report.Add("damaged WAV files", count, "files");
        report.Add("read as WAV", Wavs(count), "files");
        report.Finish();
        return 0;
    }

    private static int Wavs(int count)
    {
        var random = new Random(3);
        var path = Path.GetTempFileName();
        WavWriter.Write(path, Sound.Noise(random, 0.2, Sound.Level(0.1)));
        var whole = File.ReadAllBytes(path);
        var read = 0;
        for (var i = 0; i < count; i++)
        {
            var damaged = (byte[])whole.Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
                damaged[random.Next(48)] = (byte)random.Next(256);
            File.WriteAllBytes(path, damaged[..random.Next(damaged.Length)]);
            if (WavFile.TryOpen(path) is not { } wav)
                continue;
            read++;
            var samples = wav.ReadAsync(CancellationToken.None).ToBlockingEnumerable().Sum(piece => (long)piece.Length);
            // At most one sample for each byte, and a resampling from 4 to 16 kHz.
            if (samples > (whole.Length * 4) + 1_000)
                throw new InvalidOperationException($"Damaged WAV {i} became {samples} samples.");
        }

        File.Delete(path);
        return read;
    }
}
