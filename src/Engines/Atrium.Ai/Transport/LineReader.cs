using System.Buffers;

namespace Atrium.Ai;

/// <summary>
/// Cuts bytes into lines as they come: ended by LF, CRLF or CR, split anywhere, a byte order mark dropped. No line may be longer than the cap.
/// </summary>
internal sealed class LineReader(Func<Memory<byte>, ValueTask<int>> read, Func<string, Exception> malformed, int cap) : IDisposable
{
    public const int DefaultCap = 1024 * 1024;

    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _start;
    private int _end;
    private int _scanned;
    private bool _isFirstLine = true;
    private bool _skipLineFeed;

    /// <summary>True when no more bytes will come.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Takes a whole line, valid until the next <see cref="FillAsync"/>; false when none is there yet.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> line)
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
        line = WithoutMark(_buffer.AsMemory(_start..end));
        // A CR ends the line at once; the LF that may follow it belongs to it, even in the next read.
        _skipLineFeed = _buffer[end] == CarriageReturn;
        _start = _scanned = end + 1;
        return true;
    }

    /// <summary>Takes what is left after the last line end.</summary>
    public ReadOnlyMemory<byte> TakeRest()
    {
        var rest = WithoutMark(_buffer.AsMemory(_start.._end));
        _start = _scanned = _end;
        return rest;
    }

    /// <summary>Waits for more bytes.</summary>
    public async ValueTask FillAsync()
    {
        MakeRoom();
        var count = await read(_buffer.AsMemory(_end));
        IsAtEnd = count == 0;
        _end += count;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> line)
    {
        var hasMark = _isFirstLine && line.Span.StartsWith("\uFEFF"u8);
        _isFirstLine = false;
        return hasMark ? line[3..] : line;
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
