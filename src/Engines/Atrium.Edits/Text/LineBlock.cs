namespace Atrium.Edits.Text;

/// <summary>A text of an operation as lines. A final line feed ends the last line and does not make another.</summary>
internal sealed class LineBlock
{
    private LineBlock(string[] lines)
    {
        Lines = lines;
        NonBlank = [.. Enumerable.Range(0, lines.Length).Where(line => !lines[line].AsSpan().IsWhiteSpace())];
    }

    public string[] Lines { get; }

    /// <summary>Numbers of the lines with content.</summary>
    public int[] NonBlank { get; }

    public bool IsBlank => NonBlank.Length == 0;

    public static LineBlock Of(string text)
    {
        if (text.Length == 0)
            return new LineBlock([]);
        return new LineBlock((text[^1] == '\n' ? text[..^1] : text).Split('\n'));
    }

    public ulong[] Keys() => [.. NonBlank.Select(line => LineKeys.Hash(Lines[line]))];

    public string Content(int index) => Lines[NonBlank[index]];

    /// <summary>How many blank lines stand before the n-th line with content; with n = their count, after the last.</summary>
    public int BlankBefore(int index)
    {
        var end = index < NonBlank.Length ? NonBlank[index] : Lines.Length;
        return index == 0 ? end : end - NonBlank[index - 1] - 1;
    }
}
