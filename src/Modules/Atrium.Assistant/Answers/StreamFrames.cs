using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Answers;

/// <summary>
/// Writes server-sent events of one answer: <c>id: epoch:position</c>, the event's name, one line of JSON. Everything a model says goes through a
/// JSON string, so no stream of a provider can forge an event.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The JSON writer writes to memory and holds nothing that must be given back.")]
internal sealed class StreamFrames(string epoch, Guid messageId)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = StoredJson.Options.Encoder, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> frame = new(1024);
    private readonly Utf8JsonWriter json = new(Stream.Null, WriterOptions);

    /// <summary>The comment that keeps proxies from closing a silent connection.</summary>
    public static ReadOnlySpan<byte> Heartbeat => ": still here\n\n"u8;

    public static ReadOnlySpan<byte> Restarting => "event: restarting\ndata: {}\n\n"u8;

    /// <summary>The bytes are valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(Piece piece)
    {
        var isTool = piece.Kind is PieceKind.Tool or PieceKind.ToolResult;
        Begin(piece.To, isTool ? "tool"u8 : piece.Kind == PieceKind.Text ? "delta"u8 : "reasoning"u8);
        json.WriteStartObject();
        json.WriteString("messageId"u8, messageId);
        if (isTool)
        {
            var tool = StoredJson.Read<ToolPart>(piece.Text)!;
            json.WriteString("name"u8, tool.Name);
            if (piece.Kind == PieceKind.Tool)
                json.WriteString("arguments"u8, tool.Arguments);
            if (tool.Result is not null)
                json.WriteString("result"u8, tool.Result);
        }
        else
        {
            json.WriteNumber("offset"u8, piece.Offset);
            json.WriteString("text"u8, piece.Text);
        }
        json.WriteEndObject();
        return End();
    }

    public ReadOnlySpan<byte> WriteUsage(long position, MessageUsage usage, Money? cost) => WriteObject(position, "usage"u8, new { messageId, usage, cost });

    public ReadOnlySpan<byte> WriteSnapshot(long position, Message message) => WriteObject(position, "snapshot"u8, new { message });

    public ReadOnlySpan<byte> WriteDone(long position, Message message) => WriteObject(position, "done"u8, new { message });

    public ReadOnlySpan<byte> WriteError(long position, MessageError error, Message message) => WriteObject(position, "error"u8, new { error.Code, error.Title, message });

    private ReadOnlySpan<byte> WriteObject<T>(long position, ReadOnlySpan<byte> name, T data)
    {
        Begin(position, name);
        JsonSerializer.Serialize(json, data, StoredJson.Options);
        return End();
    }

    private void Begin(long position, ReadOnlySpan<byte> name)
    {
        frame.ResetWrittenCount();
        frame.Write("id: "u8);
        frame.Advance(Encoding.UTF8.GetBytes(epoch, frame.GetSpan(epoch.Length)));
        frame.Write(":"u8);
        position.TryFormat(frame.GetSpan(20), out var digits, provider: CultureInfo.InvariantCulture);
        frame.Advance(digits);
        frame.Write("\nevent: "u8);
        frame.Write(name);
        frame.Write("\ndata: "u8);
        json.Reset(frame);
    }

    private ReadOnlySpan<byte> End()
    {
        json.Flush();
        frame.Write("\n\n"u8);
        return frame.WrittenSpan;
    }
}
