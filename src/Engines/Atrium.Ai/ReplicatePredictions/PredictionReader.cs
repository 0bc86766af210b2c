using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Atrium.Ai.ReplicatePredictions;

/// <summary>Reads server-sent events whose data is text as it is. A piece is an object with the text under the name of its event.</summary>
internal sealed class PredictionReader(Func<Memory<byte>, ValueTask<int>> read, Func<string, Exception> malformed) : IPieceReader
{
    private readonly SseReader _events = new(read, malformed);
    private readonly ArrayBufferWriter<byte> _piece = new(1024);

    public ReadOnlyMemory<byte> Data => _piece.WrittenMemory;

    public bool IsUnclosed => _events.IsUnclosed;

    public bool HasForeignLines => _events.HasForeignLines;

    public async ValueTask<bool> ReadAsync()
    {
        if (!await _events.ReadAsync())
            return false;
        // Half a text looks like a whole one: what nothing closed is left out, but the end itself.
        if (_events.IsUnclosed && _events.EventName is not "done")
            return false;
        _piece.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_piece);
        json.WriteStartObject();
        json.WriteString(_events.EventName ?? "message", Encoding.UTF8.GetString(_events.Data.Span));
        json.WriteEndObject();
        return true;
    }

    public void Dispose() => _events.Dispose();
}
