namespace Atrium.Edits.Parsing;

/// <summary>
/// Patches between <c>*** Begin Patch</c> and <c>*** End Patch</c>: sections that add, update, move or delete a file;
/// hunks without line numbers, found by their text and, where that is not unique, by <c>@@</c> scopes and the end-of-file mark.
/// </summary>
internal sealed class V4AReader : IOperationReader
{
    private const string Shape = "A patch starts with *** Begin Patch, has sections *** Update File: path, *** Add File: path or *** Delete File: path, and ends with *** End Patch.";

    private readonly ReadingSink sink;
    private readonly LineSplitter lines;
    private readonly List<string> scopes = [];
    private PatchHunk? hunk;
    private Section section;
    private string? path;
    private bool isOpen;
    private bool atEnd;
    private bool sawPatch;

    public V4AReader(ReadingSink sink)
    {
        this.sink = sink;
        lines = new LineSplitter(ReadLine);
    }

    private enum Section
    {
        None,
        Update,
        Add,
    }

    public void Read(ReadOnlySpan<char> text) => lines.Read(text);

    public void Complete()
    {
        lines.Complete();
        if (isOpen || section != Section.None)
            sink.Malformed(path, "there is no *** End Patch; the answer was probably cut off.", Shape);
        else if (sink.Problems.Count == 0 && (!sawPatch || sink.Operations.Count == 0))
            sink.Malformed(null, "there is no patch section.", Shape);
        (isOpen, section) = (false, Section.None);
    }

    private void ReadLine(string line)
    {
        var text = line.Trim();
        if (text.StartsWith("*** ", StringComparison.Ordinal) && !line.StartsWith(' '))
            ReadMark(text);
        else if (section == Section.Update && line.StartsWith("@@", StringComparison.Ordinal))
            ReadScope(line);
        else if (section != Section.None)
            ReadContent(line);
    }

    private void ReadMark(string text)
    {
        if (text == "*** End of File")
        {
            atEnd = true;
            return;
        }

        if (Value(text, "*** Move to:") is { } target)
        {
            sink.Operations.Add(new MoveFile { Path = path, NewPath = target });
            return;
        }

        EndSection();
        if (text == "*** Begin Patch")
            isOpen = true;
        else if (text == "*** End Patch")
            isOpen = false;
        else if (Value(text, "*** Update File:") is { } updated)
            Start(Section.Update, updated);
        else if (Value(text, "*** Add File:") is { } added)
            Start(Section.Add, added);
        else if (Value(text, "*** Delete File:") is { } deleted)
        {
            sawPatch = true;
            sink.Operations.Add(new DeleteFile { Path = deleted });
        }
        else
            sink.Malformed(path, $"{text} is not a line of this format.", Shape);
    }

    private void Start(Section kind, string file)
    {
        (section, path, sawPatch) = (kind, file, true);
        hunk = kind == Section.Add ? new PatchHunk() : null;
    }

    private void ReadScope(string line)
    {
        if (hunk is not null)
            EndHunk();
        var scope = line[2..].Trim();
        if (scope.EndsWith("@@", StringComparison.Ordinal))
            scope = scope[..^2].Trim();
        // Line numbers after @@ belong to the other format and name no scope.
        if (scope.Length > 0 && !scope.StartsWith('-'))
            scopes.Add(scope);
    }

    private void ReadContent(string line)
    {
        hunk ??= new PatchHunk();
        if (section == Section.Add)
            hunk.Add(line.StartsWith('+') ? line : "+" + line);
        else
            hunk.Add(line);
    }

    private void EndSection()
    {
        if (section == Section.Add)
            sink.Operations.Add(new WriteFile { Path = path, Content = hunk!.New() });
        else if (section == Section.Update)
            EndHunk();
        (section, hunk) = (Section.None, null);
        scopes.Clear();
    }

    private void EndHunk()
    {
        hunk?.DropTrailingBlankLines(null);
        if (hunk is { Changes: true })
        {
            sink.Operations.Add(new ReplaceText
            {
                Path = path,
                Old = hunk.Old(),
                New = hunk.New(),
                WholeLines = true,
                Hint = scopes.Count == 0 && !atEnd ? null : new EditHint { Scopes = [.. scopes], AtEnd = atEnd },
            });
        }

        (hunk, atEnd) = (null, false);
        scopes.Clear();
    }

    private static string? Value(string text, string mark)
    {
        if (!text.StartsWith(mark, StringComparison.Ordinal))
            return null;
        var value = text[mark.Length..].Trim();
        return value.Length > 0 ? value : null;
    }
}
