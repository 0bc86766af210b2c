namespace Atrium.Laughter.Network.Onnx;

/// <summary>Reads the name and shape of a graph's input or output (ValueInfoProto).</summary>
internal static class OnnxValueReader
{
    public const int MostDimensions = 8;

    public static OnnxValue Read(ReadOnlySpan<byte> data)
    {
        var name = "";
        var shape = new List<long>();
        var fields = new ProtoReader(data);
        while (fields.Next())
        {
            if (fields.Field == 1)
                name = fields.Text();
            else if (fields.Field == 2)
                ReadShape(Inner(Inner(fields.Bytes(), 1), 2), shape);
            else
                fields.Skip();
        }

        return new OnnxValue(name, shape);
    }

    private static void ReadShape(ReadOnlySpan<byte> data, List<long> shape)
    {
        var dimensions = new ProtoReader(data);
        while (dimensions.Next())
        {
            long size = -1;
            var dimension = new ProtoReader(dimensions.Bytes());
            while (dimension.Next())
            {
                if (dimension.Field == 1)
                    size = dimension.Integer();
                else
                    dimension.Skip();
            }

            if (shape.Count == MostDimensions)
                throw new ModelException("malformed", "The model file is damaged: a shape has too many dimensions.");
            shape.Add(size);
        }
    }

    /// <summary>The bytes of one embedded message, empty when it is not there.</summary>
    private static ReadOnlySpan<byte> Inner(ReadOnlySpan<byte> data, int field)
    {
        ReadOnlySpan<byte> inner = default;
        var fields = new ProtoReader(data);
        while (fields.Next())
        {
            if (fields.Field == field && fields.Wire == WireType.Bytes)
                inner = fields.Bytes();
            else
                fields.Skip();
        }

        return inner;
    }
}
