namespace Atrium.Edits;

/// <summary>Something that a check finds wrong in a content.</summary>
/// <param name="Message">What is wrong, in one sentence and without line number.</param>
/// <param name="Line">1-based line.</param>
public sealed record CheckFinding(string Message, int Line);

/// <summary>A plug-in that looks at a whole content of the kinds it knows, typically with a parser of that language.</summary>
public interface IEditCheck
{
    /// <summary>Whether the check knows this kind of file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>True when <see cref="Find"/> may be called.</returns>
    bool Knows(string path);

    /// <summary>Everything that is wrong with the content, whether new or old.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <returns>The findings in order of their lines.</returns>
    IReadOnlyList<CheckFinding> Find(string path, string content);
}

/// <summary>Compares what checks find before and after an edit, so that only new problems count.</summary>
public static class EditChecks
{
    /// <summary>Problems that the edit brought in. What was wrong before is not reported, also when it moved to another line.</summary>
    /// <param name="checks">The plug-ins.</param>
    /// <param name="before">Contents before the edit, by path.</param>
    /// <param name="after">The edit's result.</param>
    /// <returns>New findings by path; files without any are left out.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<CheckFinding>> FindNew(
        IReadOnlyCollection<IEditCheck> checks, IReadOnlyDictionary<string, string> before, EditResult after)
    {
        ArgumentNullException.ThrowIfNull(checks);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var found = new Dictionary<string, IReadOnlyList<CheckFinding>>(StringComparer.Ordinal);
        foreach (var (path, content) in after.Files)
        {
            if (content is null)
                continue;
            var fresh = checks.Where(check => check.Knows(path)).SelectMany(check => NewOf(check, path, before.GetValueOrDefault(path), content)).ToList();
            if (fresh.Count > 0)
                found[path] = fresh;
        }

        return found;
    }

    private static List<CheckFinding> NewOf(IEditCheck check, string path, string? before, string after)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var finding in before is null ? [] : check.Find(path, before))
            known[finding.Message] = known.GetValueOrDefault(finding.Message) + 1;
        var fresh = new List<CheckFinding>();
        foreach (var finding in check.Find(path, after))
        {
            // The same words as often as before are the same problems.
            if (known.TryGetValue(finding.Message, out var left) && left > 0)
                known[finding.Message] = left - 1;
            else
                fresh.Add(finding);
        }

        return fresh;
    }
}
