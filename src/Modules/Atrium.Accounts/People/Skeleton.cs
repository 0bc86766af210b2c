using System.Globalization;
using System.Text;

namespace Atrium.Accounts.People;

/// <summary>
/// What a name looks like, after Unicode Technical Standard #39 (skeletons of confusable strings), for the scripts that names here mix:
/// Latin, Cyrillic and Greek. Stricter than its table in two ways: a letter also counts as what its capital looks like, and i, l, 1 are one.
/// </summary>
internal static class Skeleton
{
    private static readonly Dictionary<char, char> LooksLike = Table(
        // Cyrillic
        ("а", 'a'), ("вь", 'b'), ("с", 'c'), ("ԁ", 'd'), ("еєҽ", 'e'), ("ԍ", 'g'), ("нһ", 'h'), ("іӏ", 'l'), ("ј", 'j'), ("кқ", 'k'), ("м", 'm'), ("п", 'n'),
        ("оө", 'o'), ("р", 'p'), ("ԛ", 'q'), ("г", 'r'), ("ѕ", 's'), ("т", 't'), ("ѵ", 'v'), ("ԝѡ", 'w'), ("хҳ", 'x'), ("уү", 'y'),
        // Greek
        ("α", 'a'), ("βϐ", 'b'), ("ϲ", 'c'), ("εϵ", 'e'), ("η", 'h'), ("ι", 'l'), ("ϳ", 'j'), ("κϰ", 'k'), ("μ", 'm'), ("νυ", 'v'), ("οσ", 'o'), ("ρϱ", 'p'), ("τ", 't'), ("ωϖ", 'w'),
        ("χ", 'x'), ("γ", 'y'), ("ζ", 'z'),
        // Latin
        ("ɑ", 'a'), ("ɡ", 'g'), ("iıɩɪ1", 'l'), ("ȷ", 'j'), ("0", 'o'), ("ʋ", 'v'), ("ƴ", 'y'));

    /// <param name="key">A name in the form in which names are compared.</param>
    public static string Of(string key)
    {
        var look = new StringBuilder(key.Length);
        foreach (var letter in key.Normalize(NormalizationForm.FormD))
        {
            var plain = char.IsDigit(letter) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter)) : letter;
            look.Append(LooksLike.GetValueOrDefault(plain, plain));
        }
        return look.Replace("rn", "m").ToString().Normalize(NormalizationForm.FormC);
    }

    private static Dictionary<char, char> Table(params (string Letters, char Look)[] rows) =>
        rows.SelectMany(row => row.Letters.Select(letter => (letter, row.Look))).DistinctBy(pair => pair.letter).ToDictionary(pair => pair.letter, pair => pair.Look);
}
