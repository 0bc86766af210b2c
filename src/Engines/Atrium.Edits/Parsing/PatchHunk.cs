using System.Text;

namespace Atrium.Edits.Parsing;

/// <summary>Old and new lines of one hunk as they arrive, for the two formats that mark lines with space, minus and plus.</summary>
internal sealed class PatchHunk
{
    private readonly List<(char Mark, string Text)> lines = [];
    private bool lastLineBare;

    public int OldCount { get; private set; }

    public int NewCount { get; private set; }

    public bool IsEmpty => lines.Count == 0;

    /// <summary>Whether half of the last line could pass for a whole one: an added line is compared with nothing, and blank fits anywhere.</summary>
    public bool EndsUnproven => lines.Count > 0 && (lines[^1].Mark == '+' || lines[^1].Text.AsSpan().IsWhiteSpace());

    public bool Changes => lines.Exists(line => line.Mark != ' ');

    /// <summary>False when the diff says that the file ends without line feed on that side.</summary>
    public bool OldEndsWithNewline { get; private set; } = true;

    public bool NewEndsWithNewline { get; private set; } = true;

    /// <summary>Adds a line with its mark; a line without one is context.</summary>
    public void Add(string line)
    {
        var mark = line.Length > 0 && line[0] is ' ' or '-' or '+' ? line[0] : ' ';
        var text = line.Length > 0 && line[0] is ' ' or '-' or '+' ? line[1..] : line;
        lastLineBare = line.Length == 0;
        lines.Add((mark, text));
        OldCount += mark == '+' ? 0 : 1;
        NewCount += mark == '-' ? 0 : 1;
    }

    public void NoNewline()
    {
        if (lines.Count == 0)
            return;
        OldEndsWithNewline &= lines[^1].Mark == '+';
        NewEndsWithNewline &= lines[^1].Mark == '-';
    }

    /// <summary>Removes bare blank lines at the end beyond what the header counts: they stand between hunks and are not context.</summary>
    public void DropTrailingBlankLines(int? oldCount)
    {
        while (lines.Count > 0 && lastLineBare && (oldCount is null || OldCount > oldCount))
        {
            lines.RemoveAt(lines.Count - 1);
            OldCount--;
            NewCount--;
            lastLineBare = lines.Count > 0 && lines[^1] is (' ', "");
        }
    }

    public string Old() => Join('+');

    public string New() => Join('-');

    private string Join(char leftOut)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.Mark != leftOut)
                text.Append(line.Text).Append('\n');
        }

        return text.ToString();
    }
}
