using System.Numerics.Tensors;
using Atrium.Laughter.Lite;

namespace Atrium.Laughter.Training;

/// <summary>Trains the lite detector's small network: Adam on the cross-entropy, classes balanced, one thread, fixed seeds.</summary>
internal sealed class LiteTrainer(WindowSet windows, int hidden, int epochs)
{
    private const float Decay = 2e-4f;
    private const float Noise = 0.5f;
    private const float Dropout = 0.15f;
    private const int BatchSize = 128;

    private readonly int _width = WindowSet.Width;
    private readonly Random _random = new(20_240_817);

    public LiteModel Train(Action<string> log)
    {
        var (mean, scale) = Standardise();
        var parameters = new float[(hidden * (_width + 2)) + 1];
        for (var i = 0; i < hidden * _width; i++)
            parameters[i] = (float)((_random.NextDouble() - 0.5) * 2 / Math.Sqrt(_width));
        for (var unit = 0; unit < hidden; unit++)
            parameters[(hidden * (_width + 1)) + unit] = (float)((_random.NextDouble() - 0.5) / Math.Sqrt(hidden));

        var order = Enumerable.Range(0, windows.Features.Count).ToArray();
        float[] first = new float[parameters.Length], second = new float[parameters.Length];
        var step = 0;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            _random.Shuffle(order);
            var rate = 0.003f * 0.5f * (1 + MathF.Cos(MathF.PI * epoch / epochs));
            double loss = 0;
            foreach (var batch in order.Chunk(BatchSize))
            {
                var gradient = new float[parameters.Length];
                foreach (var index in batch)
                    loss += AddGradient(parameters, gradient, index);
                Step(parameters, gradient, first, second, rate, batch.Length, ++step);
            }

            log($"epoch {epoch + 1}: loss {loss / order.Length:F4}");
        }

        return Model(parameters, mean, scale);
    }

    /// <summary>Brings every feature to mean 0 and deviation 1, in place.</summary>
    private (float[] Mean, float[] Scale) Standardise()
    {
        double[] sum = new double[_width], squares = new double[_width];
        foreach (var features in windows.Features)
        {
            for (var i = 0; i < _width; i++)
            {
                sum[i] += features[i];
                squares[i] += (double)features[i] * features[i];
            }
        }

        var count = windows.Features.Count;
        var mean = sum.Select(value => (float)(value / count)).ToArray();
        var scale = squares.Select((value, i) => (float)(1 / Math.Sqrt(Math.Max((value / count) - (mean[i] * (double)mean[i]), 1e-6)))).ToArray();
        foreach (var features in windows.Features)
        {
            for (var i = 0; i < _width; i++)
                features[i] = Math.Clamp((features[i] - mean[i]) * scale[i], -4, 4);
        }

        return (mean, scale);
    }

    private double AddGradient(float[] parameters, float[] gradient, int index)
    {
        // Noise on the features, and now and then none at all, keeps the network from leaning on a few of them.
        Span<float> features = stackalloc float[_width];
        for (var i = 0; i < _width; i++)
            features[i] = _random.NextSingle() < Dropout ? 0 : windows.Features[index][i] + (Noise * ((_random.NextSingle() * 2) - 1));
        Span<float> units = stackalloc float[hidden];
        int biases = hidden * _width, outputs = biases + hidden;
        var sum = parameters[^1];
        for (var unit = 0; unit < hidden; unit++)
        {
            units[unit] = MathF.Tanh(TensorPrimitives.Dot(features, parameters.AsSpan(unit * _width, _width)) + parameters[biases + unit]);
            sum += units[unit] * parameters[outputs + unit];
        }

        var score = 1 / (1 + MathF.Exp(-sum));
        var label = windows.Labels[index];
        // Laughter is the rarer class: this makes both count about the same.
        var weight = label ? 3f : 1f;
        var error = weight * (score - (label ? 1 : 0));
        gradient[^1] += error;
        for (var unit = 0; unit < hidden; unit++)
        {
            gradient[outputs + unit] += error * units[unit];
            var back = error * parameters[outputs + unit] * (1 - (units[unit] * units[unit]));
            gradient[biases + unit] += back;
            var row = gradient.AsSpan(unit * _width, _width);
            TensorPrimitives.MultiplyAdd(features, back, row, row);
        }

        return -weight * Math.Log(Math.Max(label ? score : 1 - score, 1e-7f));
    }

    private static void Step(float[] parameters, float[] gradient, float[] first, float[] second, float rate, int count, int step)
    {
        var firstScale = 1 / (1 - MathF.Pow(0.9f, step));
        var secondScale = 1 / (1 - MathF.Pow(0.999f, step));
        for (var i = 0; i < parameters.Length; i++)
        {
            var slope = (gradient[i] / count) + (Decay * parameters[i]);
            first[i] = (0.9f * first[i]) + (0.1f * slope);
            second[i] = (0.999f * second[i]) + (0.001f * slope * slope);
            parameters[i] -= rate * first[i] * firstScale / (MathF.Sqrt(second[i] * secondScale) + 1e-8f);
        }
    }

    private LiteModel Model(float[] parameters, float[] mean, float[] scale) => new()
    {
        Features = LiteFeatures.Names,
        Mean = mean,
        Scale = scale,
        Hidden = [.. Enumerable.Range(0, hidden).Select(unit => parameters.AsSpan(unit * _width, _width).ToArray())],
        HiddenBias = parameters.AsSpan(hidden * _width, hidden).ToArray(),
        Output = parameters.AsSpan(hidden * (_width + 1), hidden).ToArray(),
        OutputBias = parameters[^1],
        Enter = 0.5,
        Stay = 0.25,
    };
}
