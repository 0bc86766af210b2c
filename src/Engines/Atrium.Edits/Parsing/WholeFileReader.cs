using System.Text;

namespace Atrium.Edits.Parsing;

/// <summary>
/// Whole files: each in a fence under a line with its name, or one alone, fenced or bare. Fences inside a file are told from
/// the end of the file by their length and by their info strings.
/// </summary>
internal sealed class WholeFileReader : IOperationReader
{
    private const string Shape = "Write the file's path on a line of its own and under it the whole content in one fence; use a longer fence when the content has fences.";

    private const string KnownFormats = "Send SEARCH/REPLACE blocks, a unified diff, a *** Begin Patch, JSON operations, or the whole file in a fence under a line with its path.";

    private readonly ReadingSink sink;
    private readonly FileNames names;
    private readonly bool namedOnly;
    private readonly LineSplitter lines;
    private readonly StringBuilder everything = new();
    private readonly StringBuilder content = new();
    private readonly List<(string? Path, string Content)> unnamed = [];
    private string? named;
    private string? firstName;
    private string? path;
    private string fence = "";
    private int depth;
    private bool hasProse;

    /// <summary>Starts an answer.</summary>
    /// <param name="sink">Receives the files.</param>
    /// <param name="names">Recognises names.</param>
    /// <param name="namedOnly">True when nothing says that the answer is a whole file, so that only named fences count.</param>
    public WholeFileReader(ReadingSink sink, FileNames names, bool namedOnly)
    {
        this.sink = sink;
        this.names = names;
        this.namedOnly = namedOnly;
        lines = new LineSplitter(ReadLine);
    }

    public void Read(ReadOnlySpan<char> text)
    {
        everything.Append(text);
        lines.Read(text);
    }

    public void Complete()
    {
        lines.Complete();
        if (depth > 0)
            sink.Malformed(path, "the fence around a file is not closed; the answer was probably cut off.", Shape);
        else if (sink.Operations.Count > 0)
            return;
        else if (namedOnly)
            sink.Malformed(null, "no edit in a known format was found in the answer.", KnownFormats);
        else
            CompleteUnnamed();
    }

    private void CompleteUnnamed()
    {
        var isMarkdown = names.AreMarkdown;
        if (unnamed.Count == 0 && firstName is not null)
            sink.Malformed(firstName, "a file is named, but no fence with its content follows; the answer was probably cut off.", Shape);
        else if (unnamed.Count == 1 && (!hasProse || !isMarkdown))
            Add(null, unnamed[0].Content);
        else if (unnamed.Count == 0 || isMarkdown)
            Add(null, everything.ToString());
        else
            sink.Malformed(null, "there are several fences, and which of them is the file is unclear.", Shape);
    }

    private void ReadLine(string line)
    {
        var mark = FenceOf(line);
        if (depth == 0)
            ReadOutside(line, mark);
        else
            ReadInside(line, mark);
    }

    private void ReadOutside(string line, string mark)
    {
        if (mark.Length > 0)
        {
            (fence, depth) = (mark, 1);
            path = names.InFence(line) ?? named;
            content.Clear();
        }
        else if (line.Trim().Length > 0)
        {
            named = names.In(line);
            if (!hasProse && named is not null && names.IsKnown(named))
                firstName ??= named;
            hasProse |= named is null;
        }
    }

    private void ReadInside(string line, string mark)
    {
        if (mark.Length >= fence.Length && mark[0] == fence[0])
            depth += line.Trim().Length > mark.Length ? 1 : -1;
        if (depth > 0)
        {
            content.Append(line).Append('\n');
            return;
        }

        if (path is not null && (names.IsKnown(path) || !hasProse))
            Add(path, content.ToString());
        else
            unnamed.Add((path, content.ToString()));
        (named, path) = (null, null);
    }

    private void Add(string? file, string text) => sink.Operations.Add(new WriteFile { Path = file, Content = text, Overwrite = true });

    private static string FenceOf(string line)
    {
        var text = line.AsSpan().TrimStart(' ');
        if (text.Length < 3 || text[0] is not ('`' or '~') || line.Length - text.Length > 3)
            return "";
        var length = text.IndexOfAnyExcept(text[0]);
        length = length < 0 ? text.Length : length;
        return length < 3 || text[length..].Contains(text[0]) ? "" : text[..length].ToString();
    }
}
