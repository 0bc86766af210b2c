using Atrium.Assistant.Answers;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Browser;

/// <summary>What became of a piece that a browser sent.</summary>
internal enum BrowserPieceResult
{
    Taken,

    /// <summary>Something before it is missing.</summary>
    Gap,

    /// <summary>The answer is over.</summary>
    Ended,
}

/// <param name="Offset">UTF-16 letters of the same kind that this generation has sent before.</param>
internal sealed record BrowserPiece(PieceKind Kind, int Offset, string Text);

/// <summary>
/// The browser's side of an answer: it posts what its own model says. Pieces may come twice; one that comes too early is refused. Silence of 30 s
/// means that the page is gone.
/// </summary>
internal sealed class BrowserTurn : IDisposable
{
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly MessageError CutOff = new("cut-off", "The model did not stop writing, so the answer was cut off.");

    private readonly Lock gate = new();
    private readonly RunningAnswer answer;
    private readonly TimeProvider clock;
    private readonly Action recordSoon;
    private readonly long start;
    private readonly ITimer timer;
    private readonly TaskCompletionSource<AnswerEnd> end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BrowserTurn(RunningAnswer answer, TimeProvider clock, Action recordSoon)
    {
        this.answer = answer;
        this.clock = clock;
        this.recordSoon = recordSoon;
        start = clock.GetTimestamp();
        timer = clock.CreateTimer(_ => End(MessageStatus.Interrupted, null, null, null), null, Silence, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Letters of text taken so far: the offset of the next piece.</summary>
    public int Text { get; private set; }

    /// <summary>Letters of reasoning taken so far.</summary>
    public int Reasoning { get; private set; }

    /// <summary>Takes pieces in order and says how far it came; none at all means that the browser is still there.</summary>
    public BrowserPieceResult Take(IReadOnlyList<BrowserPiece> pieces)
    {
        lock (gate)
        {
            if (end.Task.IsCompleted || answer.EndReason != EndReason.None)
                return BrowserPieceResult.Ended;
            timer.Change(Silence, Timeout.InfiniteTimeSpan);
            foreach (var piece in pieces)
            {
                if (piece.Offset > Known(piece.Kind))
                    return BrowserPieceResult.Gap;
                Append(piece);
            }
            if (Text + Reasoning > AnswerListener.MostLetters)
            {
                End(answer.HasText ? MessageStatus.Interrupted : MessageStatus.Failed, null, null, CutOff);
                return BrowserPieceResult.Ended;
            }
        }
        if (answer.UnrecordedLength >= RunningAnswers.RecordEarlyLength)
            recordSoon();
        return BrowserPieceResult.Taken;
    }

    /// <summary>Ends the answer. The first end counts.</summary>
    public void End(string status, string? stopReason, MessageUsage? usage, MessageError? error)
    {
        lock (gate)
        {
            // It costs nobody a price per token.
            if (end.TrySetResult(new AnswerEnd(status, stopReason, usage, Money.Zero, error)) && usage is not null)
                answer.Bill(usage, Money.Zero);
        }
    }

    public void Fail(MessageError error) => End(answer.HasText ? MessageStatus.Interrupted : MessageStatus.Failed, null, null, error);

    /// <returns>How it ended: by the browser, by its silence, by a stop, or with the server.</returns>
    public async Task<AnswerEnd> WaitAsync()
    {
        try
        {
            return await end.Task.WaitAsync(answer.Cancellation);
        }
        catch (OperationCanceledException)
        {
            End(answer.EndReason == EndReason.Stopped ? MessageStatus.Stopped : MessageStatus.Interrupted, null, null, null);
            return await end.Task;
        }
    }

    public void Dispose() => timer.Dispose();

    private int Known(PieceKind kind) => kind == PieceKind.Text ? Text : Reasoning;

    private void Append(BrowserPiece piece)
    {
        var known = Known(piece.Kind);
        if (piece.Offset + piece.Text.Length <= known)
            return;
        var fresh = PlainText.Clean(piece.Text[(known - piece.Offset)..]);
        answer.AppendText(piece.Kind, fresh, clock.GetElapsedTime(start).TotalSeconds);
        if (piece.Kind == PieceKind.Text)
            Text += fresh.Length;
        else
            Reasoning += fresh.Length;
    }
}
