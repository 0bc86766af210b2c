namespace Atrium.Edits.Text;

/// <summary>
/// A file prepared for matching: line feeds only and no byte order mark, with the way back to the original bytes,
/// so that what is not edited is copied and never re-made.
/// </summary>
internal sealed class SourceText
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly int[] lineStarts;
    private readonly bool[]? endsInCarriageReturn;
    private LineKeys? keys;
    private int? indentUnit;

    public SourceText(string original)
    {
        Original = original;
        HasByteOrderMark = original.Length > 0 && original[0] == ByteOrderMark;
        var body = HasByteOrderMark ? original[1..] : original;
        Text = body.Contains("\r\n", StringComparison.Ordinal) ? body.Replace("\r\n", "\n", StringComparison.Ordinal) : body;
        lineStarts = FindLineStarts(Text);
        endsInCarriageReturn = Text.Length == body.Length ? null : FindCarriageReturns(body);
    }

    public string Original { get; }

    public string Text { get; }

    public bool HasByteOrderMark { get; }

    public int LineCount => lineStarts.Length;

    public bool EndsWithNewline => Text.Length > 0 && Text[^1] == '\n';

    public LineKeys Keys => keys ??= LineKeys.Of(this);

    /// <summary>The file's habit: <see cref="Indentation.Tab"/>, spaces a level, or null when nothing is indented.</summary>
    public int? IndentUnit => (indentUnit ??= DetectIndentUnit()) < 0 ? null : indentUnit;

    /// <summary>Offset of the line's first character; for the line after the last, the length of the text.</summary>
    public int StartOf(int line) => line < lineStarts.Length ? lineStarts[line] : Text.Length;

    /// <summary>Offset behind the line's last character, without its line feed.</summary>
    public int EndOf(int line)
    {
        var next = StartOf(line + 1);
        return next > lineStarts[line] && Text[next - 1] == '\n' ? next - 1 : next;
    }

    public ReadOnlySpan<char> Line(int line) => Text.AsSpan(lineStarts[line], EndOf(line) - lineStarts[line]);

    /// <summary>The 0-based line that holds the offset; the end of the text belongs to the last line.</summary>
    public int LineAt(int offset)
    {
        var found = Array.BinarySearch(lineStarts, offset);
        return found >= 0 ? found : Math.Max(0, ~found - 1);
    }

    /// <summary>Applies edits that are sorted and do not overlap. New text gets the line ending of the line where it starts.</summary>
    public string Apply(IReadOnlyList<TextEdit> edits)
    {
        var before = CountCarriageReturns();
        var pieces = new (int Start, int End, string NewText)[edits.Count];
        var length = Original.Length;
        for (var index = 0; index < pieces.Length; index++)
        {
            var edit = edits[index];
            var written = UsesCarriageReturn(edit) ? edit.NewText.Replace("\n", "\r\n", StringComparison.Ordinal) : edit.NewText;
            pieces[index] = (ToOriginal(edit.Start, before), ToOriginal(edit.End, before), written);
            length += written.Length - (pieces[index].End - pieces[index].Start);
        }

        return string.Create(length, (Original, pieces), static (target, state) =>
        {
            var position = 0;
            foreach (var (start, end, written) in state.pieces)
            {
                state.Original.AsSpan(position, start - position).CopyTo(target);
                target = target[(start - position)..];
                written.CopyTo(target);
                target = target[written.Length..];
                position = end;
            }

            state.Original.AsSpan(position).CopyTo(target);
        });
    }

    private bool UsesCarriageReturn(TextEdit edit)
    {
        if (endsInCarriageReturn is null || !edit.NewText.Contains('\n', StringComparison.Ordinal))
            return false;
        var line = LineAt(edit.Start);
        // The last line may have no ending of its own: then the line above speaks.
        if (StartOf(line + 1) == Text.Length && !EndsWithNewline)
            line--;
        return line >= 0 && endsInCarriageReturn[Math.Min(line, endsInCarriageReturn.Length - 1)];
    }

    private int ToOriginal(int offset, int[]? before)
    {
        var shift = HasByteOrderMark ? 1 : 0;
        return before is null ? offset + shift : offset + shift + before[offset == Text.Length && EndsWithNewline ? LineCount : LineAt(offset)];
    }

    private int[]? CountCarriageReturns()
    {
        if (endsInCarriageReturn is null)
            return null;
        var before = new int[LineCount + 1];
        for (var line = 0; line < LineCount; line++)
            before[line + 1] = before[line] + (endsInCarriageReturn[line] ? 1 : 0);
        return before;
    }

    private int DetectIndentUnit()
    {
        const int enough = 2000;
        int[] lines = [.. Keys.Lines[..Math.Min(enough, Keys.Lines.Length)]];
        return Indentation.Detect(lines.Select(line => Indentation.Of(Line(line)))) ?? -1;
    }

    private static int[] FindLineStarts(string text)
    {
        if (text.Length == 0)
            return [];
        var starts = new int[text.AsSpan(0, text.Length - 1).Count('\n') + 1];
        var offset = 0;
        for (var line = 1; line < starts.Length; line++)
        {
            offset = text.IndexOf('\n', offset) + 1;
            starts[line] = offset;
        }

        return starts;
    }

    private bool[] FindCarriageReturns(string body)
    {
        var found = new bool[LineCount];
        var offset = 0;
        for (var line = 0; line < LineCount; line++)
        {
            var end = body.IndexOf('\n', offset);
            if (end < 0)
                break;
            found[line] = end > offset && body[end - 1] == '\r';
            offset = end + 1;
        }

        return found;
    }
}

/// <summary>Replaces [Start, End) of the normalised text.</summary>
internal readonly record struct TextEdit(int Start, int End, string NewText);
