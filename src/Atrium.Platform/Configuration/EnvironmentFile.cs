namespace Atrium.Platform.Configuration;

/// <summary>Reads <c>.env</c> files: <c>NAME=value</c> lines, <c>#</c> comments, optional quotes and <c>export</c>.</summary>
internal static class EnvironmentFile
{
    private const UnixFileMode OthersMayRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <exception cref="FormatException">A line is neither blank, a comment, nor an assignment. The message has its number, not its text.</exception>
    public static Dictionary<string, string> Parse(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var raw in lines)
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith("export ", StringComparison.Ordinal))
                line = line[7..].TrimStart();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw new FormatException($"line {number} is not NAME=value.");
            values[line[..equals].TrimEnd()] = Unquote(line[(equals + 1)..].Trim());
        }
        return values;
    }

    /// <returns>True when people other than the owner can read the file (never on Windows, which has no such modes).</returns>
    public static bool IsReadableByOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersMayRead) != UnixFileMode.None;

    private static string Unquote(string value)
    {
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
            return value[1..^1];
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
