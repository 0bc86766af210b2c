using Atrium.Edits.Matching;
using Atrium.Edits.Text;

namespace Atrium.Edits.Applying;

/// <summary>
/// Applies the text operations of one file. All are looked up in the file as it is; one that is not there may still be
/// found, exactly, in what the others made of it, as chains of edits need.
/// </summary>
internal sealed class FileEdits(string path, string content, EditLimits limits)
{
    public string Apply(List<PlannedOperation> operations, List<EditProblem> problems, List<AppliedEdit> applied)
    {
        var current = content;
        var pending = operations;
        for (var isFirst = true; pending.Count > 0; isFirst = false)
        {
            var source = new SourceText(current);
            var resolver = new TextResolver(source);
            var resolved = pending.Select(planned => (Planned: planned, Resolution: Resolve(source, resolver, planned.Operation, !isFirst))).ToList();
            var waiting = resolved.Where(each => each.Resolution.Problem == EditProblemCode.NotFound).ToList();
            var found = resolved.Where(each => each.Resolution.Problem is null).ToList();
            foreach (var (planned, resolution) in resolved.Where(each => each.Resolution.Problem is not (null or EditProblemCode.NotFound)))
                problems.Add(ProblemText.For(planned, path, source, resolution));
            if (!found.Exists(each => !each.Resolution.IsDone))
            {
                // Nothing moves any more: what is still missing is missing in the original, which is what the model knows.
                var original = isFirst ? source : new SourceText(content);
                problems.AddRange(waiting.Select(each => ProblemText.For(each.Planned, path, original, each.Resolution)));
                waiting = [];
            }

            applied.AddRange(found.Select(each => new AppliedEdit(
                each.Planned.Index, path, each.Resolution.Lines.Count > 0 ? each.Resolution.Lines[0] + 1 : 0, each.Resolution.Tier, !each.Resolution.IsDone)));
            current = Combine(source, found, problems);
            pending = [.. waiting.Select(each => each.Planned)];
        }

        return WithFinalNewline(current, operations);
    }

    private static string WithFinalNewline(string text, List<PlannedOperation> operations)
    {
        // Only a place at the end of the file can say how the file ends.
        var wanted = operations.Select(planned => planned.Operation).OfType<ReplaceText>()
            .LastOrDefault(replace => replace.FinalNewline is not null && LastLine(replace.New).SequenceEqual(LastLine(text)))?.FinalNewline;
        if (wanted is null || text.Length == 0 || wanted == text.EndsWith('\n'))
            return text;
        if (wanted == true)
            return text + (text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
        return text[..^(text.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1)];
    }

    private static ReadOnlySpan<char> LastLine(string text)
    {
        var body = text.AsSpan().TrimEnd("\r\n");
        return body[(body.LastIndexOf('\n') + 1)..].Trim();
    }

    private string Combine(SourceText source, List<(PlannedOperation Planned, Resolution Resolution)> found, List<EditProblem> problems)
    {
        var edits = found
            .SelectMany(each => each.Resolution.Edits.Select(edit => (each.Planned.Index, Edit: edit)))
            .OrderBy(each => each.Edit.Start).ThenBy(each => each.Edit.End).ThenBy(each => each.Index)
            .ToList();
        var collides = false;
        for (var index = 1; index < edits.Count; index++)
        {
            var (earlier, later) = (edits[index - 1], edits[index]);
            var samePoint = earlier.Edit.Start == later.Edit.Start && (earlier.Edit.End == earlier.Edit.Start) == (later.Edit.End == later.Edit.Start);
            if (later.Edit.Start >= earlier.Edit.End && !samePoint)
                continue;
            collides = true;
            problems.Add(ProblemText.Overlap(later.Index, path, earlier.Index, [source.LineAt(earlier.Edit.Start) + 1, source.LineAt(later.Edit.Start) + 1]));
        }

        return collides || edits.Count == 0 ? source.Original : source.Apply([.. edits.Select(each => each.Edit)]);
    }

    private Resolution Resolve(SourceText source, TextResolver resolver, EditOperation operation, bool exactOnly)
    {
        switch (operation)
        {
            case ReplaceText { Old: var old } when old.Length > limits.EditLength:
                return Resolution.Refused(EditProblemCode.TooLarge);
            case ReplaceText replace when content.Length == 0 && string.IsNullOrWhiteSpace(replace.Old):
                return Resolution.Found([new TextEdit(0, 0, replace.New)], [0], MatchTier.Exact);
            case ReplaceText replace:
                return resolver.Resolve(Request(replace.Old, replace.New, replace.WholeLines, replace.All, replace.ExpectedCount, replace.Hint), exactOnly);
            case InsertText insert:
                return Insert(resolver, insert, exactOnly);
            case DeleteText delete:
                return LinesElseLiteral(resolver, whole => Request(delete.Old, "", delete.WholeLines || whole, delete.All, null, delete.Hint), delete.WholeLines, exactOnly);
            case InsertLines lines:
                return InsertAt(source, lines);
            default:
                throw new ArgumentException($"{operation.GetType().Name} is not an operation of this library.", nameof(operation));
        }
    }

    private Resolution Insert(TextResolver resolver, InsertText insert, bool exactOnly)
    {
        var (anchor, text) = (Normal(insert.Anchor), Normal(insert.Text));
        return LinesElseLiteral(resolver, whole => Request(anchor, whole ? InLines(anchor, text) : InLine(anchor, text), whole, false, null, insert.Hint), false, exactOnly);

        string InLines(string fixedText, string added) => insert.Position == InsertPosition.After
            ? Ended(fixedText) + Ended(added)
            : Ended(added) + fixedText;

        string InLine(string fixedText, string added) => insert.Position == InsertPosition.After ? fixedText + added : added + fixedText;
    }

    /// <summary>Whole lines are preferred; only a text that is no whole line is taken literally.</summary>
    private static Resolution LinesElseLiteral(TextResolver resolver, Func<bool, TextRequest> request, bool linesOnly, bool exactOnly)
    {
        var byLines = resolver.Resolve(request(true), exactOnly);
        return byLines.Problem == EditProblemCode.NotFound && !linesOnly ? resolver.Resolve(request(false), exactOnly) : byLines;
    }

    private static Resolution InsertAt(SourceText source, InsertLines insert)
    {
        if (insert.AfterLine < 0 || insert.AfterLine > source.LineCount)
            return Resolution.Refused(EditProblemCode.NotFound, detail: $"line {insert.AfterLine}");
        var text = Ended(Normal(insert.Text));
        var start = source.StartOf(insert.AfterLine);
        if (start == source.Text.Length && source.Text.Length > 0 && !source.EndsWithNewline)
            text = "\n" + text[..^1];
        return Resolution.Found([new TextEdit(start, start, text)], [insert.AfterLine], MatchTier.Exact);
    }

    private TextRequest Request(string old, string @new, bool wholeLines, bool all, int? count, EditHint? hint) =>
        new(Normal(old), Normal(@new), wholeLines, all, count, hint, path);

    private static string Ended(string text) => text.EndsWith('\n') ? text : text + "\n";

    private static string Normal(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF');
}
