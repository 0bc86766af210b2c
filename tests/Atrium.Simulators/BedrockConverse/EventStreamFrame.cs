using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Atrium.Simulators.BedrockConverse;

/// <summary>One frame of an event stream: lengths and their sum, headers, payload, and the sum of it all.</summary>
public static class EventStreamFrame
{
    /// <summary>A frame of an object.</summary>
    public static byte[] Write(string messageType, string eventType, JsonObject payload) =>
        Write(messageType, eventType, Encoding.UTF8.GetBytes(payload.ToJsonString(AnswerContent.Relaxed)));

    /// <summary>A frame of any bytes.</summary>
    public static byte[] Write(string messageType, string eventType, ReadOnlySpan<byte> payload)
    {
        byte[] headers =
        [
            .. Header(messageType is "exception" ? ":exception-type" : ":event-type", eventType),
            .. Header(":content-type", "application/json"),
            .. Header(":message-type", messageType),
        ];
        var frame = new byte[12 + headers.Length + payload.Length + 4];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)frame.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Sum(frame.AsSpan(0, 8)));
        headers.CopyTo(frame.AsSpan(12));
        payload.CopyTo(frame.AsSpan(12 + headers.Length));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Sum(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    private static byte[] Header(string name, string value) =>
    [
        (byte)name.Length, .. Encoding.ASCII.GetBytes(name), 7, (byte)(value.Length >> 8), (byte)value.Length, .. Encoding.ASCII.GetBytes(value),
    ];

    /// <summary>Bit by bit: written apart from the code it tests.</summary>
    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ (0xEDB88320u & (0u - (sum & 1)));
        }
        return ~sum;
    }
}
