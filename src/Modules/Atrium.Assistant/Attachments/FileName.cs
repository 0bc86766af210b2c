using System.Globalization;
using System.Text;

namespace Atrium.Assistant.Attachments;

/// <summary>Makes a name that is safe to show, to send in a header and to save.</summary>
internal static class FileName
{
    public const int Length = 120;
    private const string Unnamed = "file";

    /// <summary>The last part of a path, without control, format (such as direction overrides) and reserved characters; at most 120 letters, the extension kept.</summary>
    public static string Clean(string? given)
    {
        var last = (given ?? "").Split('/', '\\')[^1];
        var name = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || rune == Rune.ReplacementChar)
                continue;
            name.Append(rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' ? "_" : rune.ToString());
        }
        var clean = name.ToString().Trim(' ', '.');
        return clean.Length == 0 ? Unnamed : Shorten(clean);
    }

    private static string Shorten(string name)
    {
        if (name.Length <= Length)
            return name;
        var extension = Path.GetExtension(name);
        if (extension.Length > 16)
            extension = "";
        return PlainText.Clean(name[..(Length - extension.Length)]).TrimEnd('\uFFFD', ' ', '.') + extension;
    }
}
