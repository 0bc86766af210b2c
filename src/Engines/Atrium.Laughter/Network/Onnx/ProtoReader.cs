using System.Buffers.Binary;

namespace Atrium.Laughter.Network.Onnx;

/// <summary>
/// A strict reader of the protobuf wire format over a span. Lengths are checked against what is really there before
/// anything is allocated, so a lying file costs nothing.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Wire type of the field that was read last.</summary>
    public WireType Wire { get; private set; }

    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = Varint();
        var field = tag >> 3;
        if (field is 0 or > 536_870_911)
            throw Malformed();
        Field = (int)field;
        Wire = (WireType)(tag & 7);
        if (Wire is not (WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32))
            throw Malformed();
        return true;
    }

    public long Integer()
    {
        Expect(WireType.Varint);
        return (long)Varint();
    }

    public float Single()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    public ReadOnlySpan<byte> Bytes()
    {
        Expect(WireType.Bytes);
        return LengthDelimited();
    }

    public string Text()
    {
        var bytes = Bytes();
        return bytes.Length <= 4096 ? System.Text.Encoding.UTF8.GetString(bytes) : throw Malformed();
    }

    /// <summary>Reads one value, or a packed run of them, of a repeated integer field.</summary>
    public void Integers(List<long> values, int most)
    {
        if (Wire == WireType.Varint)
        {
            values.Add((long)Varint());
        }
        else
        {
            var packed = new ProtoReader(Bytes());
            while (!packed._rest.IsEmpty)
            {
                values.Add((long)packed.Varint());
                if (values.Count > most)
                    throw Malformed();
            }
        }

        if (values.Count > most)
            throw Malformed();
    }

    public void Skip()
    {
        switch (Wire)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            default:
                LengthDelimited();
                break;
        }
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Malformed();
    }

    private ReadOnlySpan<byte> LengthDelimited()
    {
        var length = Varint();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw Malformed();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw Malformed();
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private readonly void Expect(WireType wire)
    {
        if (Wire != wire)
            throw Malformed();
    }

    private static ModelException Malformed() => new("malformed", "The model file is damaged or is not an ONNX file.");
}

/// <summary>Wire types of protobuf that ONNX files use.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
