namespace Atrium.Laughter.Reference;

/// <summary>Builds an ONNX file operation by operation.</summary>
internal sealed class OnnxModelWriter
{
    private readonly ProtoWriter _graph = new();
    private int _names;

    public string Name(string stem) => $"{stem}_{_names++}";

    public string Constant(string stem, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        var name = Name(stem);
        _graph.Message(5, Tensor(name, values, shape));
        return name;
    }

    /// <summary>A constant whose values lie in a file beside the model.</summary>
    public string ExternalConstant(string stem, string file, long offset, long length, params ReadOnlySpan<long> shape)
    {
        var name = Name(stem);
        var tensor = new ProtoWriter();
        foreach (var dimension in shape)
            tensor.Integer(1, dimension);
        tensor.Integer(2, 1).Text(8, name)
            .Message(13, new ProtoWriter().Text(1, "location").Text(2, file))
            .Message(13, new ProtoWriter().Text(1, "offset").Text(2, $"{offset}"))
            .Message(13, new ProtoWriter().Text(1, "length").Text(2, $"{length}"))
            .Integer(14, 1);
        _graph.Message(5, tensor);
        return name;
    }

    public string Integers(string stem, params ReadOnlySpan<long> values)
    {
        var name = Name(stem);
        var tensor = new ProtoWriter().Integer(1, values.Length).Integer(2, 7).Text(8, name)
            .Bytes(9, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
        _graph.Message(5, tensor);
        return name;
    }

    public string Operation(string operation, IEnumerable<string> inputs, params ReadOnlySpan<ProtoWriter> attributes)
    {
        var output = Name(operation.ToLowerInvariant());
        Operation(operation, inputs, output, attributes);
        return output;
    }

    public void Operation(string operation, IEnumerable<string> inputs, string output, params ReadOnlySpan<ProtoWriter> attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        node.Text(2, output).Text(3, output + "_node").Text(4, operation);
        foreach (var attribute in attributes)
            node.Message(5, attribute);
        _graph.Message(1, node);
    }

    public void Input(string name, params ReadOnlySpan<long> shape) => _graph.Message(11, Value(name, shape));

    public void Output(string name, params ReadOnlySpan<long> shape) => _graph.Message(12, Value(name, shape));

    public byte[] Finish()
    {
        _graph.Text(2, "graph");
        return new ProtoWriter()
            .Integer(1, 8)
            .Message(8, new ProtoWriter().Text(1, "").Integer(2, 13))
            .Message(7, _graph)
            .ToArray();
    }

    public static ProtoWriter Attribute(string name, params long[] values)
    {
        var attribute = new ProtoWriter().Text(1, name);
        foreach (var value in values)
            attribute.Integer(8, value);
        return attribute.Integer(20, 7);
    }

    public static ProtoWriter Attribute(string name, long value) => new ProtoWriter().Text(1, name).Integer(3, value).Integer(20, 2);

    public static ProtoWriter Attribute(string name, float value) => new ProtoWriter().Text(1, name).Single(2, value).Integer(20, 1);

    public static ProtoWriter Attribute(string name, string value) => new ProtoWriter().Text(1, name).Text(4, value).Integer(20, 3);

    private static ProtoWriter Tensor(string name, ReadOnlySpan<float> values, ReadOnlySpan<long> shape)
    {
        var tensor = new ProtoWriter();
        foreach (var dimension in shape)
            tensor.Integer(1, dimension);
        return tensor.Integer(2, 1).Text(8, name).Floats(9, values);
    }

    private static ProtoWriter Value(string name, ReadOnlySpan<long> shape)
    {
        var dimensions = new ProtoWriter();
        foreach (var dimension in shape)
        {
            var entry = new ProtoWriter();
            if (dimension < 0)
                entry.Text(2, "n");
            else
                entry.Integer(1, dimension);
            dimensions.Message(1, entry);
        }

        var tensor = new ProtoWriter().Integer(1, 1).Message(2, dimensions);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }
}
