using System.Buffers;

namespace Atrium.Ai;

/// <summary>
/// Reads server-sent events from bytes as they come: UTF-8 split anywhere, lines ending in LF, CRLF or CR, comments, several data lines,
/// no blank line after the last event. Neither a line nor the data of an event may be longer than the cap.
/// </summary>
/// <remarks>Source: WHATWG HTML, section 9.2 (server-sent events).</remarks>
internal sealed class SseReader(Func<Memory<byte>, ValueTask<int>> read, Func<string, Exception> malformed, int cap = SseReader.DefaultCap) : IDisposable
{
    public const int DefaultCap = 1024 * 1024;

    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    private readonly ArrayBufferWriter<byte> _data = new(1024);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _start;
    private int _end;
    private int _scanned;
    private bool _isFirstLine = true;
    private bool _skipLineFeed;
    private bool _hasData;
    private bool _isAtEnd;

    /// <summary>Data of the current event, valid until the next read.</summary>
    public ReadOnlyMemory<byte> Data => _data.WrittenMemory;

    /// <summary>True when the current event is the last one and nothing closed it: it may be cut.</summary>
    public bool IsUnclosed { get; private set; }

    /// <summary>True when a whole line was none that a stream of events has: the body is something else.</summary>
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
            if (_isAtEnd)
                return ReadRest();
            await FillAsync();
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Takes whole lines until an event is complete.</summary>
    private bool ReadLines()
    {
        while (TryTakeLine(out var line))
        {
            if (!line.IsEmpty)
                HasForeignLines |= !TakeField(line);
            else if (_hasData)
                return true;
            else
                EventName = null;
        }
        return false;
    }

    private bool ReadRest()
    {
        var rest = _buffer.AsSpan(_start.._end);
        _start = _scanned = _end;
        if (!rest.IsEmpty)
            TakeField(rest);
        IsUnclosed = _hasData;
        return _hasData;
    }

    private bool TryTakeLine(out ReadOnlySpan<byte> line)
    {
        if (_skipLineFeed && _start < _end)
        {
            _skipLineFeed = false;
            if (_buffer[_start] == LineFeed)
                _scanned = ++_start;
        }
        var length = _buffer.AsSpan(_scanned.._end).IndexOfAny(CarriageReturn, LineFeed);
        if (length < 0)
        {
            _scanned = _end;
            line = default;
            return false;
        }
        var end = _scanned + length;
        line = _buffer.AsSpan(_start..end);
        // A CR ends the line at once; the LF that may follow it belongs to it, even in the next read.
        _skipLineFeed = _buffer[end] == CarriageReturn;
        _start = _scanned = end + 1;
        if (_isFirstLine)
        {
            _isFirstLine = false;
            if (line.StartsWith("\uFEFF"u8))
                line = line[3..];
        }
        return true;
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
            EventName = System.Text.Encoding.UTF8.GetString(value[..Math.Min(100, value.Length)]);
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

    private async ValueTask FillAsync()
    {
        MakeRoom();
        var count = await read(_buffer.AsMemory(_end));
        _isAtEnd = count == 0;
        _end += count;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _scanned -= _start;
            _start = 0;
        }
        if (_end < _buffer.Length)
            return;
        if (_end >= cap)
            throw malformed("a line of the stream is too long");
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(.._end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
