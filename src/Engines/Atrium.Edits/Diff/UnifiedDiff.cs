using System.Globalization;
using System.Text;
using Atrium.Edits.Matching;
using Atrium.Edits.Parsing;

namespace Atrium.Edits;

/// <summary>Writes changes in the form that <c>git apply</c> takes.</summary>
public static class UnifiedDiff
{
    /// <summary>The change of one file.</summary>
    /// <param name="path">The file's path, relative and with forward slashes.</param>
    /// <param name="before">The old content; null when the file is new.</param>
    /// <param name="after">The new content; null when the file goes away.</param>
    /// <param name="context">Unchanged lines around each change; 3 is usual, 0 or more.</param>
    /// <returns>The diff with headers; empty when nothing changed.</returns>
    public static string Write(string path, string? before, string? after, int context = 3) => Write(FileDiff.Between(path, before, after, context));

    /// <summary>The change of one file.</summary>
    /// <param name="diff">The change.</param>
    /// <returns>The diff with headers; empty when nothing changed.</returns>
    public static string Write(FileDiff diff)
    {
        ArgumentNullException.ThrowIfNull(diff);
        if (diff.Before == diff.After)
            return "";
        var output = new StringBuilder();
        var (old, @new) = (DiffPath.Write("a/" + diff.Path), DiffPath.Write("b/" + diff.Path));
        output.Append("diff --git ").Append(old).Append(' ').Append(@new).Append('\n');
        if (diff.Before is null)
            output.Append("new file mode 100644\n");
        else if (diff.After is null)
            output.Append("deleted file mode 100644\n");
        if (diff.Hunks.Count == 0)
            return output.ToString();
        // A name with a space needs the tab behind it, or its end cannot be told.
        var end = diff.Path.Contains(' ', StringComparison.Ordinal) ? "\t\n" : "\n";
        output.Append("--- ").Append(diff.Before is null ? "/dev/null\n" : old + end);
        output.Append("+++ ").Append(diff.After is null ? "/dev/null\n" : @new + end);
        foreach (var hunk in diff.Hunks)
            Append(output, hunk);
        return output.ToString();
    }

    internal static void Append(StringBuilder output, DiffHunk hunk)
    {
        output.Append(CultureInfo.InvariantCulture, $"@@ -{Range(hunk.OldStart, hunk.OldCount)} +{Range(hunk.NewStart, hunk.NewCount)} @@\n");
        foreach (var line in hunk.Lines)
        {
            output.Append(line.Kind switch { DiffLineKind.Added => '+', DiffLineKind.Removed => '-', _ => ' ' }).Append(line.Text);
            if (!line.Text.EndsWith('\n'))
                output.Append("\n\\ No newline at end of file\n");
        }
    }

    private static string Range(int start, int count) => count == 1 ? $"{start}" : $"{(count == 0 ? start - 1 : start)},{count}";
}
