using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Atrium.Ai.Offline;

/// <summary>Brings a question into the one form the rules are written in.</summary>
internal static partial class PlainText
{
    /// <summary>Lower case, no accents (mấy giờ → may gio), single spaces, no question marks and no full stop at the end.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark)
                plain.Append(letter is 'đ' or 'Đ' ? 'd' : letter);
        var lower = plain.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant().Replace("¿", "", StringComparison.Ordinal).Replace("¡", "", StringComparison.Ordinal);
        var line = Spaces().Replace(lower, " ").Trim().TrimEnd('?', '.', '=', ' ');
        // "5!" is a factorial, "hello!" is not.
        return line.Length > 1 && (char.IsAsciiDigit(line.TrimEnd('!').LastOrDefault()) || line.EndsWith(")!", StringComparison.Ordinal)) ? line : line.TrimEnd('!', ' ');
    }

    /// <summary>A place as people write it: capitals at the beginnings, all capitals for short forms such as UTC.</summary>
    public static string Title(string plain) =>
        plain.Length <= 3 ? plain.ToUpperInvariant() : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(plain);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
