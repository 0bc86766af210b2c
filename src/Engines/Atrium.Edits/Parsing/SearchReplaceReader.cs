using System.Text;
using System.Text.RegularExpressions;

namespace Atrium.Edits.Parsing;

/// <summary>
/// Blocks of the form SEARCH marker, old lines, divider, new lines, REPLACE marker, with the file's name on a line before
/// or in the fence around them. Several blocks may follow each other; a block without a name is for the last named file.
/// </summary>
internal sealed partial class SearchReplaceReader : IOperationReader
{
    private const string Shape = "A block is: the file's path, <<<<<<< SEARCH, old lines, =======, new lines, >>>>>>> REPLACE, each marker on a line of its own.";

    private readonly ReadingSink sink;
    private readonly FileNames names;
    private readonly LineSplitter lines;
    private readonly List<string> old = [];
    private readonly List<string> @new = [];
    private readonly List<int> dividers = [];
    private State state;
    private string? path;
    private string? named;
    private string markerIndent = "";
    private int? startLine;

    public SearchReplaceReader(ReadingSink sink, FileNames names)
    {
        this.sink = sink;
        this.names = names;
        lines = new LineSplitter(ReadLine);
    }

    private enum State
    {
        Outside,
        Search,
        Replace,
    }

    public static bool IsSearchMarker(string line) => SearchMarker().IsMatch(line);

    public void Read(ReadOnlySpan<char> text) => lines.Read(text);

    public void Complete()
    {
        lines.Complete();
        if (state != State.Outside)
            sink.Malformed(path, state == State.Search ? "the last block has no ======= line." : "the last block has no >>>>>>> REPLACE line; the answer was probably cut off.", Shape);
        else if (sink.Operations.Count == 0 && sink.Problems.Count == 0)
            sink.Malformed(null, "there is no SEARCH/REPLACE block.", Shape);
        state = State.Outside;
    }

    private void ReadLine(string line)
    {
        if (SearchMarker().IsMatch(line))
            Open(line);
        else if (state == State.Search)
            ReadOld(line);
        else if (state == State.Replace)
            ReadNew(line);
        else
            ReadOutside(line);
    }

    private void ReadOutside(string line)
    {
        var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal) || line.TrimStart().StartsWith("~~~", StringComparison.Ordinal);
        if (isFence)
            named = names.InFence(line) ?? named;
        else if (line.Trim().Length > 0)
            named = names.In(line);
    }

    private void Open(string line)
    {
        if (state != State.Outside)
            sink.Malformed(path, "a block starts before the one above it has ended.", Shape);
        path = named ?? path;
        named = null;
        markerIndent = line[..^line.TrimStart().Length];
        startLine = null;
        old.Clear();
        @new.Clear();
        dividers.Clear();
        state = State.Search;
    }

    private void ReadOld(string line)
    {
        if (old.Count == 0 && LineHint().Match(line) is { Success: true } hint)
        {
            if (hint.Groups["line"].Success && int.TryParse(hint.Groups["line"].Value, out var number))
                startLine = number;
            return;
        }

        if (IsDivider(line))
            state = State.Replace;
        else
            old.Add(Unescape(line));
    }

    private void ReadNew(string line)
    {
        // A marker that lacks its word at the very end of the answer is one that was cut off.
        if (IsMarker(line) && ReplaceMarker().IsMatch(line) && (lines.IsEnded || char.IsLetter(line.TrimEnd()[^1])))
        {
            Close();
            return;
        }

        if (IsDivider(line))
            dividers.Add(@new.Count);
        @new.Add(Unescape(line));
    }

    private void Close()
    {
        state = State.Outside;
        if (dividers.Count > 0)
        {
            sink.Malformed(path, "a block has more than one ======= line, so where its new text begins is unclear.", "Write \\======= for such a line that belongs to the text.");
            return;
        }

        sink.Operations.Add(new ReplaceText
        {
            Path = path,
            Old = Join(old),
            New = Join(@new),
            WholeLines = true,
            Hint = startLine is null ? null : new EditHint { Line = startLine },
        });
    }

    private bool IsMarker(string line) => line.StartsWith(markerIndent, StringComparison.Ordinal) && !char.IsWhiteSpace(line.Length > markerIndent.Length ? line[markerIndent.Length] : ' ');

    private bool IsDivider(string line) => IsMarker(line) && Divider().IsMatch(line);

    private static string Unescape(string line) => EscapedMarker().IsMatch(line) ? line[1..] : line;

    private static string Join(List<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line).Append('\n');
        return text.ToString();
    }

    [GeneratedRegex(@"^\s*(<{5,9}|-{5,9})\s*(SEARCH|ORIGINAL)\s*[>:]?\s*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SearchMarker();

    [GeneratedRegex(@"^\s*={5,9}\s*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\s*(>{5,9}|\+{5,9})\s*(REPLACE|UPDATED)?\s*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ReplaceMarker();

    [GeneratedRegex(@"^\\(={5,9}\s*$|[<>\-+]{5,9}(\s+(SEARCH|ORIGINAL|REPLACE|UPDATED))?\s*$)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EscapedMarker();

    [GeneratedRegex(@"^\s*(:start_line:\s*(?<line>\d{1,7})|:end_line:\s*\d{1,7}|-{5,9})\s*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LineHint();
}
