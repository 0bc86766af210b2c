using System.Buffers;
using Atrium.Assistant.Browser;
using Atrium.Assistant.Messages;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Answers;

/// <summary>
/// An answer that is being made. It belongs to the server: readers come and go. One lock guards the draft and the shared block of encoded
/// events; nothing under it waits. The model's side appends, readers copy from where they are, the recorder takes what is not yet stored.
/// </summary>
internal sealed class RunningAnswer : IDisposable
{
    private const int CatchUpLength = 16 * 1024;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource cancellation = new();
    private readonly AnswerDraft draft;
    private readonly StreamFrames frames;
    private readonly List<AnswerReader> readers = [];
    private readonly TaskCompletionSource<Message?> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Message message;
    private FrameBlock block = new(0, FrameBlock.Size);
    private byte[]? lastFrame;
    private long recorded;

    public RunningAnswer(AnswerOrder order)
    {
        Order = order;
        draft = new AnswerDraft(order.Before);
        message = order.Answer;
        Epoch = order.GenerationId.ToString("N");
        frames = new StreamFrames(Epoch, order.Answer.Id);
    }

    public AnswerOrder Order { get; }

    /// <summary>The side that speaks when the person's own browser makes the answer.</summary>
    public BrowserTurn? Browser { get; set; }

    /// <summary>The part of an event id before the colon: another generation of the same message has another.</summary>
    public string Epoch { get; }

    public EndReason EndReason { get; private set; }

    public CancellationToken Cancellation => cancellation.Token;

    /// <summary>Ends with the finished message, or null when the server stopped before it could be stored.</summary>
    public Task<Message?> Completion => completion.Task;

    /// <summary>The message as it is now.</summary>
    public Message Current
    {
        get
        {
            lock (gate)
                return message with { Parts = Visible(draft.ToParts()) };
        }
    }

    public void Stop() => End(EndReason.Stopped);

    /// <summary>Cuts the model off and tells readers to come back.</summary>
    public void Restart()
    {
        lock (gate)
        {
            lastFrame ??= StreamFrames.Restarting.ToArray();
            RingAll();
        }
        End(EndReason.Restarting);
    }

    /// <summary>Who answers from here on.</summary>
    public void Route(ChatRouted route, MessageFallback? fallback)
    {
        lock (gate)
        {
            message = message with { Provider = route.Provider, ProviderName = route.ProviderName, Model = route.Model, Fallback = fallback };
            Publish(frames.WriteSnapshot(draft.Position, message with { Parts = Visible(draft.ToParts()) }), draft.Position);
        }
    }

    public void AppendText(PieceKind kind, string text, double seconds)
    {
        lock (gate)
        {
            var piece = draft.AppendText(kind, text, seconds);
            Publish(frames.Write(piece), piece.To);
        }
    }

    public void AppendTool(PieceKind kind, ToolPart tool)
    {
        lock (gate)
        {
            var piece = draft.AppendTool(kind, tool);
            Publish(frames.Write(piece), piece.To);
        }
    }

    public void Sign(string signature)
    {
        lock (gate)
            draft.Sign(signature);
    }

    public void Cite(CitationPart citation)
    {
        lock (gate)
            draft.Cite(citation);
    }

    public void Bill(MessageUsage usage, Money? cost)
    {
        lock (gate)
            Publish(frames.WriteUsage(draft.Position, usage, cost), draft.Position);
    }

    /// <summary>The parts with everything a browser does not see.</summary>
    public IReadOnlyList<MessagePart> Parts
    {
        get
        {
            lock (gate)
                return draft.ToParts();
        }
    }

    public bool HasText => MessageParts.TextOf(Parts).Length > 0;

    /// <summary>Says the last event. The message is stored by now, or null when it could not be before the end of the process.</summary>
    public void Complete(Message? finished)
    {
        lock (gate)
        {
            if (finished is { } whole)
            {
                message = whole;
                lastFrame ??= (whole.Error is { } error ? frames.WriteError(draft.Position, error, whole) : frames.WriteDone(draft.Position, whole)).ToArray();
            }
            lastFrame ??= StreamFrames.Restarting.ToArray();
            RingAll();
        }
        completion.TrySetResult(finished);
    }

    public AnswerReader Open(string? lastEventId)
    {
        lock (gate)
        {
            var reader = new AnswerReader(StartOf(lastEventId));
            readers.Add(reader);
            reader.Ring();
            return reader;
        }
    }

    public void Close(AnswerReader reader)
    {
        lock (gate)
            readers.Remove(reader);
        reader.Close();
    }

    /// <summary>Writes what comes next for a reader, a bounded piece at a time: a slow one is asked again only after its connection took this.</summary>
    public ReadResult Read(AnswerReader reader, IBufferWriter<byte> output)
    {
        lock (gate)
        {
            if (reader.WantsSnapshot)
                return Snapshot(reader, output);
            if (reader.Block is { } held)
            {
                var isCurrent = ReferenceEquals(held, block);
                var bytes = held.After(reader.BlockOffset);
                output.Write(bytes);
                reader.BlockOffset += bytes.Length;
                reader.Position = held.To;
                if (!isCurrent)
                    reader.Block = null;
                return bytes.Length > 0 || !isCurrent ? ReadResult.More : End(output);
            }
            if (reader.Position == 0 && block.From > 0 && message.Provider is not null && !reader.KnowsRoute)
            {
                // The event that named the provider is no longer in a block.
                output.Write(frames.WriteSnapshot(0, message with { Parts = Visible(Order.Before) }));
                reader.KnowsRoute = true;
            }
            else if (reader.Position == block.From)
                (reader.Block, reader.BlockOffset) = (block, 0);
            else if (reader.Position == draft.Position)
                (reader.Block, reader.BlockOffset) = (block, block.Length);
            else if (draft.Read(reader.Position, CatchUpLength) is { } piece)
            {
                output.Write(frames.Write(piece));
                reader.Position = piece.To;
            }
            return ReadResult.More;
        }
    }

    /// <returns>What was said since the last call to <see cref="MarkRecorded"/>, as rows.</returns>
    public IReadOnlyList<Piece> Unrecorded()
    {
        lock (gate)
        {
            var pieces = new List<Piece>();
            for (var position = recorded; draft.Read(position, int.MaxValue) is { } piece; position = piece.To)
                pieces.Add(piece);
            return pieces;
        }
    }

    public long UnrecordedLength
    {
        get
        {
            lock (gate)
                return draft.Position - recorded;
        }
    }

    public void MarkRecorded(long position)
    {
        lock (gate)
            recorded = Math.Max(recorded, position);
    }

    public void Dispose()
    {
        Browser?.Dispose();
        cancellation.Dispose();
    }

    private ReadResult Snapshot(AnswerReader reader, IBufferWriter<byte> output)
    {
        output.Write(frames.WriteSnapshot(draft.Position, message with { Parts = Visible(draft.ToParts()) }));
        reader.WantsSnapshot = false;
        reader.Position = draft.Position;
        (reader.Block, reader.BlockOffset) = (block, block.Length);
        return ReadResult.More;
    }

    private ReadResult End(IBufferWriter<byte> output)
    {
        if (lastFrame is null)
            return ReadResult.Wait;
        output.Write(lastFrame);
        return ReadResult.End;
    }

    private void End(EndReason reason)
    {
        lock (gate)
        {
            if (EndReason == EndReason.None)
                EndReason = reason;
        }
        try
        {
            cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    private void Publish(ReadOnlySpan<byte> frame, long to)
    {
        if (!block.TryAdd(frame, to))
        {
            block = new FrameBlock(block.To, Math.Max(FrameBlock.Size, frame.Length));
            block.TryAdd(frame, to);
        }
        RingAll();
    }

    private void RingAll()
    {
        foreach (var reader in readers)
            reader.Ring();
    }

    /// <summary>No id: from the beginning. An id of another generation, or ahead of this one: a snapshot.</summary>
    private long? StartOf(string? lastEventId)
    {
        if (string.IsNullOrEmpty(lastEventId))
            return 0;
        return lastEventId.Split(':') is [var epoch, var digits] && epoch == Epoch
            && long.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var position)
            && position <= draft.Position
                ? position
                : null;
    }

    private static IReadOnlyList<MessagePart> Visible(IReadOnlyList<MessagePart> parts) => [.. parts.Select(part => part.ForPerson()).OfType<MessagePart>()];
}
