using System.Diagnostics;
using Atrium.Laughter.Features;
using Atrium.Laughter.Network;
using Atrium.Laughter.Reference;

namespace Atrium.Laughter.Bench;

internal static class SpeedBench
{
    public static int Run(string[] args)
    {
        var dir = Path.GetTempPath();
        var model = Path.Combine(dir, "atrium-bench.onnx");
        File.WriteAllBytes(model, new RandomYamnet(7).Write());
        var weights = OnnxYamnet.Read(model);
        var random = new Random(1);
        var patches = new float[4 * Yamnet.PatchValues];
        for (var i = 0; i < patches.Length; i++) patches[i] = (float)(random.NextDouble() * 8 - 6);
        var input = Path.Combine(dir, "atrium-bench.f32");
        File.WriteAllBytes(input, System.Runtime.InteropServices.MemoryMarshal.AsBytes(patches.AsSpan()).ToArray());
        foreach (var pass in ForwardPass.Supported(weights))
        {
            var w = new Workspace();
            foreach (var count in new[] { 1, 4 })
            {
            var logits = new float[count * Yamnet.Classes];
            var n = pass.Lanes == 1 ? 8 : 200;
            for (var i = 0; i < n/2; i++) pass.Run(w, patches.AsSpan(0, count*Yamnet.PatchValues), count, logits);
            var times = new List<double>();
            for (var i = 0; i < n; i++) { var t = Stopwatch.GetTimestamp(); pass.Run(w, patches.AsSpan(0, count*Yamnet.PatchValues), count, logits); times.Add(Stopwatch.GetElapsedTime(t).TotalMilliseconds/count); }
            times.Sort();
            Console.WriteLine($"lanes {pass.Lanes} batch {count}: {times[n/2]:F3} ms/patch {YamnetShape.MultiplyAdds/times[n/2]/1e6:F1} GMAC/s; logits {logits[0]:F4} {logits[1]:F4} {1/(1+Math.Exp(-logits[0]))}");
            }
        }
        var fe = new LogMelFrontEnd();
        var audio = new float[16000 * 60];
        for (var i = 0; i < audio.Length; i++) audio[i] = (float)(random.NextDouble() * 2 - 1);
        for (var r = 0; r < 8; r++)
        {
            var t = Stopwatch.GetTimestamp();
            ReadOnlySpan<float> s = audio;
            while (fe.TryRead(ref s, out _)) { }
            var ms = Stopwatch.GetElapsedTime(t).TotalMilliseconds;
            Console.WriteLine($"front end {ms:F2} ms/min = {60000 / ms:F0} x");
        }
        return 0;
    }
}
