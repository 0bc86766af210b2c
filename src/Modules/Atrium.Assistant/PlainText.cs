using System.Globalization;
using System.Text;

namespace Atrium.Assistant;

/// <summary>Text as both databases can keep and search it.</summary>
internal static class PlainText
{
    /// <summary>Takes out what PostgreSQL cannot store: NUL, and halves of surrogate pairs.</summary>
    public static string Clean(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && IsWhole(text))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.Value == 0 ? Rune.ReplacementChar.ToString() : rune.ToString());
        return clean.ToString();
    }

    /// <summary>
    /// Lower case without accents, one letter for each letter of the composed text, so that a place in the folded text is a place in it.
    /// </summary>
    public static string Fold(string text)
    {
        var composed = Compose(text);
        return string.Create(composed.Length, composed, static (folded, source) =>
        {
            for (var index = 0; index < source.Length; index++)
                folded[index] = Fold(source[index]);
        });
    }

    /// <summary>The form of a text whose places match <see cref="Fold(string)"/>.</summary>
    public static string Compose(string text)
    {
        var clean = Clean(text);
        return clean.IsNormalized(NormalizationForm.FormC) ? clean : clean.Normalize(NormalizationForm.FormC);
    }

    private static char Fold(char letter)
    {
        if (letter < 0x80)
            return char.ToLowerInvariant(letter);
        if (letter is 'đ' or 'Đ')
            return 'd';
        if (char.IsSurrogate(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter))
            return letter;
        return char.ToLowerInvariant(letter.ToString().Normalize(NormalizationForm.FormD)[0]);
    }

    private static bool IsWhole(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
                continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
                return false;
            index++;
        }
        return true;
    }
}
