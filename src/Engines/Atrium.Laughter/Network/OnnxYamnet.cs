using Atrium.Laughter.Features;
using Atrium.Laughter.Network.Onnx;

namespace Atrium.Laughter.Network;

/// <summary>
/// Takes YAMNet's weights out of an ONNX graph. The known exports differ in their input (samples, or patches in
/// either orientation), in layout operations and in whether scores or logits come out, but the network between first
/// convolution and classifier is the same chain; it is followed operation by operation, and anything else refuses.
/// </summary>
internal sealed class OnnxYamnet(OnnxGraph graph)
{
    private readonly ILookup<string, OnnxNode> _consumers = graph.Nodes
        .SelectMany(node => node.Inputs.Distinct(StringComparer.Ordinal).Select(input => (input, node)))
        .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);

    /// <summary>Reads the weights out of a file.</summary>
    public static YamnetWeights Read(string path) => new OnnxYamnet(OnnxReader.Read(path)).Extract();

    /// <summary>Checks that a file is YAMNet, and names the files beside it that hold some of its values.</summary>
    public static IReadOnlyCollection<string> Parts(string path)
    {
        var graph = OnnxReader.Read(path);
        new OnnxYamnet(graph).Extract();
        return graph.ExternalFiles;
    }

    public YamnetWeights Extract()
    {
        CheckMelMatrix();
        var first = graph.Nodes.Find(node => node.Operation == "Conv" && node.Inputs.Count >= 2
            && graph.Constants.TryGetValue(node.Inputs[1], out var found) && found.HasShape(YamnetShape.FirstChannels, 1, 3, 3))
            ?? throw NotYamnet("it has no first layer of 32 filters over 3x3");

        var chain = new OnnxChain(graph, _consumers, first);
        var transposed = TransposedInput();
        var (weights, bias) = chain.Convolution(1, YamnetShape.FirstChannels, 3, 2, YamnetShape.PatchFrames, 1);
        var layers = new List<SeparableWeights>();
        foreach (var layer in YamnetShape.Layers)
        {
            var depthwise = chain.Convolution(layer.Inputs, layer.Inputs, 3, layer.Stride, layer.Height, layer.Inputs);
            var pointwise = chain.Convolution(layer.Inputs, layer.Outputs, 1, 1, layer.Height, 1);
            layers.Add(new SeparableWeights(
                TapsFirst(depthwise.Weights, layer.Inputs, transposed), depthwise.Bias,
                Transpose(pointwise.Weights, layer.Outputs, layer.Inputs), pointwise.Bias));
        }

        chain.AveragePool();
        var classifier = chain.Classifier();
        var extracted = new YamnetWeights
        {
            First = TapsFirst(weights, YamnetShape.FirstChannels, transposed),
            FirstBias = bias,
            Layers = layers,
            Classifier = classifier.Weights,
            ClassifierBias = classifier.Bias,
        };
        CheckFinite(extracted);
        return extracted;
    }

    /// <summary>Whether patches come in as mel by time. The square kernels then lie on their side.</summary>
    private bool TransposedInput() => graph.Inputs
        .Any(input => !graph.Constants.ContainsKey(input.Name) && input.Shape is [.., YamnetShape.Bands, YamnetShape.PatchFrames]);

    /// <summary>A model with its own mel matrix must have been trained with the one that is built in here.</summary>
    private void CheckMelMatrix()
    {
        foreach (var matrix in graph.Constants.Values.Where(tensor => tensor.HasShape(LaneFft.Bins, MelFilterbank.Bands)))
        {
            for (var band = 0; band < MelFilterbank.Bands; band++)
            {
                for (var bin = 0; bin < LaneFft.Bins; bin++)
                {
                    var at = bin - MelFilterbank.Instance.FirstBin[band];
                    var weights = MelFilterbank.Instance.Weights[band];
                    var expected = at >= 0 && at < weights.Length ? weights[at] : 0;
                    if (!(Math.Abs(matrix.Floats[(bin * MelFilterbank.Bands) + band] - expected) < 2e-3f))
                        throw NotYamnet("its mel filters differ from YAMNet's");
                }
            }
        }
    }

    private static void CheckFinite(YamnetWeights weights)
    {
        var all = weights.Layers
            .SelectMany(layer => new[] { layer.Depthwise, layer.DepthwiseBias, layer.Pointwise, layer.PointwiseBias })
            .Append(weights.First).Append(weights.FirstBias).Append(weights.Classifier).Append(weights.ClassifierBias);
        // Beyond this a forward pass could overflow; trained weights are a millionth of it.
        if (all.Any(values => values.Any(value => !(Math.Abs(value) < 1e6f))))
            throw NotYamnet("it holds weights that are no sensible numbers");
    }

    /// <summary>[channels][3][3] to [9 taps][channels], turned if time and mel are swapped.</summary>
    private static float[] TapsFirst(float[] weights, int channels, bool transposed)
    {
        var taps = new float[weights.Length];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var tap = 0; tap < 9; tap++)
            {
                var source = transposed ? (tap % 3 * 3) + (tap / 3) : tap;
                taps[(tap * channels) + channel] = weights[(channel * 9) + source];
            }
        }

        return taps;
    }

    /// <summary>[rows][columns] to [columns][rows].</summary>
    internal static float[] Transpose(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                transposed[(column * rows) + row] = values[(row * columns) + column];
        }

        return transposed;
    }

    internal static ModelException NotYamnet(string why) => new("not-yamnet", $"The model is not YAMNet: {why}.");
}
