using Atrium.Laughter.Network;

namespace Atrium.Laughter.Reference;

/// <summary>
/// A network of YAMNet's exact shape with seeded random weights, as an ONNX file. The scale of the weights keeps
/// activations near one, so that errors of arithmetic are neither hidden nor magnified.
/// </summary>
internal sealed class RandomYamnet(int seed)
{
    private readonly Random _random = new(seed);
    private readonly OnnxModelWriter _model = new();

    /// <summary>How batch normalisation is written.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Folded;

    /// <summary>Ends in a sigmoid (scores) or not (logits).</summary>
    public bool Sigmoid { get; init; } = true;

    /// <summary>Pads by explicit amounts instead of SAME_UPPER.</summary>
    public bool ExplicitPads { get; init; }

    /// <summary>Patches come in as mel by time.</summary>
    public bool Transposed { get; init; }

    public byte[] Write()
    {
        var inputShape = Transposed ? new long[] { -1, 1, 64, 96 } : [-1, 1, 96, 64];
        _model.Input("patch", inputShape);
        _model.Output("scores", -1, YamnetShape.Classes);
        var tensor = Convolution("patch", 1, YamnetShape.FirstChannels, 3, 2, 1);
        foreach (var layer in YamnetShape.Layers)
        {
            tensor = Convolution(tensor, layer.Inputs, layer.Inputs, 3, layer.Stride, layer.Inputs);
            tensor = Convolution(tensor, layer.Inputs, layer.Outputs, 1, 1, 1);
        }

        tensor = _model.Operation("GlobalAveragePool", [tensor]);
        tensor = _model.Operation("Flatten", [tensor]);
        var weights = _model.Constant("dense", Normal(YamnetShape.Embedding * YamnetShape.Classes, 1.5 / Math.Sqrt(YamnetShape.Embedding)), YamnetShape.Embedding, YamnetShape.Classes);
        var bias = _model.Constant("bias", Normal(YamnetShape.Classes, 0.5), YamnetShape.Classes);
        if (Sigmoid)
            _model.Operation("Sigmoid", [_model.Operation("Gemm", [tensor, weights, bias])], "scores");
        else
            _model.Operation("Add", [_model.Operation("MatMul", [tensor, weights]), bias], "scores");
        return _model.Finish();
    }

    private string Convolution(string input, int inputs, int outputs, int kernel, int stride, int groups)
    {
        var fanIn = inputs / groups * kernel * kernel;
        var weights = _model.Constant("w", Normal(outputs * fanIn, Math.Sqrt(2.0 / fanIn)), outputs, inputs / groups, kernel, kernel);
        List<string> operands = [input, weights];
        if (Normalisation == Normalisation.Folded)
            operands.Add(_model.Constant("b", Normal(outputs, 0.1), outputs));
        var pads = kernel == 1 ? new long[] { 0, 0, 0, 0 } : stride == 2 ? [0, 0, 1, 1] : [1, 1, 1, 1];
        var tensor = _model.Operation(
            "Conv", operands,
            OnnxModelWriter.Attribute("strides", (long[])[stride, stride]),
            OnnxModelWriter.Attribute("kernel_shape", (long[])[kernel, kernel]),
            OnnxModelWriter.Attribute("group", groups),
            ExplicitPads ? OnnxModelWriter.Attribute("pads", pads) : OnnxModelWriter.Attribute("auto_pad", "SAME_UPPER"));
        return _model.Operation("Relu", [Normalise(tensor, outputs)]);
    }

    private string Normalise(string tensor, int outputs)
    {
        switch (Normalisation)
        {
            case Normalisation.Operation:
                var variance = Normal(outputs, 0.2).Select(value => 1 + Math.Abs(value)).ToArray();
                return _model.Operation(
                    "BatchNormalization",
                    [
                        tensor,
                        _model.Constant("scale", [.. Enumerable.Repeat(1f, outputs)], outputs),
                        _model.Constant("beta", Normal(outputs, 0.1), outputs),
                        _model.Constant("mean", Normal(outputs, 0.1), outputs),
                        _model.Constant("variance", variance, outputs),
                    ],
                    OnnxModelWriter.Attribute("epsilon", 1e-4f));
            case Normalisation.Arithmetic:
                var product = _model.Operation("Mul", [tensor, _model.Constant("factor", [.. Normal(outputs, 0.1).Select(value => 1 + value)], 1, outputs, 1, 1)]);
                return _model.Operation("Add", [product, _model.Constant("shift", Normal(outputs, 0.1), 1, outputs, 1, 1)]);
            default:
                return tensor;
        }
    }

    private float[] Normal(int count, double deviation)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            values[i] = (float)(deviation * radius * Math.Cos(2 * Math.PI * _random.NextDouble()));
        }

        return values;
    }
}

/// <summary>Ways in which exporters write batch normalisation.</summary>
internal enum Normalisation
{
    Folded,
    Operation,
    Arithmetic,
}
