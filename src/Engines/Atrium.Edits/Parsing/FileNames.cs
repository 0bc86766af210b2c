using System.Text.RegularExpressions;

namespace Atrium.Edits.Parsing;

/// <summary>Recognises a line of an answer that names a file.</summary>
internal sealed partial class FileNames(IReadOnlyCollection<string> known)
{
    private const int LongestLine = 400;

    /// <summary>True when all files of the call are Markdown, whose own fences are content.</summary>
    public bool AreMarkdown => known.Count > 0 && known.All(file => file.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase));

    /// <summary>The path that the line names, or null.</summary>
    public string? In(string line)
    {
        var tag = Tag().Match(line);
        var text = tag.Success ? tag.Groups["name"].Value : Decoration().Replace(line.Trim(), "").TrimEnd(':', ' ');
        text = text.Trim().Trim('`', '*', '"', '\'').TrimEnd(':').Trim();
        if (line.Length > LongestLine)
            return null;
        if (text.Contains(' ', StringComparison.Ordinal) && !IsKnown(text))
            return AreMarkdown ? null : InProse(line);
        if (text.Length == 0)
            return null;
        return IsKnown(text) || (PathLike().IsMatch(text) && !text.StartsWith("http", StringComparison.Ordinal)) ? text : null;
    }

    /// <summary>The one file of the call that a sentence quotes, as in "Now change `utils.js` likewise:".</summary>
    private string? InProse(string line)
    {
        var quoted = Quoted().Matches(line).Select(match => match.Groups["name"].Value).Where(IsKnown).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return quoted.Count == 1 ? quoted[0] : null;
    }

    /// <summary>True when the path is that of a file of the call, or ends one.</summary>
    public bool IsKnown(string path)
    {
        var clean = path.Replace('\\', '/').TrimStart('.', '/');
        return known.Any(file => file == path || file == clean || file.EndsWith("/" + clean, StringComparison.Ordinal));
    }

    /// <summary>The file named in the info string of a fence: <c>```js src/app.js</c>, <c>```js:src/app.js</c>, <c>```src/app.js</c>.</summary>
    public string? InFence(string fence)
    {
        var info = fence.Trim().TrimStart('`', '~').Trim();
        var parts = info.Split([' ', ':'], 2);
        if (parts.Length == 2)
            return In(Attribute().Replace(parts[1], "${name}"));
        return info.Contains('.', StringComparison.Ordinal) || IsKnown(info) ? In(info) : null;
    }

    [GeneratedRegex(@"^(\#{1,6}\s+|[-*]\s+|\d+[.)]\s+)?(\*\*)?((file|filename|path)\s*:\s*|//\s*|(in|update|edit|create)\s+)?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Decoration();

    [GeneratedRegex("[`*\"](?<name>[^`*\"]+)[`*\"]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\s*<(path|file_path|file|filename)>(?<name>[^<]+)</", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex("""^(title|file|filename|path)=["']?(?<name>[^"']+)["']?$""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^[\w@.+\-/\\()\[\]$~]*(\.[A-Za-z]\w{0,11}|/?(Makefile|Dockerfile|LICENSE|README|\.gitignore|\.env|\.editorconfig))$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PathLike();
}
