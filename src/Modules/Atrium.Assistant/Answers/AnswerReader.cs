using System.Threading.Channels;

namespace Atrium.Assistant.Answers;

/// <summary>What a reader should do after it wrote what it was given.</summary>
internal enum ReadResult
{
    /// <summary>Flush, then read again.</summary>
    More,

    /// <summary>Nothing new: wait for the bell.</summary>
    Wait,

    /// <summary>Nothing will follow.</summary>
    End,
}

/// <summary>
/// One open connection to a running answer: where it is, and a bell that rings when there is more. It holds no queue. What it has not read is
/// read later from the answer itself, so a connection that stops reading costs the same as one that keeps up.
/// </summary>
internal sealed class AnswerReader
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private volatile bool isBeatDue;

    /// <param name="position">Where to begin; null for a snapshot first.</param>
    public AnswerReader(long? position)
    {
        Position = position ?? 0;
        WantsSnapshot = position is null;
    }

    public long Position { get; set; }

    public bool WantsSnapshot { get; set; }

    public bool KnowsRoute { get; set; }

    public FrameBlock? Block { get; set; }

    public int BlockOffset { get; set; }

    public void Ring() => bell.Writer.TryWrite(true);

    /// <summary>Rings for the comment that is due when nothing else is said.</summary>
    public void Beat()
    {
        isBeatDue = true;
        Ring();
    }

    public bool TakeBeat()
    {
        var wasDue = isBeatDue;
        isBeatDue = false;
        return wasDue;
    }

    /// <summary>Ends the wait for good.</summary>
    public void Close() => bell.Writer.TryComplete();

    /// <returns>False when closed.</returns>
    public async ValueTask<bool> WaitAsync()
    {
        if (!await bell.Reader.WaitToReadAsync())
            return false;
        bell.Reader.TryRead(out _);
        return true;
    }
}
