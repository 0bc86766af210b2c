using System.Diagnostics;
using Atrium.Laughter.Events;
using Atrium.Laughter.Network;

namespace Atrium.Laughter.Bench;

/// <summary>
/// <c>day HOURS [FOLDER [lite|network]]</c>: a synthetic recording as Ogg Opus at 24 kb/s, from the file to events, with a network of YAMNet's
/// shape (its weights do not change the cost) and with the lite detector. Recording and network are made by a child
/// process, so that the memory shown is the detector's; a recording that is in FOLDER already is used again.
/// </summary>
internal static class DayBench
{
    public static async Task<int> RunAsync(int hours, string? kept, string? only)
    {
        var report = new BenchReport("day");
        var folder = kept ?? Directory.CreateTempSubdirectory("laughter-day-").FullName;
        var day = Path.Combine(folder, DayRecording.FileName);
        var laughs = File.Exists(day) ? File.ReadLines(Path.Combine(folder, DayRecording.LabelsName)).Count() : await MakeAsync(folder, hours);
        report.Add("recording", hours, "h");
        report.Add("laughs in it", laughs, "laughs");
        report.Add("memory before", Environment.WorkingSet / 1e6, "MB");

        if (only != "network")
            await MeasureAsync(report, "lite", new LaughterDetector(), day);
        if (only != "lite")
            await MeasureAsync(report, "network", new LaughterDetector(Yamnet.Load(Path.Combine(folder, DayRecording.ModelName))), day, hours >= 24 ? "6 min, 300 MB" : "");
        report.Finish();
        Console.WriteLine($"The recording is {day}");
        return 0;
    }

    private static async Task<int> MakeAsync(string folder, int hours)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[typeof(DayBench).Assembly.Location, "recording", folder, $"{hours}"])
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var laughs = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return int.Parse(laughs, null);
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

    private sealed class Watch(Action report) : IProgress<double>
    {
        public void Report(double value) => report();
    }
}
