using System.Buffers;
using System.Text;

namespace Atrium.Ai;

/// <summary>
/// Reads server-sent events from bytes as they come: UTF-8 split anywhere, lines ending in LF, CRLF or CR, comments, several data lines,
/// no blank line after the last event. Neither a line nor the data of an event may be longer than the cap.
/// </summary>
/// <remarks>Source: WHATWG HTML, section 9.2 (server-sent events).</remarks>
internal sealed class SseReader(Func<Memory<byte>, ValueTask<int>> read, Func<string, Exception> malformed, int cap = LineReader.DefaultCap) : IPieceReader
{
    private readonly LineReader _lines = new(read, malformed, cap);
    private readonly ArrayBufferWriter<byte> _data = new(1024);
    private bool _hasData;

    public ReadOnlyMemory<byte> Data => _data.WrittenMemory;

    public bool IsUnclosed { get; private set; }

    public bool HasForeignLines { get; private set; }

    /// <summary>Name of the current event, null when it has none.</summary>
    public string? EventName { get; private set; }

    /// <summary>Goes to the next event that has data; false at the end.</summary>
    public async ValueTask<bool> ReadAsync()
    {
        _data.ResetWrittenCount();
        _hasData = false;
        EventName = null;
        while (true)
        {
            if (ReadLines())
                return true;
            if (_lines.IsAtEnd)
                return ReadRest();
            await _lines.FillAsync();
        }
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>Takes whole lines until an event is complete.</summary>
    private bool ReadLines()
    {
        while (_lines.TryTake(out var line))
        {
            if (!line.IsEmpty)
                HasForeignLines |= !TakeField(line.Span);
            else if (_hasData)
                return true;
            else
                EventName = null;
        }
        return false;
    }

    private bool ReadRest()
    {
        var rest = _lines.TakeRest();
        if (!rest.IsEmpty)
            TakeField(rest.Span);
        IsUnclosed = _hasData;
        return _hasData;
    }

    private bool TakeField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? default : line[(colon + 1)..];
        if (value.StartsWith(" "u8))
            value = value[1..];
        if (name.SequenceEqual("data"u8))
            TakeData(value);
        else if (name.SequenceEqual("event"u8))
            EventName = Encoding.UTF8.GetString(value[..Math.Min(100, value.Length)]);
        else
            return name.IsEmpty || name.SequenceEqual("id"u8) || name.SequenceEqual("retry"u8);
        return true;
    }

    private void TakeData(ReadOnlySpan<byte> value)
    {
        if (_data.WrittenCount + value.Length >= cap)
            throw malformed("an event of the stream is too long");
        if (_hasData)
            _data.Write("\n"u8);
        _data.Write(value);
        _hasData = true;
    }
}
