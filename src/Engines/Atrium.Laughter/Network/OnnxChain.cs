using Atrium.Laughter.Network.Onnx;

namespace Atrium.Laughter.Network;

/// <summary>Walks the chain of a network's operations, one tensor to its next computing consumer.</summary>
internal sealed class OnnxChain(OnnxGraph graph, ILookup<string, OnnxNode> consumers, OnnxNode first)
{
    private const int LongestDetour = 16;
    private static readonly HashSet<string> LayoutOperations =
        new(["Identity", "Transpose", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Dropout"], StringComparer.Ordinal);

    private OnnxNode? _next = first;
    private long[] _pads = [0, 0, 0, 0];

    /// <summary>Takes a convolution with what follows it up to its ReLU, folded to weights [outputs][inputs / groups][k][k] and bias.</summary>
    public (float[] Weights, float[] Bias) Convolution(int inputs, int outputs, int kernel, int stride, int height, int groups)
    {
        TakePadding();
        var node = Take("Conv");
        var weights = Constant(node, 1, outputs, inputs / groups, kernel, kernel).Floats.ToArray();
        var bias = node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? Constant(node, 2, outputs).Floats.ToArray() : new float[outputs];
        CheckGeometry(node, kernel, stride, height, groups);
        while (_next is { Operation: not "Relu" } follower)
        {
            if (follower.Operation == "BatchNormalization")
                FoldNormalisation(Take("BatchNormalization"), weights, bias);
            else if (follower.Operation is "Add" or "Mul" or "Sub")
                FoldArithmetic(Take(follower.Operation), weights, bias);
            else
                throw Unsupported(follower);
        }

        Take("Relu");
        return (weights, bias);
    }

    /// <summary>Takes the global average over the last map.</summary>
    public void AveragePool()
    {
        var node = _next ?? throw OnnxYamnet.NotYamnet("it ends before its pooling");
        var axes = node.Integers("axes") ?? (node.Inputs.Count > 1 && graph.Constants.TryGetValue(node.Inputs[1], out var found) ? found.Longs : null);
        var sensible = node.Operation switch
        {
            "GlobalAveragePool" => true,
            "ReduceMean" => axes is [2, 3] or [-2, -1] or [1, 2] or [-1, -2] or [3, 2] or [2, 1],
            "AveragePool" => node.Integers("kernel_shape") is [3, 2] or [2, 3] && (node.Integers("pads") ?? []).All(pad => pad == 0),
            _ => throw Unsupported(node),
        };
        if (!sensible)
            throw OnnxYamnet.NotYamnet("its pooling is not over a whole map");
        Take(node.Operation);
    }

    /// <summary>Takes the dense layer, to weights [1024][521] and bias. What follows may only be a sigmoid.</summary>
    public (float[] Weights, float[] Bias) Classifier()
    {
        var node = _next ?? throw OnnxYamnet.NotYamnet("it ends before its classifier");
        var (weights, bias) = node.Operation switch
        {
            "Gemm" => Gemm(),
            "MatMul" => MatMul(),
            "Conv" => ConvolutionAsDense(),
            _ => throw Unsupported(node),
        };
        if (_next is { Operation: not "Sigmoid" } follower)
            throw Unsupported(follower);
        return (weights, bias);
    }

    private (float[] Weights, float[] Bias) Gemm()
    {
        var node = Take("Gemm");
        if (node.Integer("transA", 0) != 0 || node.Single("alpha", 1) != 1 || node.Single("beta", 1) != 1)
            throw OnnxYamnet.NotYamnet("its classifier scales or turns its input");
        var bias = node.Inputs.Count > 2 ? Constant(node, 2, YamnetShape.Classes).Floats : new float[YamnetShape.Classes];
        return node.Integer("transB", 0) != 0
            ? (OnnxYamnet.Transpose(Constant(node, 1, YamnetShape.Classes, YamnetShape.Embedding).Floats, YamnetShape.Classes, YamnetShape.Embedding), bias)
            : (Constant(node, 1, YamnetShape.Embedding, YamnetShape.Classes).Floats, bias);
    }

    private (float[] Weights, float[] Bias) MatMul()
    {
        var weights = Constant(Take("MatMul"), 1, YamnetShape.Embedding, YamnetShape.Classes).Floats;
        var bias = new float[YamnetShape.Classes];
        if (_next is { Operation: "Add" })
        {
            var add = Take("Add");
            bias = Vector(add, YamnetShape.Classes);
        }

        return (weights, bias);
    }

    private (float[] Weights, float[] Bias) ConvolutionAsDense()
    {
        var node = Take("Conv");
        var weights = Constant(node, 1, YamnetShape.Classes, YamnetShape.Embedding, 1, 1).Floats;
        var bias = node.Inputs.Count > 2 ? Constant(node, 2, YamnetShape.Classes).Floats : new float[YamnetShape.Classes];
        return (OnnxYamnet.Transpose(weights, YamnetShape.Classes, YamnetShape.Embedding), bias);
    }

    private void TakePadding()
    {
        _pads = [0, 0, 0, 0];
        if (_next is not { Operation: "Pad" })
            return;
        var node = Take("Pad");
        var pads = node.Integers("pads") ?? (node.Inputs.Count > 1 && graph.Constants.TryGetValue(node.Inputs[1], out var found) ? found.Longs : []);
        if (pads is not [0, 0, _, _, 0, 0, _, _])
            throw OnnxYamnet.NotYamnet("it pads in a way of its own");
        _pads = [pads[2], pads[3], pads[6], pads[7]];
    }

    /// <summary>Only TensorFlow's "SAME" will do: at stride 2 on these even sizes nothing before and one pixel after.</summary>
    private void CheckGeometry(OnnxNode node, int kernel, int stride, int height, int groups)
    {
        var strides = node.Integers("strides") ?? [1, 1];
        var before = kernel == 1 || stride == 2 ? 0 : 1;
        var after = kernel == 1 ? 0 : 1;
        var automatic = node.Attributes.TryGetValue("auto_pad", out var mode) ? mode.Text : "NOTSET";
        var pads = (node.Integers("pads") ?? [0, 0, 0, 0]).Zip(_pads, (left, right) => left + right).ToArray();
        var padded = automatic switch
        {
            "SAME_UPPER" => _pads is [0, 0, 0, 0],
            "NOTSET" or "" or "VALID" => pads.AsSpan().SequenceEqual([before, before, after, after]),
            _ => false,
        };
        if (!padded || strides.Count != 2 || strides.Any(value => value != stride)
            || node.Integer("group", 1) != groups || (node.Integers("dilations") ?? [1, 1]).Any(value => value != 1))
        {
            throw OnnxYamnet.NotYamnet($"a layer at height {height} has another stride, padding or grouping");
        }
    }

    private void FoldNormalisation(OnnxNode node, float[] weights, float[] bias)
    {
        float[] scale = Constant(node, 1, bias.Length).Floats, shift = Constant(node, 2, bias.Length).Floats;
        float[] mean = Constant(node, 3, bias.Length).Floats, variance = Constant(node, 4, bias.Length).Floats;
        var epsilon = node.Single("epsilon", 1e-5f);
        var perOutput = weights.Length / bias.Length;
        for (var output = 0; output < bias.Length; output++)
        {
            var factor = scale[output] / Math.Sqrt(variance[output] + (double)epsilon);
            for (var i = 0; i < perOutput; i++)
                weights[(output * perOutput) + i] = (float)(weights[(output * perOutput) + i] * factor);
            bias[output] = (float)(((bias[output] - mean[output]) * factor) + shift[output]);
        }
    }

    /// <summary>Exporters that take batch normalisation apart leave a product and a sum by channel.</summary>
    private void FoldArithmetic(OnnxNode node, float[] weights, float[] bias)
    {
        var operand = Vector(node, bias.Length);
        var perOutput = weights.Length / bias.Length;
        for (var output = 0; output < bias.Length; output++)
        {
            if (node.Operation == "Mul")
            {
                bias[output] *= operand[output];
                for (var i = 0; i < perOutput; i++)
                    weights[(output * perOutput) + i] *= operand[output];
            }
            else
            {
                bias[output] += node.Operation == "Sub" ? -operand[output] : operand[output];
            }
        }

        if (node.Operation == "Sub" && !graph.Constants.ContainsKey(node.Inputs[1]))
            throw Unsupported(node);
    }

    /// <summary>The constant side of an element-wise operation: one value for each channel, or one for all.</summary>
    private float[] Vector(OnnxNode node, int length)
    {
        var operand = node.Inputs.Select(input => graph.Constants.GetValueOrDefault(input)).FirstOrDefault(tensor => tensor is not null);
        if (operand is not { Type: OnnxTensor.FloatType } || (operand.Floats.Length != length && operand.Floats.Length != 1))
            throw Unsupported(node);
        return operand.Floats.Length == length ? operand.Floats : [.. Enumerable.Repeat(operand.Floats[0], length)];
    }

    private OnnxTensor Constant(OnnxNode node, int input, params ReadOnlySpan<long> shape)
    {
        if (node.Inputs.Count <= input || !graph.Constants.TryGetValue(node.Inputs[input], out var tensor))
            throw OnnxYamnet.NotYamnet($"a {node.Operation} has no constant operand {input}");
        return tensor.HasShape(shape)
            ? tensor
            : throw OnnxYamnet.NotYamnet($"a {node.Operation} has weights of shape [{string.Join(", ", tensor.Shape)}] where [{string.Join(", ", shape.ToArray())}] belongs");
    }

    private OnnxNode Take(string operation)
    {
        var node = _next;
        if (node?.Operation != operation)
            throw node is null ? OnnxYamnet.NotYamnet($"it ends where a {operation} belongs") : Unsupported(node);
        if (node.Outputs.Count == 0)
            throw OnnxYamnet.NotYamnet($"a {operation} has no output");
        _next = Follow(node.Outputs[0]);
        return node;
    }

    /// <summary>The operation that computes on a tensor, looking through those that only change its layout.</summary>
    private OnnxNode? Follow(string tensor)
    {
        OnnxNode? found = null;
        var seen = new HashSet<string>(StringComparer.Ordinal) { tensor };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var current))
        {
            foreach (var consumer in consumers[current].Where(consumer => consumer.Operation != "Shape"))
            {
                if (!LayoutOperations.Contains(consumer.Operation))
                {
                    found ??= consumer;
                    if (!ReferenceEquals(found, consumer))
                        throw OnnxYamnet.NotYamnet($"its tensors branch into {Short(found)} and {Short(consumer)}");
                }
                else if (consumer.Inputs[0] == current && consumer.Outputs.Count > 0 && seen.Add(consumer.Outputs[0]))
                {
                    // A tensor that is only the shape operand of a layout operation is not the one it passes on.
                    open.Enqueue(consumer.Outputs[0]);
                }
            }

            if (seen.Count > LongestDetour)
                throw OnnxYamnet.NotYamnet("it only turns its tensors around");
        }

        return found;
    }

    private static string Short(OnnxNode node) => node.Operation.Length > 40 ? node.Operation[..40] : node.Operation;

    private static ModelException Unsupported(OnnxNode node) =>
        new("unsupported", $"The model uses the operation {Short(node)} where YAMNet has none.");
}
