using System.Buffers;

namespace Atrium.Edits.Applying;

/// <summary>Which file of the call a path means, and which paths may be made.</summary>
internal sealed class PathRules(IReadOnlyDictionary<string, string> files)
{
    private const int LongestPath = 1024;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(":<>|?*");

    /// <summary>The one file that the path means; null when none or several could be meant.</summary>
    /// <param name="path">The path as the model wrote it.</param>
    /// <param name="lenient">Also accept an absolute path; only for operations that must find their text.</param>
    public string? Find(string? path, bool lenient)
    {
        var wanted = Clean(path);
        if (wanted.Length == 0)
            return files.Count == 1 ? files.Keys.First() : null;
        if (files.ContainsKey(path!))
            return path;
        if (files.ContainsKey(wanted))
            return wanted;
        var longer = files.Keys.Where(file => EndsWithPath(file, wanted)).Take(2).ToList();
        if (longer.Count > 0)
            return longer.Count == 1 && (lenient || files.Count == 1) ? longer[0] : null;
        // An absolute path says where the folder is mounted; a relative one with more folders says another file.
        if (!lenient || !(wanted[0] == '/' || (wanted.Length > 2 && wanted[1] == ':')))
            return null;
        var shorter = files.Keys.Where(file => EndsWithPath(wanted, file)).OrderByDescending(file => file.Length).ToList();
        return shorter.Count > 0 ? shorter[0] : null;
    }

    /// <summary>Without quotes, back-slashes and a leading <c>./</c>.</summary>
    public static string Clean(string? path)
    {
        var clean = (path ?? "").Trim().Trim('`', '"', '\'', '*').Trim().Replace('\\', '/');
        while (clean.StartsWith("./", StringComparison.Ordinal))
            clean = clean[2..];
        return clean;
    }

    /// <summary>Relative, inside the folder, nothing of version control, no device or stream names.</summary>
    public static bool IsSafe(string path)
    {
        if (path.Length is 0 or > LongestPath || path[0] == '/' || path.AsSpan().ContainsAny(Forbidden) || path.Any(char.IsControl))
            return false;
        return path.Split('/').All(segment =>
            segment.Length > 0 && segment is not ("." or "..") && segment[^1] is not (' ' or '.') && segment[0] != ' '
            && !segment.Equals(".git", StringComparison.OrdinalIgnoreCase) && !segment.StartsWith("git~", StringComparison.OrdinalIgnoreCase));
    }

    private static bool EndsWithPath(string path, string end) =>
        path.Length > end.Length && path.EndsWith(end, StringComparison.Ordinal) && path[^(end.Length + 1)] == '/';
}
