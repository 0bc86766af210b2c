namespace Atrium.Laughter.Network.Onnx;

/// <summary>The parts of an ONNX model that the reader of YAMNet needs.</summary>
internal sealed class OnnxGraph
{
    public List<OnnxNode> Nodes { get; } = [];

    public Dictionary<string, OnnxTensor> Constants { get; } = new(StringComparer.Ordinal);

    public List<OnnxValue> Inputs { get; } = [];

    /// <summary>Files beside the model that hold values of it.</summary>
    public HashSet<string> ExternalFiles { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Outputs { get; } = new(StringComparer.Ordinal);
}

/// <summary>A graph input: its name and shape, -1 where a dimension is open.</summary>
internal sealed record OnnxValue(string Name, IReadOnlyList<long> Shape);

/// <summary>One operation.</summary>
internal sealed class OnnxNode
{
    public string Operation { get; set; } = "";

    public string Domain { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public Dictionary<string, OnnxAttribute> Attributes { get; } = new(StringComparer.Ordinal);

    public long Integer(string name, long otherwise) => Attributes.TryGetValue(name, out var found) ? found.Integer : otherwise;

    public float Single(string name, float otherwise) => Attributes.TryGetValue(name, out var found) ? found.Single : otherwise;

    public IReadOnlyList<long>? Integers(string name) => Attributes.TryGetValue(name, out var found) ? found.Integers : null;
}

/// <summary>An attribute's value; which part counts depends on its name.</summary>
internal sealed class OnnxAttribute
{
    public string Name { get; set; } = "";

    public long Integer { get; set; }

    public float Single { get; set; }

    public string Text { get; set; } = "";

    public List<long> Integers { get; } = [];

    public OnnxTensor? Tensor { get; set; }
}

/// <summary>A constant. Only float and int64 values are kept; of others the type alone.</summary>
internal sealed class OnnxTensor
{
    public const int FloatType = 1;
    public const int LongType = 7;

    public string Name { get; set; } = "";

    public int Type { get; set; }

    public List<long> Shape { get; } = [];

    public float[] Floats { get; set; } = [];

    public long[] Longs { get; set; } = [];

    /// <summary>Elements that the shape claims, or -1 when it is absurd.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (var dimension in Shape)
            {
                if (dimension is < 0 or > int.MaxValue)
                    return -1;
                count *= dimension;
                if (count > int.MaxValue)
                    return -1;
            }

            return count;
        }
    }

    public bool HasShape(params ReadOnlySpan<long> shape) =>
        Type == FloatType && System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Shape).SequenceEqual(shape);
}
