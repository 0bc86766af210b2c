using System.Runtime.InteropServices;

namespace Atrium.Laughter.Network.Onnx;

/// <summary>Reads an ONNX file (ModelProto) into an <see cref="OnnxGraph"/>, with limits on everything.</summary>
internal sealed class OnnxReader(string folder)
{
    /// <summary>YAMNet is 16 MB; four times that is ample.</summary>
    public const long LargestFile = 64 << 20;

    private const int MostNodes = 10_000;
    private const int MostDimensions = OnnxValueReader.MostDimensions;
    private const int MostNodeParts = 1_000;
    private const int MostAttributeValues = 4_096;

    private readonly Dictionary<string, byte[]> _external = new(StringComparer.Ordinal);
    private readonly OnnxGraph _graph = new();
    private long _externalBytes;

    /// <summary>Reads the file; values kept outside it are looked for in its own folder only.</summary>
    public static OnnxGraph Read(string path)
    {
        var reader = new OnnxReader(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return reader.ReadModel(ReadFile(path));
    }

    public OnnxGraph ReadModel(ReadOnlySpan<byte> data)
    {
        var hasGraph = false;
        var model = new ProtoReader(data);
        while (model.Next())
        {
            if (model.Field == 7)
            {
                hasGraph = true;
                ReadGraph(model.Bytes());
            }
            else
            {
                model.Skip();
            }
        }

        return hasGraph ? _graph : throw Malformed("it holds no graph");
    }

    private static byte[] ReadFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new ModelException("not-found", "The model file does not exist.");
        if (file.Length > LargestFile)
            throw new ModelException("too-large", $"The model file is larger than {LargestFile >> 20} MiB.");
        return File.ReadAllBytes(path);
    }

    private void ReadGraph(ReadOnlySpan<byte> data)
    {
        var fields = new ProtoReader(data);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    if (_graph.Nodes.Count == MostNodes)
                        throw Malformed("it has too many operations");
                    _graph.Nodes.Add(ReadNode(fields.Bytes()));
                    break;
                case 5:
                    if (_graph.Constants.Count == MostNodes)
                        throw Malformed("it has too many constants");
                    var tensor = ReadTensor(fields.Bytes());
                    _graph.Constants[tensor.Name] = tensor;
                    break;
                case 11:
                    if (_graph.Inputs.Count == MostNodes)
                        throw Malformed("it has too many inputs");
                    _graph.Inputs.Add(OnnxValueReader.Read(fields.Bytes()));
                    break;
                case 12:
                    _graph.Outputs.Add(OnnxValueReader.Read(fields.Bytes()).Name);
                    break;
                default:
                    fields.Skip();
                    break;
            }
        }

        foreach (var node in _graph.Nodes.Where(node => node is { Operation: "Constant", Outputs.Count: 1 }))
        {
            if (node.Attributes.TryGetValue("value", out var value) && value.Tensor is not null)
                _graph.Constants[node.Outputs[0]] = value.Tensor;
        }
    }

    private OnnxNode ReadNode(ReadOnlySpan<byte> data)
    {
        var node = new OnnxNode();
        var fields = new ProtoReader(data);
        while (fields.Next())
        {
            if (node.Inputs.Count + node.Outputs.Count + node.Attributes.Count > MostNodeParts)
                throw Malformed("an operation has too many parts");
            switch (fields.Field)
            {
                case 1: node.Inputs.Add(fields.Text()); break;
                case 2: node.Outputs.Add(fields.Text()); break;
                case 4: node.Operation = fields.Text(); break;
                case 7: node.Domain = fields.Text(); break;
                case 5:
                    var attribute = ReadAttribute(fields.Bytes());
                    node.Attributes[attribute.Name] = attribute;
                    break;
                default: fields.Skip(); break;
            }
        }

        return node;
    }

    private OnnxAttribute ReadAttribute(ReadOnlySpan<byte> data)
    {
        var attribute = new OnnxAttribute();
        var fields = new ProtoReader(data);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1: attribute.Name = fields.Text(); break;
                case 2: attribute.Single = fields.Single(); break;
                case 3: attribute.Integer = fields.Integer(); break;
                case 4 when fields.Wire == WireType.Bytes:
                    var text = fields.Bytes();
                    attribute.Text = System.Text.Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4_096)]);
                    break;
                case 5: attribute.Tensor = ReadTensor(fields.Bytes()); break;
                case 8: fields.Integers(attribute.Integers, MostAttributeValues); break;
                default: fields.Skip(); break;
            }
        }

        return attribute;
    }

    private OnnxTensor ReadTensor(ReadOnlySpan<byte> data)
    {
        var tensor = new OnnxTensor();
        var location = new ExternalLocation();
        ReadOnlySpan<byte> raw = default, packedFloats = default;
        var longs = new List<long>();
        var fields = new ProtoReader(data);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1: fields.Integers(tensor.Shape, MostDimensions); break;
                case 2: tensor.Type = (int)fields.Integer(); break;
                case 4 when fields.Wire == WireType.Bytes: packedFloats = fields.Bytes(); break;
                case 7: fields.Integers(longs, MostAttributeValues); break;
                case 8: tensor.Name = fields.Text(); break;
                case 9: raw = fields.Bytes(); break;
                case 13: location.Read(fields.Bytes()); break;
                case 14: location.IsExternal = fields.Integer() == 1; break;
                default: fields.Skip(); break;
            }
        }

        if (location.IsExternal)
            raw = External(location, tensor);
        Fill(tensor, raw.IsEmpty ? packedFloats : raw, longs);
        return tensor;
    }

    private static void Fill(OnnxTensor tensor, ReadOnlySpan<byte> raw, List<long> longs)
    {
        var count = tensor.Count;
        if (count < 0)
            throw Malformed($"the shape of '{tensor.Name}' is absurd");
        if (tensor.Type == OnnxTensor.FloatType)
        {
            if (raw.Length != count * sizeof(float))
                throw Malformed($"'{tensor.Name}' holds {raw.Length} bytes where its shape needs {count * sizeof(float)}");
            tensor.Floats = MemoryMarshal.Cast<byte, float>(raw).ToArray();
        }
        else if (tensor.Type == OnnxTensor.LongType)
        {
            tensor.Longs = raw.IsEmpty ? [.. longs] : MemoryMarshal.Cast<byte, long>(raw).ToArray();
        }
    }

    private ReadOnlySpan<byte> External(ExternalLocation location, OnnxTensor tensor)
    {
        // The name comes out of a hostile file: only a plain name in the model's own folder is followed.
        if (location.File.Length == 0 || Path.GetFileName(location.File) != location.File || location.File is "." or "..")
            throw Malformed($"the values of '{tensor.Name}' lie in a file that it may not name");
        if (!_external.TryGetValue(location.File, out var bytes))
            _external[location.File] = bytes = ReadFile(Path.Combine(folder, location.File));
        _graph.ExternalFiles.Add(location.File);
        var length = location.Length ?? (tensor.Count * sizeof(float));
        if (location.Offset < 0 || length < 0 || location.Offset > bytes.Length - length)
            throw Malformed($"the values of '{tensor.Name}' lie beyond the end of their file");
        // Many tensors may point at the same bytes, and each gets a copy.
        _externalBytes += length;
        if (_externalBytes > LargestFile)
            throw Malformed("its tensors claim more than their file can hold");
        return bytes.AsSpan((int)location.Offset, (int)length);
    }

    private static ModelException Malformed(string why) => new("malformed", $"The model file is damaged: {why}.");
}
