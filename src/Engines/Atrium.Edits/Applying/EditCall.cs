namespace Atrium.Edits.Applying;

/// <summary>One run of the applier over all files of a call.</summary>
internal sealed class EditCall(IReadOnlyDictionary<string, string> files, IReadOnlyList<EditOperation> operations, EditLimits limits)
{
    private readonly PathRules paths = new(files);
    private readonly List<EditProblem> problems = [];
    private readonly List<AppliedEdit> applied = [];
    private readonly Dictionary<string, string?> changed = new(StringComparer.Ordinal);

    public EditResult Run()
    {
        if (TooLarge() is { } problem)
            return new EditResult { Status = EditStatus.Refused, Problems = [problem] };
        foreach (var group in GroupByFile())
            ApplyToFile(group.Key, group.Value);
        if (problems.Count > 0)
            return new EditResult { Status = EditStatus.Refused, Problems = [.. problems.OrderBy(found => found.Operation)] };
        return new EditResult
        {
            Status = changed.Count > 0 ? EditStatus.Applied : EditStatus.Unchanged,
            Files = changed,
            Edits = [.. applied.OrderBy(edit => edit.Operation)],
        };
    }

    private EditProblem? TooLarge()
    {
        if (operations.Count == 0)
            return ProblemText.NoOperations();
        if (operations.Count > limits.Operations)
            return ProblemText.TooLarge($"the call has {operations.Count} operations, and at most {limits.Operations} are allowed. Send fewer at a time.");
        var large = files.FirstOrDefault(file => file.Value.Length > limits.FileLength);
        return large.Key is null ? null : ProblemText.TooLarge($"{large.Key} has {large.Value.Length} characters, and files of at most {limits.FileLength} can be edited.");
    }

    private Dictionary<string, List<PlannedOperation>> GroupByFile()
    {
        var groups = new Dictionary<string, List<PlannedOperation>>(StringComparer.Ordinal);
        var seen = new Dictionary<EditOperation, int>();
        for (var index = 0; index < operations.Count; index++)
        {
            var operation = operations[index];
            // A model that sends the same operation twice means it once.
            if (!seen.TryAdd(operation, index))
            {
                applied.Add(new AppliedEdit(index, operation.Path ?? "", 0, MatchTier.Exact, Changed: false));
                continue;
            }

            if (PathOf(operation, index) is not { } path)
                continue;
            if (!groups.TryGetValue(path, out var group))
                groups[path] = group = [];
            group.Add(new PlannedOperation(index, operation));
        }

        return groups;
    }

    private string? PathOf(EditOperation operation, int index)
    {
        var mustFindText = operation is ReplaceText or InsertText or DeleteText;
        if (paths.Find(operation.Path, mustFindText) is { } known)
            return known;
        var path = PathRules.Clean(operation.Path);
        var makesFile = operation is WriteFile || (operation is ReplaceText replace && string.IsNullOrWhiteSpace(replace.Old));
        if (path.Length == 0 || !makesFile)
        {
            problems.Add(ProblemText.UnknownFile(index, operation, files.Keys));
            return null;
        }

        if (PathRules.IsSafe(path))
            return path;
        problems.Add(ProblemText.UnsafePath(index, path));
        return null;
    }

    private void ApplyToFile(string path, List<PlannedOperation> group)
    {
        var exists = files.TryGetValue(path, out var content);
        if (Stale(path, group, content))
            return;
        var whole = group.Where(planned => planned.Operation is WriteFile or DeleteFile || (!exists && planned.Operation is ReplaceText)).ToList();
        if (whole.Count > 0)
        {
            if (group.Count > 1)
                problems.AddRange(group.Skip(1).Select(planned => ProblemText.Overlap(planned.Index, path, group[0].Index, [])));
            else
                ApplyWhole(path, whole[0], content);
            return;
        }

        var moves = group.Where(planned => planned.Operation is MoveFile).ToList();
        var edits = group.Where(planned => planned.Operation is not MoveFile).ToList();
        if (moves.Count > 1)
            problems.AddRange(moves.Skip(1).Select(planned => ProblemText.Overlap(planned.Index, path, moves[0].Index, [])));
        var edited = new FileEdits(path, content!, limits).Apply(edits, problems, applied);
        if (moves.Count == 1)
            Move(path, moves[0], edited);
        else if (edited != content)
            changed[path] = edited;
    }

    private bool Stale(string path, List<PlannedOperation> group, string? content)
    {
        var hash = group.Exists(planned => planned.Operation.BaseHash is not null) ? ContentHash.Of(content ?? "") : null;
        var stale = group.Where(planned => planned.Operation.BaseHash is { } expected && !expected.Equals(hash, StringComparison.OrdinalIgnoreCase)).ToList();
        problems.AddRange(stale.Select(planned => ProblemText.Stale(planned.Index, path)));
        return stale.Count > 0;
    }

    private void ApplyWhole(string path, PlannedOperation planned, string? content)
    {
        switch (planned.Operation)
        {
            case DeleteFile delete when delete.Content is not null && !SameText(delete.Content, content!):
                problems.Add(ProblemText.Stale(planned.Index, path));
                break;
            case DeleteFile:
                changed[path] = null;
                applied.Add(new AppliedEdit(planned.Index, path, 0, MatchTier.Exact, Changed: true));
                break;
            case WriteFile write:
                Write(path, planned.Index, write.Content, write.Overwrite, content);
                break;
            case ReplaceText create:
                Write(path, planned.Index, create.New, overwrite: false, content);
                break;
        }
    }

    private static bool SameText(string left, string right) =>
        left.ReplaceLineEndings("\n").TrimEnd().Equals(right.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd(), StringComparison.Ordinal);

    private void Write(string path, int index, string wanted, bool overwrite, string? content)
    {
        wanted = WholeFile.Unwrap(path, wanted, content);
        var problem = content is null && changed.ContainsKey(path) ? ProblemText.FileExists(index, path) : WholeFile.Check(index, path, wanted, overwrite, content);
        if (problem is not null)
        {
            problems.Add(problem);
            return;
        }

        var written = content is null ? wanted : WholeFile.InStyleOf(content, wanted);
        if (written != content)
            changed[path] = written;
        applied.Add(new AppliedEdit(index, path, 0, MatchTier.Exact, written != content));
    }

    private void Move(string path, PlannedOperation planned, string edited)
    {
        var target = PathRules.Clean(((MoveFile)planned.Operation).NewPath);
        if (target == path)
        {
            applied.Add(new AppliedEdit(planned.Index, path, 0, MatchTier.Exact, Changed: false));
            if (edited != files[path])
                changed[path] = edited;
            return;
        }

        if (!PathRules.IsSafe(target))
            problems.Add(ProblemText.UnsafePath(planned.Index, target));
        else if (files.ContainsKey(target) || changed.ContainsKey(target))
            problems.Add(ProblemText.FileExists(planned.Index, target));
        else
        {
            changed[path] = null;
            changed[target] = edited;
            applied.Add(new AppliedEdit(planned.Index, path, 0, MatchTier.Exact, Changed: true));
        }
    }
}

/// <summary>An operation and its number in the call.</summary>
internal readonly record struct PlannedOperation(int Index, EditOperation Operation);
