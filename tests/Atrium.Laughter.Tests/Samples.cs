using Atrium.Laughter.Network;
using Atrium.Laughter.Network.Onnx;
using Atrium.Laughter.Reference;
using Atrium.Laughter.World;

namespace Atrium.Laughter.Tests;

/// <summary>Inputs that several tests share.</summary>
internal static class Samples
{
    public static YamnetWeights WeightsOf(RandomYamnet network) => WeightsOf(network.Write());

    public static YamnetWeights WeightsOf(byte[] model) => new OnnxYamnet(new OnnxReader(Path.GetTempPath()).ReadModel(model)).Extract();

    /// <summary>Patches in the range of real log-mel values.</summary>
    public static float[] Patches(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * Yamnet.PatchValues).Select(_ => (float)((random.NextDouble() * 8) - 6))];
    }

    public static YamnetWeights Copy(YamnetWeights source, Func<int, int, float> first, float firstBias) => new()
    {
        First = [.. Enumerable.Range(0, source.First.Length).Select(i => first(i / 32, i % 32))],
        FirstBias = [.. Enumerable.Repeat(firstBias, 32)],
        Layers = source.Layers,
        Classifier = source.Classifier,
        ClassifierBias = source.ClassifierBias,
    };

    /// <summary>
    /// A network that knows nothing but a class: its laughter score grows with the loudness of a patch. Exact enough to
    /// test everything around the network.
    /// </summary>
    public static Yamnet LoudnessNetwork()
    {
        var layers = YamnetShape.Layers.Select(layer => new SeparableWeights(
            [.. Enumerable.Range(0, 9 * layer.Inputs).Select(i => i / layer.Inputs == 4 ? 1f : 0)],
            new float[layer.Inputs],
            [.. Enumerable.Range(0, layer.Inputs * layer.Outputs).Select(i => i % layer.Outputs == 0 && i / layer.Outputs == 0 ? 1f : 0)],
            new float[layer.Outputs])).ToList();
        var classifier = new float[1024 * 521];
        classifier[ClassMap.FirstLaughter + 2] = 1;
        var bias = Enumerable.Repeat(-20f, 521).ToArray();
        bias[ClassMap.FirstLaughter + 2] = -7;
        return new Yamnet(ForwardPass.Widest(new YamnetWeights
        {
            First = [.. Enumerable.Range(0, 9 * 32).Select(i => i == 4 * 32 ? 1f : 0)],
            FirstBias = [.. Enumerable.Range(0, 32).Select(channel => channel == 0 ? 6.9f : 0)],
            Layers = layers,
            Classifier = classifier,
            ClassifierBias = bias,
        }));
    }

    public static float[] Noise(int seed, double seconds, double level = 0.1) => Sound.Noise(new Random(seed), seconds, Sound.Level(level));

    /// <summary>A recording with parametric laughs at given seconds, over quiet noise.</summary>
    public static float[] Laughter(double seconds, params double[] at)
    {
        var samples = Noise(1, seconds, 0.0005);
        var random = new Random(11);
        foreach (var start in at)
            samples.Add(Laughs.Parametric(random), start, 0.2);
        return samples;
    }

    public static string TemporaryFile(string extension) => Path.Combine(Directory.CreateTempSubdirectory("laughter-").FullName, "file" + extension);
}
