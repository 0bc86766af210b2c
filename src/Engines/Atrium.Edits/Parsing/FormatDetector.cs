using System.Text.RegularExpressions;

namespace Atrium.Edits.Parsing;

/// <summary>Recognises a format by the first line that only it has.</summary>
internal static partial class FormatDetector
{
    private const int LongestLook = 1 << 16;

    /// <summary>The format; null while nothing decisive has been seen.</summary>
    /// <param name="text">The answer so far.</param>
    /// <param name="isWhole">Whether nothing more will come.</param>
    public static EditFormat? Detect(string text, bool isWhole)
    {
        string? previous = null;
        var isFirst = true;
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            if (feed < 0 && !isWhole)
                return null;
            var line = text[start..(feed < 0 ? text.Length : feed)].TrimEnd('\r');
            if (OfLine(line, previous) is { } format)
                return format;
            if ((isFirst || IsFence(previous)) && line.TrimStart() is ['{' or '[', ..] && EditKey().IsMatch(text.AsSpan(start, Math.Min(LongestLook, text.Length - start))))
                return EditFormat.StrReplace;
            isFirst &= line.Trim().Length == 0;
            start = feed < 0 ? text.Length : feed + 1;
            previous = line;
        }

        return null;
    }

    private static bool IsFence(string? line) => line?.TrimStart().StartsWith("```", StringComparison.Ordinal) == true;

    private static EditFormat? OfLine(string line, string? previous)
    {
        if (line.StartsWith("*** Begin Patch", StringComparison.Ordinal) || line.StartsWith("*** Update File:", StringComparison.Ordinal))
            return EditFormat.V4A;
        if (SearchReplaceReader.IsSearchMarker(line))
            return EditFormat.SearchReplace;
        var isDiff = line.StartsWith("diff --git ", StringComparison.Ordinal)
            || (line.StartsWith("@@", StringComparison.Ordinal) && UnifiedDiffReader.IsHunkHeader(line))
            || (line.StartsWith("+++ ", StringComparison.Ordinal) && previous?.StartsWith("--- ", StringComparison.Ordinal) == true);
        return isDiff ? EditFormat.UnifiedDiff : null;
    }

    // What only an edit's JSON has; a JSON file that is answered whole has its own names.
    [GeneratedRegex("""\\?"(old_str|old_string|oldText|old_text|oldString|old_content|search|find|edits|operations|insert_line|file_text|anchor|op|command|new_path)\\?"\s*:""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EditKey();
}
