using System.Buffers;
using System.Buffers.Binary;

namespace Atrium.Ai;

/// <summary>
/// Reads the frames of <c>application/vnd.amazon.eventstream</c>, each checked by both of its sums. A piece is an object with the frame's
/// payload under the name of its event or exception.
/// </summary>
/// <remarks>Source: AWS, "Event stream encoding": lengths, a sum over them, headers, payload, and a sum over all before it.</remarks>
internal sealed class EventStreamReader(Func<Memory<byte>, ValueTask<int>> read, Func<string, Exception> malformed, int cap = EventStreamReader.DefaultCap) : IPieceReader
{
    public const int DefaultCap = 16 * 1024 * 1024;

    private const int Prelude = 12;
    private const int Sum = 4;
    private const byte TextType = 7;

    private readonly ArrayBufferWriter<byte> _piece = new(1024);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _start;
    private int _end;

    public ReadOnlyMemory<byte> Data => _piece.WrittenMemory;

    /// <summary>Never: half a frame is no piece.</summary>
    public bool IsUnclosed => false;

    /// <summary>Never: what is no frame is refused.</summary>
    public bool HasForeignLines => false;

    public async ValueTask<bool> ReadAsync()
    {
        if (!await FillAsync(Prelude))
            return false;
        var length = LengthOfFrame();
        if (!await FillAsync(length))
            return false;
        ReadFrame(_buffer.AsSpan(_start, length));
        _start += length;
        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private int LengthOfFrame()
    {
        var prelude = _buffer.AsSpan(_start, Prelude);
        if (Crc32.Of(prelude[..8]) != BinaryPrimitives.ReadUInt32BigEndian(prelude[8..]))
            throw malformed("the beginning of a frame is damaged");
        var length = BinaryPrimitives.ReadUInt32BigEndian(prelude);
        var headers = BinaryPrimitives.ReadUInt32BigEndian(prelude[4..]);
        if (length > cap)
            throw malformed("a frame of the stream is too long");
        return length >= Prelude + Sum && headers <= length - Prelude - Sum ? (int)length : throw malformed("the lengths of a frame contradict each other");
    }

    private void ReadFrame(ReadOnlySpan<byte> frame)
    {
        if (Crc32.Of(frame[..^Sum]) != BinaryPrimitives.ReadUInt32BigEndian(frame[^Sum..]))
            throw malformed("a frame of the stream is damaged");
        var headersEnd = Prelude + (int)BinaryPrimitives.ReadUInt32BigEndian(frame[4..]);
        _piece.ResetWrittenCount();
        _piece.Write("{\""u8);
        WriteName(frame[Prelude..headersEnd]);
        _piece.Write("\":"u8);
        var payload = frame[headersEnd..^Sum];
        _piece.Write(payload.IsEmpty ? "{}"u8 : payload);
        _piece.Write("}"u8);
    }

    /// <summary>An event has a type; so has an exception; an error of the framing has a code only.</summary>
    private void WriteName(ReadOnlySpan<byte> headers)
    {
        while (!headers.IsEmpty)
        {
            NextHeader(ref headers, out var name, out var value);
            if (!name.SequenceEqual(":event-type"u8) && !name.SequenceEqual(":exception-type"u8) && !name.SequenceEqual(":error-code"u8))
                continue;
            foreach (var letter in value)
                if (!char.IsAsciiLetterOrDigit((char)letter))
                    throw malformed("the name of an event is none");
            _piece.Write(value);
            return;
        }
        throw malformed("a frame has no event");
    }

    private void NextHeader(ref ReadOnlySpan<byte> headers, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var nameEnd = 1 + headers[0];
        // Other types than text are not in these streams.
        if (headers.Length < nameEnd + 3 || headers[nameEnd] != TextType)
            throw malformed("a header of a frame cannot be read");
        var valueStart = nameEnd + 3;
        var valueEnd = valueStart + BinaryPrimitives.ReadUInt16BigEndian(headers[(nameEnd + 1)..]);
        if (headers.Length < valueEnd)
            throw malformed("a header of a frame is cut");
        name = headers[1..nameEnd];
        value = headers[valueStart..valueEnd];
        headers = headers[valueEnd..];
    }

    /// <summary>Waits until so many bytes are there; false when the body ends before.</summary>
    private async ValueTask<bool> FillAsync(int count)
    {
        if (_end - _start >= count)
            return true;
        MakeRoom(count);
        while (_end < count)
        {
            var got = await read(_buffer.AsMemory(_end));
            if (got == 0)
                return false;
            _end += got;
        }
        return true;
    }

    /// <summary>What is left goes to the front, so that a read may bring as much as there is.</summary>
    private void MakeRoom(int count)
    {
        var left = _buffer.AsSpan(_start.._end);
        var larger = _buffer.Length >= count ? _buffer : ArrayPool<byte>.Shared.Rent(count);
        left.CopyTo(larger);
        if (!ReferenceEquals(larger, _buffer))
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _end, _start) = (larger, left.Length, 0);
    }
}
