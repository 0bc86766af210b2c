using Atrium.Laughter.Network;

namespace Atrium.Laughter.Tests;

/// <summary>YAMNet in plain loops and double precision, channels first: slow, obvious, and written apart from the kernels.</summary>
internal static class PlainYamnet
{
    public static double[] Logits(YamnetWeights weights, ReadOnlySpan<float> patch) => Maps(weights, patch)[^1];

    /// <summary>The map after every convolution, then the embedding, then the logits.</summary>
    public static List<double[]> Maps(YamnetWeights weights, ReadOnlySpan<float> patch)
    {
        var maps = new List<double[]>();
        var map = new double[96 * 64];
        for (var i = 0; i < map.Length; i++)
            map[i] = patch[i];
        int height = 96, width = 64;
        maps.Add(map = Convolve(map, 1, height, width, 2, 32, (channel, tap) => weights.First[(tap * 32) + channel], weights.FirstBias));
        height /= 2;
        width /= 2;
        foreach (var (layer, values) in YamnetShape.Layers.Zip(weights.Layers))
        {
            maps.Add(map = Convolve(map, layer.Inputs, height, width, layer.Stride, layer.Inputs, (channel, tap) => values.Depthwise[(tap * layer.Inputs) + channel], values.DepthwiseBias));
            height /= layer.Stride;
            width /= layer.Stride;
            maps.Add(map = Mix(map, height * width, layer.Inputs, layer.Outputs, values));
        }

        var pixels = height * width;
        var embedding = new double[1024];
        for (var channel = 0; channel < embedding.Length; channel++)
            embedding[channel] = map[(channel * pixels)..((channel + 1) * pixels)].Average();
        maps.Add(embedding);
        maps.Add([.. Enumerable.Range(0, 521).Select(label =>
            weights.ClassifierBias[label] + Enumerable.Range(0, 1024).Sum(channel => embedding[channel] * weights.Classifier[(channel * 521) + label]))]);
        return maps;
    }

    private static double[] Convolve(
        double[] map, int inputs, int height, int width, int stride, int outputs, Func<int, int, float> weight, float[] bias)
    {
        int outputHeight = height / stride, outputWidth = width / stride, before = stride == 1 ? 1 : 0;
        var result = new double[outputs * outputHeight * outputWidth];
        for (var channel = 0; channel < outputs; channel++)
        {
            var source = inputs == 1 ? 0 : channel * height * width;
            for (var y = 0; y < outputHeight; y++)
            {
                for (var x = 0; x < outputWidth; x++)
                {
                    double sum = bias[channel];
                    for (var tap = 0; tap < 9; tap++)
                    {
                        int row = (y * stride) + (tap / 3) - before, column = (x * stride) + (tap % 3) - before;
                        if (row >= 0 && row < height && column >= 0 && column < width)
                            sum += weight(channel, tap) * map[source + (row * width) + column];
                    }

                    result[(((channel * outputHeight) + y) * outputWidth) + x] = Math.Max(0, sum);
                }
            }
        }

        return result;
    }

    private static double[] Mix(double[] map, int pixels, int inputs, int outputs, SeparableWeights values)
    {
        var result = new double[outputs * pixels];
        Parallel.For(0, outputs, output =>
        {
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                double sum = values.PointwiseBias[output];
                for (var input = 0; input < inputs; input++)
                    sum += map[(input * pixels) + pixel] * values.Pointwise[(input * outputs) + output];
                result[(output * pixels) + pixel] = Math.Max(0, sum);
            }
        });
        return result;
    }
}
