using System.Buffers;
using System.Runtime.CompilerServices;

namespace Atrium.Assistant.Imports;

/// <summary>An element of a JSON list, or the news that one was too long. The bytes are valid until the next one is asked for.</summary>
/// <param name="Bytes">Null when it was longer than is read.</param>
internal readonly record struct JsonSlice(ArrayBufferWriter<byte>? Bytes);

/// <summary>
/// Finds the elements of a long JSON list (or a single object) in a stream without holding more than one of them. It looks only at brackets and
/// quotes; whether an element is JSON is its reader's business, so one broken element costs itself and not the rest.
/// </summary>
internal sealed class JsonElements(Stream stream, int mostBytes)
{
    /// <summary>Bytes of one element. The largest real conversations are a few MB.</summary>
    public const int DefaultMost = 32 * 1024 * 1024;

    private const int ChunkLength = 64 * 1024;
    private const int KeptCapacity = 4 * 1024 * 1024;

    private static readonly SearchValues<byte> InText = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> Separators = SearchValues.Create(" \n\r\t,]"u8);
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    private ArrayBufferWriter<byte> element = new(ChunkLength);
    private bool isList;
    private bool isBegun;
    private bool isEnded;
    private bool isInText;
    private bool isEscaped;
    private bool isTooLong;
    private int depth;

    /// <exception cref="ImportRefusedException">It begins neither as a list nor as an object.</exception>
    public async IAsyncEnumerable<JsonSlice> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var chunk = new byte[ChunkLength];
        int length;
        while (!isEnded && (length = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            var start = 0;
            while (start < length && !isEnded)
            {
                var (taken, isWhole) = Take(chunk.AsSpan(start, length - start));
                start += taken;
                if (!isWhole)
                    continue;
                yield return new JsonSlice(isTooLong ? null : element);
                Reset();
            }
        }
        if (!isBegun)
            throw ImportRefusedException.NotAnExport();
        // A file that was cut off: its last element is handed over as it is, and its reader says so.
        if (element.WrittenCount > 0 || isTooLong)
            yield return new JsonSlice(isTooLong ? null : element);
    }

    /// <returns>How many bytes were looked at, and whether an element ended with them.</returns>
    private (int Taken, bool IsWhole) Take(ReadOnlySpan<byte> bytes)
    {
        if (!isBegun)
            return (Begin(bytes), false);
        if (isEscaped)
        {
            isEscaped = false;
            return (Keep(bytes[..1]), false);
        }
        var taken = 0;
        var next = bytes.IndexOfAny(isInText ? InText : Structure);
        if (next < 0)
            return (Keep(bytes), false);
        if (depth == 0 && !isInText && bytes[next] is (byte)'{' or (byte)'[')
        {
            // Whatever stands before, a number or a word, is an element of its own.
            Keep(bytes[..next]);
            if (element.WrittenCount > 0)
                return (next, true);
            bytes = bytes[next..];
            taken = next;
            next = 0;
        }
        taken += Keep(bytes[..(next + 1)]);
        switch (bytes[next])
        {
            case (byte)'\\':
                isEscaped = true;
                break;
            case (byte)'"':
                isInText = !isInText;
                break;
            case (byte)'{' or (byte)'[':
                depth++;
                break;
            default:
                return (taken, Close());
        }
        return (taken, false);
    }

    private int Begin(ReadOnlySpan<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            // White space and the mark of UTF-8 may stand before the first bracket.
            if (bytes[index] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or 0xEF or 0xBB or 0xBF)
                continue;
            if (bytes[index] is not ((byte)'[' or (byte)'{'))
                throw ImportRefusedException.NotAnExport();
            isBegun = true;
            isList = bytes[index] == '[';
            // The bracket of an object belongs to it.
            return isList ? index + 1 : index;
        }
        return bytes.Length;
    }

    private bool Close()
    {
        depth--;
        isEnded = depth < 0 || (depth == 0 && !isList);
        return depth == 0;
    }

    private int Keep(ReadOnlySpan<byte> bytes)
    {
        // Between two elements there are commas and white space.
        var wanted = depth == 0 && element.WrittenCount == 0 ? bytes[Skip(bytes)..] : bytes;
        if (!isTooLong && element.WrittenCount + wanted.Length > mostBytes)
        {
            isTooLong = true;
            element = new ArrayBufferWriter<byte>(ChunkLength);
        }
        if (!isTooLong)
            element.Write(wanted);
        return bytes.Length;
    }

    private static int Skip(ReadOnlySpan<byte> bytes)
    {
        var index = bytes.IndexOfAnyExcept(Separators);
        return index < 0 ? bytes.Length : index;
    }

    private void Reset()
    {
        isTooLong = false;
        if (element.Capacity > KeptCapacity)
            element = new ArrayBufferWriter<byte>(ChunkLength);
        else
            element.ResetWrittenCount();
    }
}
