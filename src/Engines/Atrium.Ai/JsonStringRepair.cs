using System.Globalization;
using System.Text;

namespace Atrium.Ai;

/// <summary>Reads a JSON string literal that is not whole: half of a surrogate pair, or bytes that were no UTF-8.</summary>
internal static class JsonStringRepair
{
    /// <summary>The text of a literal that is valid JSON (quotes included); each lone surrogate becomes U+FFFD.</summary>
    public static string Unescape(string literal)
    {
        var text = new StringBuilder(literal.Length);
        for (var i = 1; i < literal.Length - 1; i++)
        {
            if (literal[i] != '\\')
            {
                text.Append(literal[i]);
                continue;
            }
            var escape = literal[++i];
            if (escape == 'u')
            {
                text.Append((char)ushort.Parse(literal.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => escape });
            }
        }
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
