using System.Text;
using Atrium.Assistant.Messages;

namespace Atrium.Assistant.Answers;

/// <summary>What a piece of an answer is. Stored by name in the streams database.</summary>
internal enum PieceKind
{
    Text,
    Reasoning,
    Tool,
    ToolResult,
}

/// <summary>A stretch of an answer from a position on. A position counts UTF-16 letters of text and reasoning, and one for each tool call or result.</summary>
/// <param name="Offset">Letters of the same part before this piece.</param>
/// <param name="Text">The letters; for a tool piece the part as JSON.</param>
internal sealed record Piece(long From, PieceKind Kind, int Offset, string Text)
{
    public long To => From + (Kind is PieceKind.Text or PieceKind.Reasoning ? Text.Length : 1);
}

/// <summary>
/// An answer while it grows: a row of segments over positions, from which its parts, any stretch for a reader, and the rows that survive a
/// crash are read. Not thread-safe; <see cref="RunningAnswer"/> guards it.
/// </summary>
internal sealed class AnswerDraft
{
    private readonly IReadOnlyList<MessagePart> before;
    private readonly List<Segment> segments = [];
    private readonly List<CitationPart> citations = [];
    private string? signature;

    /// <param name="before">What the message already held when it is continued.</param>
    public AnswerDraft(IReadOnlyList<MessagePart> before)
    {
        this.before = before;
    }

    public long Position { get; private set; }

    /// <returns>The piece as it is streamed.</returns>
    public Piece AppendText(PieceKind kind, string text, double seconds)
    {
        var last = segments.Count > 0 ? segments[^1] : null;
        if (last is null || last.Kind != kind)
        {
            last = new Segment { Kind = kind, From = Position, Offset = last is null ? OffsetInBefore(kind) : 0, StartedAt = seconds };
            segments.Add(last);
        }
        var piece = new Piece(Position, kind, last.Offset + last.Text.Length, text);
        last.Text.Append(text);
        last.EndedAt = seconds;
        Position = piece.To;
        return piece;
    }

    public Piece AppendTool(PieceKind kind, ToolPart tool)
    {
        var segment = new Segment { Kind = kind, From = Position, Tool = tool };
        segments.Add(segment);
        Position++;
        return PieceOf(segment, segment.From, 1);
    }

    public void Sign(string proof) => signature = proof;

    public void Cite(CitationPart citation) => citations.Add(citation);

    /// <returns>The piece that begins at a position, at most <paramref name="most"/> letters long; null at the end.</returns>
    public Piece? Read(long position, int most)
    {
        // Newest first: readers are nearly always near the end.
        for (var index = segments.Count - 1; index >= 0; index--)
        {
            if (segments[index].From <= position)
                return position < segments[index].To ? PieceOf(segments[index], position, most) : null;
        }
        return null;
    }

    /// <summary>All parts: what was there before, what came since, then citations.</summary>
    public IReadOnlyList<MessagePart> ToParts()
    {
        var parts = before.ToList();
        for (var index = 0; index < segments.Count; index++)
        {
            var segment = segments[index];
            if (index == 0 && segment.Offset > 0)
                parts[^1] = segment.Kind == PieceKind.Text ? new TextPart(((TextPart)parts[^1]).Text + segment.Text) : (ReasoningPart)parts[^1] with { Text = ((ReasoningPart)parts[^1]).Text + segment.Text };
            else
                AddTo(parts, segment);
        }
        if (signature is not null)
            Sign(parts, signature);
        parts.AddRange(citations);
        return parts;
    }

    private static void AddTo(List<MessagePart> parts, Segment segment)
    {
        switch (segment.Kind)
        {
            case PieceKind.Text:
                parts.Add(new TextPart(segment.Text.ToString()));
                break;
            case PieceKind.Reasoning:
                parts.Add(new ReasoningPart(segment.Text.ToString(), Math.Round(segment.EndedAt - segment.StartedAt, 1)));
                break;
            case PieceKind.Tool:
                parts.Add(segment.Tool!);
                break;
            default:
                var call = parts.FindLastIndex(part => part is ToolPart tool && tool.CallId == segment.Tool!.CallId);
                if (call >= 0)
                    parts[call] = (ToolPart)parts[call] with { Result = segment.Tool!.Result };
                break;
        }
    }

    private static void Sign(List<MessagePart> parts, string signature)
    {
        var reasoning = parts.FindLastIndex(part => part is ReasoningPart);
        if (reasoning >= 0)
            parts[reasoning] = (ReasoningPart)parts[reasoning] with { Signature = signature };
        else
            parts.Insert(0, new ReasoningPart("", Signature: signature));
    }

    private int OffsetInBefore(PieceKind kind) => before.Count == 0 ? 0 : (before[^1], kind) switch
    {
        (TextPart text, PieceKind.Text) => text.Text.Length,
        (ReasoningPart reasoning, PieceKind.Reasoning) => reasoning.Text.Length,
        _ => 0,
    };

    private static Piece PieceOf(Segment segment, long position, int most)
    {
        if (segment.Tool is { } tool)
            return new Piece(position, segment.Kind, 0, System.Text.Json.JsonSerializer.Serialize(tool, StoredJson.Options));
        var start = (int)(position - segment.From);
        // Half a letter cannot be sent: begin at its first half, and end before it.
        if (start > 0 && char.IsLowSurrogate(segment.Text[start]))
            start--;
        var length = Math.Min(most, segment.Text.Length - start);
        if (start + length < segment.Text.Length && char.IsLowSurrogate(segment.Text[start + length]))
            length--;
        return new Piece(segment.From + start, segment.Kind, segment.Offset + start, segment.Text.ToString(start, length));
    }

    private sealed class Segment
    {
        public required PieceKind Kind { get; init; }

        public required long From { get; init; }

        public int Offset { get; init; }

        public double StartedAt { get; init; }

        public double EndedAt { get; set; }

        public StringBuilder Text { get; } = new();

        public ToolPart? Tool { get; init; }

        public long To => From + (Tool is null ? Text.Length : 1);
    }
}
