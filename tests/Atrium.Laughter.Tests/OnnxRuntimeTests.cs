using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Atrium.Laughter.Network;
using Atrium.Laughter.Reference;

namespace Atrium.Laughter.Tests;

/// <summary>The same ONNX file on onnxruntime-node and here. Prepare with <c>npm ci --ignore-scripts</c> in the onnx folder.</summary>
public sealed class OnnxRuntimeTests
{
    private static readonly string Folder = typeof(OnnxRuntimeTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "OnnxFolder").Value!;

    [Theory]
    [InlineData(nameof(Normalisation.Folded), true, false, false)]
    [InlineData(nameof(Normalisation.Operation), true, true, false)]
    [InlineData(nameof(Normalisation.Arithmetic), false, false, false)]
    [InlineData(nameof(Normalisation.Folded), false, true, true)]
    public async Task Scores_agree_with_onnxruntime(string normalisation, bool sigmoid, bool explicitPads, bool transposed)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules", "onnxruntime-node")), "onnxruntime-node is not installed");
        string model = Samples.TemporaryFile(".onnx"), input = Samples.TemporaryFile(".f32"), output = Samples.TemporaryFile(".f32");
        var network = new RandomYamnet(31) { Normalisation = Enum.Parse<Normalisation>(normalisation), Sigmoid = sigmoid, ExplicitPads = explicitPads, Transposed = transposed };
        await File.WriteAllBytesAsync(model, network.Write(), TestContext.Current.CancellationToken);
        var patches = Samples.Patches(3, seed: 8);
        await File.WriteAllBytesAsync(input, Bytes(transposed ? Turned(patches) : patches), TestContext.Current.CancellationToken);

        await RunAsync(model, input, output);
        var expected = MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken)).ToArray();
        if (!sigmoid)
            expected = [.. expected.Select(logit => 1 / (1 + MathF.Exp(-logit)))];
        var scores = new float[3 * Yamnet.Classes];
        Yamnet.Load(model).Score(patches, scores);
        scores.Select(score => (double)score).ShouldBe(expected.Select(score => (double)score), 1e-3);
        expected.Max().ShouldBeGreaterThan(0.75f);
        expected.Min().ShouldBeLessThan(0.25f);
    }

    private static async Task RunAsync(string model, string input, string output)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = Folder, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["run.mjs", model, input, output])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, errors);
    }

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>Mel by time instead of time by mel.</summary>
    private static float[] Turned(float[] patches) =>
        [.. Enumerable.Range(0, patches.Length).Select(i =>
            patches[(i / Yamnet.PatchValues * Yamnet.PatchValues) + (i % 96 * 64) + (i % Yamnet.PatchValues / 96)])];
}
