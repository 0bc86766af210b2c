using System.Text;

namespace Atrium.Edits.Parsing;

/// <summary>Paths as diffs write them: perhaps quoted with octal escapes, perhaps followed by a time.</summary>
internal static class DiffPath
{
    public static string Read(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith('"') && trimmed.LastIndexOf('"') is > 0 and var end)
            return Unquote(trimmed[1..end]);
        var tab = trimmed.IndexOf('\t', StringComparison.Ordinal);
        return tab < 0 ? trimmed : trimmed[..tab];
    }

    /// <summary>The second path of a <c>diff --git</c> line.</summary>
    public static string SecondOf(string pair)
    {
        var quoted = pair.LastIndexOf(" \"", StringComparison.Ordinal);
        if (quoted >= 0)
            return Read(pair[(quoted + 1)..]);
        var at = pair.LastIndexOf(" b/", StringComparison.Ordinal);
        return at < 0 ? Read(pair.Split(' ')[^1]) : Read(pair[(at + 1)..]);
    }

    /// <summary>As git writes it: quoted only when it holds a quote, a backslash, a control or a non-ASCII character.</summary>
    public static string Write(string path)
    {
        if (!path.Any(character => character is '"' or '\\' or < ' ' or > '~'))
            return path;
        var quoted = new StringBuilder("\"");
        foreach (var unit in Encoding.UTF8.GetBytes(path))
        {
            if (unit is (byte)'"' or (byte)'\\')
                quoted.Append('\\').Append((char)unit);
            else if (unit is < 0x20 or > 0x7E)
                quoted.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0'));
            else
                quoted.Append((char)unit);
        }

        return quoted.Append('"').ToString();
    }

    private static string Unquote(string text)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '\\' || index + 1 == text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[index].ToString()));
                continue;
            }

            if (index + 3 < text.Length && text.AsSpan(index + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                bytes.Add((byte)Convert.ToInt32(text.Substring(index + 1, 3), 8));
                index += 3;
                continue;
            }

            index++;
            bytes.Add(text[index] switch { 'n' => (byte)'\n', 't' => (byte)'\t', 'r' => (byte)'\r', var other => (byte)other });
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
