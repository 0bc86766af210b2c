using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Atrium.Laughter.Events;
using Atrium.Laughter.Features;
using Atrium.Laughter.Lite;
using Atrium.Laughter.Network;
using Atrium.Laughter.Reference;

namespace Atrium.Laughter.Bench;

/// <summary><c>speed</c>: each part alone on one thread; the network beside onnxruntime-node, in turns.</summary>
internal static class SpeedBench
{
    private const int Rounds = 5;
    private const int Batch = ForwardPass.LargestBatch;

    public static async Task<int> RunAsync()
    {
        var report = new BenchReport("speed");
        var folder = Directory.CreateTempSubdirectory("laughter-bench-").FullName;
        string model = Path.Combine(folder, "random.onnx"), input = Path.Combine(folder, "patches.f32");
        await File.WriteAllBytesAsync(model, new RandomYamnet(7).Write());
        var patches = Patches();
        await File.WriteAllBytesAsync(input, MemoryMarshal.AsBytes(patches.AsSpan()).ToArray());
        var weights = OnnxYamnet.Read(model);
        foreach (var pass in ForwardPass.Supported(weights).Skip(1))
            AddPass(report, $"network, {pass.Lanes} lanes", Milliseconds(pass, patches, Batch, pass.Lanes == 1 ? 6 : 100));

        var widest = ForwardPass.Widest(weights);
        foreach (var batch in (int[])[1, Batch])
        {
            List<double> own = [], peer = [];
            for (var round = 0; round < Rounds; round++)
            {
                own.Add(Milliseconds(widest, patches, batch, 200));
                if (await PeerAsync(model, input, batch) is { } milliseconds)
                    peer.Add(milliseconds);
            }

            AddPass(report, $"network, {widest.Lanes} lanes, batch {batch}", Median(own));
            if (peer.Count == 0)
                continue;
            AddPass(report, $"onnxruntime-node, 1 thread, batch {batch}", Median(peer));
            report.Add($"speed against onnxruntime-node, batch {batch}", Median(peer) / Median(own), "ratio", "0.5, aim 0.9");
            report.Add($"spread of that ratio, batch {batch}", own.Zip(peer, (left, right) => right / left).Max() - own.Zip(peer, (left, right) => right / left).Min(), "ratio");
        }

        report.Add("front end", 60_000 / Median(Times(FrontEnd)), "x real time", "2000");
        report.Add("lite detector, front end included", 60_000 / Median(Times(LiteDetector)), "x real time", "500");
        report.Finish();
        return 0;
    }

    private static void AddPass(BenchReport report, string what, double milliseconds)
    {
        report.Add(what, milliseconds, "ms/patch");
        report.Add(what, YamnetShape.MultiplyAdds / milliseconds / 1e6, "GMAC/s");
    }

    private static double Milliseconds(ForwardPass pass, float[] patches, int batch, int repeats)
    {
        var workspace = new Workspace();
        var logits = new float[batch * Yamnet.Classes];
        var times = new List<double>();
        for (var i = 0; i < repeats * 3 / 2; i++)
        {
            var start = Stopwatch.GetTimestamp();
            pass.Run(workspace, patches.AsSpan(0, batch * Yamnet.PatchValues), batch, logits);
            // The first third warms the compiler and the caches.
            if (i >= repeats / 2)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / batch);
        }

        return Median(times);
    }

    private static async Task<double?> PeerAsync(string model, string input, int batch)
    {
        var folder = Path.Combine(BenchReport.Root(), "tests", "Atrium.Laughter.Tests", "onnx");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "onnxruntime-node")))
            return null;
        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["run.mjs", model, input, input + ".scores", "200", $"{batch}"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonDocument.Parse(answer).RootElement.GetProperty("median").GetDouble();
    }

    private static List<double> Times(Action<float[]> work)
    {
        var random = new Random(2);
        float[] minute = [.. Enumerable.Range(0, 60 * LogMelFrontEnd.SampleRate).Select(_ => (float)(random.NextDouble() - 0.5))];
        var times = new List<double>();
        for (var i = 0; i < 30; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work(minute);
            if (i >= 10)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    private static void FrontEnd(float[] minute)
    {
        var frontEnd = new LogMelFrontEnd();
        ReadOnlySpan<float> rest = minute;
        while (frontEnd.TryRead(ref rest, out _))
        {
        }
    }

    private static void LiteDetector(float[] minute) => new LiteScorer(LiteModel.Default).Push(minute, new List<ScoreFrame>());

    private static float[] Patches()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Batch * Yamnet.PatchValues).Select(_ => (float)((random.NextDouble() * 8) - 6))];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
