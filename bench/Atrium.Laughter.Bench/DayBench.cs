using System.Diagnostics;
using Atrium.Laughter.Audio;
using Atrium.Laughter.Events;
using Atrium.Laughter.Network;
using Atrium.Laughter.Reference;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Bench;

/// <summary>
/// <c>day HOURS</c>: half an hour of the test world at 20 dB, as Ogg Opus at 24 kb/s, repeated; from the file to events,
/// with a network of YAMNet's shape (its weights do not change the cost) and with the lite detector.
/// </summary>
internal static class DayBench
{
    private const int HalfHour = 1_800;

    public static async Task<int> RunAsync(int hours)
    {
        var report = new BenchReport("day");
        var folder = Directory.CreateTempSubdirectory("laughter-day-").FullName;
        var day = Path.Combine(folder, "day.ogg");
        var laughs = await MakeAsync(folder, day, hours);
        report.Add("recording", hours, "h");
        report.Add("laughs in it", laughs, "laughs");

        await MeasureAsync(report, "lite", new LaughterDetector(), day);
        var model = Path.Combine(folder, "random.onnx");
        await File.WriteAllBytesAsync(model, new RandomYamnet(7).Write());
        await MeasureAsync(report, "network", new LaughterDetector(Yamnet.Load(model)), day, hours >= 24 ? "6 min, 300 MB" : "");
        report.Finish();
        Console.WriteLine($"The recording is {day}");
        return 0;
    }

    private static async Task<int> MakeAsync(string folder, string day, int hours)
    {
        var session = new SessionMaker(test: true).Make(777, HalfHour, 20)[0];
        string wav = Path.Combine(folder, "half.wav"), half = Path.Combine(folder, "half.ogg");
        WavWriter.Write(wav, session.Samples);
        await FfmpegAsync("-i", wav, "-c:a", "libopus", "-b:a", "24k", "-y", half);
        await FfmpegAsync("-stream_loop", $"{(2 * hours) - 1}", "-i", half, "-c", "copy", "-y", day);
        return session.Sounds.Count(sound => sound.IsLaugh) * 2 * hours;
    }

    private static async Task MeasureAsync(BenchReport report, string name, LaughterDetector detector, string day, string goal = "")
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var events = 0;
        long early = 0, late = 0;
        await foreach (var found in detector.DetectAsync(day, progress: new Watch(() =>
        {
            late = Environment.WorkingSet;
            early = early == 0 ? late : early;
        })))
        {
            events += found.Score > 0 ? 1 : 0;
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        report.Add($"{name}: time", elapsed.TotalMinutes, "min", goal);
        report.Add($"{name}: processor time without ffmpeg", (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalMinutes, "min");
        report.Add($"{name}: memory after the first minute", early / 1e6, "MB");
        report.Add($"{name}: memory at the end", late / 1e6, "MB");
        report.Add($"{name}: highest memory", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB");
        report.Add($"{name}: events", events, "events");
    }

    private static Task FfmpegAsync(params string[] arguments) =>
        FfmpegDecoder.RunAsync(new DecodeLimits(), TimeProvider.System, arguments, CancellationToken.None);

    private sealed class Watch(Action report) : IProgress<double>
    {
        public void Report(double value) => report();
    }
}
