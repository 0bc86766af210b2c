namespace Atrium.Edits.Parsing;

/// <summary>Recognises a format by the first line that only it has.</summary>
internal static class FormatDetector
{
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
            start = feed < 0 ? text.Length : feed + 1;
            if (OfLine(line, previous, isFirst) is { } format)
                return format;
            isFirst &= line.Trim().Length == 0 || line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            previous = line;
        }

        return null;
    }

    private static EditFormat? OfLine(string line, string? previous, bool isFirst)
    {
        if (line.StartsWith("*** Begin Patch", StringComparison.Ordinal) || line.StartsWith("*** Update File:", StringComparison.Ordinal))
            return EditFormat.V4A;
        if (SearchReplaceReader.IsSearchMarker(line))
            return EditFormat.SearchReplace;
        if (line.StartsWith("diff --git ", StringComparison.Ordinal)
            || (line.StartsWith("@@", StringComparison.Ordinal) && UnifiedDiffReader.IsHunkHeader(line))
            || (line.StartsWith("+++ ", StringComparison.Ordinal) && previous?.StartsWith("--- ", StringComparison.Ordinal) == true))
            return EditFormat.UnifiedDiff;
        return isFirst && line.TrimStart() is ['{' or '[', ..] ? EditFormat.StrReplace : null;
    }
}
