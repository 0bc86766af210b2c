namespace Atrium.Edits;

/// <summary>The problems of a call in one text.</summary>
public static class EditProblems
{
    private const int MostLines = 40;

    /// <summary>Joins what a model should read, at most 40 lines; what does not fit is counted, not shown.</summary>
    /// <param name="problems">The problems of a refused call.</param>
    /// <returns>The text; empty when there are no problems.</returns>
    public static string ForModel(IReadOnlyList<EditProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var lines = new List<string>();
        for (var index = 0; index < problems.Count; index++)
        {
            var text = problems[index].ForModel.Split('\n');
            // The closing sentence about the whole call is said once.
            var own = index + 1 < problems.Count ? text[..^1] : text;
            if (index > 0 && lines.Count + own.Length > MostLines - 2)
            {
                lines.Add($"{problems.Count - index} more operations were refused.");
                lines.Add(text[^1]);
                break;
            }

            lines.AddRange(own);
        }

        return string.Join('\n', lines.Take(MostLines));
    }
}
