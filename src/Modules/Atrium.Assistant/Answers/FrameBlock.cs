namespace Atrium.Assistant.Answers;

/// <summary>
/// A run of encoded events, written once and sent to every reader of an answer. Bytes are only ever added, so a reader keeps its place in a
/// block after the answer has gone on to the next. Blocks do not know each other: a reader that is left behind holds one block and no more.
/// </summary>
/// <param name="from">The position before the first event.</param>
internal sealed class FrameBlock(long from, int capacity)
{
    public const int Size = 16 * 1024;

    private readonly byte[] bytes = new byte[capacity];

    public long From { get; } = from;

    /// <summary>The position after the last event.</summary>
    public long To { get; private set; } = from;

    public int Length { get; private set; }

    /// <returns>False when the event does not fit.</returns>
    public bool TryAdd(ReadOnlySpan<byte> frame, long to)
    {
        if (frame.Length > bytes.Length - Length)
            return false;
        frame.CopyTo(bytes.AsSpan(Length));
        Length += frame.Length;
        To = to;
        return true;
    }

    public ReadOnlySpan<byte> After(int start) => bytes.AsSpan(start, Length - start);
}
