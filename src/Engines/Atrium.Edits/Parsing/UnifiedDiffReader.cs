using System.Text.RegularExpressions;

namespace Atrium.Edits.Parsing;

/// <summary>
/// Unified diffs as models write them: line numbers and counts may be wrong or missing, blank context lines may lack their space.
/// A line starting with <c>---</c> inside a hunk is content unless a whole file header follows.
/// </summary>
internal sealed partial class UnifiedDiffReader : IOperationReader
{
    private const string Shape = "A unified diff has --- and +++ lines with the file's path, then hunks that start with @@ and whose lines start with a space, - or +.";

    private readonly ReadingSink sink;
    private readonly FileNames names;
    private readonly LineSplitter lines;
    private readonly List<string> waiting = [];
    private DiffHeader header = new();
    private PatchHunk? hunk;
    private Match? hunkHeader;
    private bool isFenced;

    public UnifiedDiffReader(ReadingSink sink, FileNames names)
    {
        this.sink = sink;
        this.names = names;
        lines = new LineSplitter(Hold);
    }

    public static bool IsHunkHeader(string line) => HunkHeader().IsMatch(line);

    public void Read(ReadOnlySpan<char> text) => lines.Read(text);

    public void Complete()
    {
        lines.Complete();
        ReleaseAll();
        if (hunk is not null && (isFenced || FallsShort()))
            sink.Malformed(header.Path(names), "the last hunk ends before its announced number of lines or before the closing fence; the answer was probably cut off.", Shape);
        else if (hunk is { EndsUnproven: true } && !lines.IsEnded)
            sink.Malformed(header.Path(names), "the last line has no line feed, so it may be cut off.", "End the diff with a line feed, or put it in a fence.");
        else
            EndHunk();
        hunk = null;
        EndFile();
        if (sink.Operations.Count == 0 && sink.Problems.Count == 0)
            sink.Malformed(null, "there is no hunk.", Shape);
    }

    /// <summary>A file header shows only by its second and third line, so up to two lines wait.</summary>
    private void Hold(string line)
    {
        waiting.Add(line);
        while (waiting.Count > 0)
        {
            if (waiting[0].StartsWith("--- ", StringComparison.Ordinal))
            {
                if (waiting.Count < 2 || (waiting.Count == 2 && waiting[1].StartsWith("+++ ", StringComparison.Ordinal)))
                    return;
                if (waiting[1].StartsWith("+++ ", StringComparison.Ordinal) && (hunk is null || IsHunkHeader(waiting[2]) || !FallsShort()))
                {
                    StartFile(waiting[0][4..], waiting[1][4..]);
                    waiting.RemoveRange(0, 2);
                    continue;
                }
            }

            ReadLine(waiting[0]);
            waiting.RemoveAt(0);
        }
    }

    private void ReleaseAll()
    {
        if (hunk is null && waiting.Count >= 2 && waiting[0].StartsWith("--- ", StringComparison.Ordinal) && waiting[1].StartsWith("+++ ", StringComparison.Ordinal))
        {
            StartFile(waiting[0][4..], waiting[1][4..]);
            waiting.RemoveRange(0, 2);
        }

        waiting.ForEach(ReadLine);
        waiting.Clear();
    }

    private void ReadLine(string line)
    {
        if (line.StartsWith("diff --git ", StringComparison.Ordinal))
        {
            EndHunk();
            EndFile();
            header = new DiffHeader { FromGit = line["diff --git ".Length..] };
        }
        else if (IsHunkHeader(line))
        {
            EndHunk();
            hunk = new PatchHunk();
            hunkHeader = HunkHeader().Match(line);
        }
        else if (line.StartsWith("```", StringComparison.Ordinal) && (hunk is null || isFenced))
        {
            EndHunk();
            isFenced = !isFenced;
        }
        else if (hunk is null)
            ReadOutside(line);
        else
            ReadInside(line);
    }

    private void ReadOutside(string line)
    {
        if (header.Read(line))
            return;
        // A hunk without its @@ line, directly under the file header.
        if (header.HasNames && line.Length > 0 && line[0] is '+' or '-' or ' ')
        {
            hunk = new PatchHunk();
            hunkHeader = null;
            hunk.Add(line);
        }
    }

    private void ReadInside(string line)
    {
        if (line.StartsWith('\\'))
            hunk!.NoNewline();
        else if (line.Length > 0 && line[0] is not (' ' or '+' or '-') && !isFenced && !FallsShort())
        {
            EndHunk();
            header.Read(line);
        }
        else if (line == "-- " && !FallsShort() && Count("old") is not null)
            EndHunk();
        else
            hunk!.Add(line);
    }

    private void StartFile(string before, string after)
    {
        EndHunk();
        if (header.HasNames)
        {
            EndFile();
            header = new DiffHeader();
        }

        header.Before = DiffPath.Read(before);
        header.After = DiffPath.Read(after);
    }

    private int? Count(string side)
    {
        if (hunkHeader is not { } match || !match.Groups["oldStart"].Success)
            return null;
        return match.Groups[side + "Count"].Success && int.TryParse(match.Groups[side + "Count"].Value, out var count) ? count : 1;
    }

    private bool FallsShort() => hunk is not null && (hunk.OldCount < (Count("old") ?? 0) || hunk.NewCount < (Count("new") ?? 0));

    private void EndHunk()
    {
        if (hunk is not { } ended)
            return;
        hunk = null;
        ended.DropTrailingBlankLines(Count("old"));
        if (!ended.Changes)
            return;
        var path = header.Path(names);
        if (header.Creates)
            sink.Operations.Add(new WriteFile { Path = path, Content = ended.NewEndsWithNewline ? ended.New() : ended.New().TrimEnd('\n') });
        else if (header.Deletes)
            header.Deleted.Append(ended.Old());
        else
            sink.Operations.Add(ToOperation(ended, path));
    }

    private ReplaceText ToOperation(PatchHunk ended, string? path)
    {
        int? line = hunkHeader is { } match && int.TryParse(match.Groups["oldStart"].Value, out var start) && start > 0 ? start : null;
        return new ReplaceText
        {
            Path = path,
            Old = ended.Old(),
            New = ended.New(),
            WholeLines = true,
            FinalNewline = ended.OldEndsWithNewline == ended.NewEndsWithNewline ? null : ended.NewEndsWithNewline,
            Hint = line is null ? null : new EditHint { Line = line },
        };
    }

    private void EndFile()
    {
        if (header.Deletes)
            sink.Operations.Add(new DeleteFile { Path = header.Path(names), Content = header.Deleted.Length > 0 ? header.Deleted.ToString() : null });
        else if (header.RenameTo is not null && header.RenameFrom is not null)
            sink.Operations.Add(new MoveFile { Path = header.RenameFrom, NewPath = header.RenameTo });
        else if (header is { Creates: true, After: { } made } && !sink.Operations.Exists(operation => operation is WriteFile && operation.Path == header.Path(names)) && made.Length > 0)
            sink.Operations.Add(new WriteFile { Path = header.Path(names), Content = "" });
        header = new DiffHeader();
    }

    [GeneratedRegex(@"^@@(\s*-(?<oldStart>\d{1,8})(,(?<oldCount>\d{1,8}))?\s+\+(?<newStart>\d{1,8})(,(?<newCount>\d{1,8}))?)?(\s*\.\.\.)?(\s*@@.*|\s*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex HunkHeader();
}
