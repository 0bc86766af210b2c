using System.Buffers.Binary;
using Atrium.Simulators.BedrockConverse;

namespace Atrium.Ai.Tests;

/// <summary>Takes an event stream apart and puts it together again.</summary>
internal static class Frames
{
    private const int Prelude = 12;
    private const int Sum = 4;

    /// <summary>The same frames with other payloads; names, lengths and sums fit.</summary>
    public static byte[] Mutate(byte[] stream, Func<byte[], byte[]> payload)
    {
        var mutated = new List<byte>();
        for (var start = 0; start < stream.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(start));
            var headers = BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(start + 4));
            var name = stream.AsSpan(start + Prelude, headers);
            // The first header is the event's: its name, a type, a length, the value.
            var value = name.Slice(4 + name[0], BinaryPrimitives.ReadUInt16BigEndian(name[(2 + name[0])..]));
            var body = stream[(start + Prelude + headers)..(start + length - Sum)];
            mutated.AddRange(EventStreamFrame.Write("event", System.Text.Encoding.ASCII.GetString(value), payload(body)));
            start += length;
        }
        return [.. mutated];
    }
}
