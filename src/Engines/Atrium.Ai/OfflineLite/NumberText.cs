using System.Globalization;
using System.Text.RegularExpressions;

namespace Atrium.Ai.Offline;

/// <summary>Reads and writes numbers as a language does: 1,234.5 in English, 1.234,5 in Spanish and Vietnamese.</summary>
internal sealed partial class NumberText(bool hasDecimalComma)
{
    private readonly NumberFormatInfo _format = new()
    {
        NumberDecimalSeparator = hasDecimalComma ? "," : ".",
        NumberGroupSeparator = hasDecimalComma ? "." : ",",
        NegativeSign = "-",
    };

    /// <summary>Length of the number at the beginning of the text, 0 when there is none.</summary>
    public int Length(ReadOnlySpan<char> text)
    {
        foreach (var match in (hasDecimalComma ? CommaNumber() : PointNumber()).EnumerateMatches(text))
            return match.Length;
        return 0;
    }

    /// <summary>The number in the form that .NET reads.</summary>
    public string Invariant(ReadOnlySpan<char> number)
    {
        var text = number.ToString();
        return !hasDecimalComma ? text.Replace(",", "", StringComparison.Ordinal)
            // "3.5" is no group of three, so it can only be a decimal point.
            : Grouped().IsMatch(text) ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.')
            : text.Replace(',', '.');
    }

    /// <summary>At most ten decimals, thousands grouped.</summary>
    public string Write(decimal value) => Math.Round(value, 10).ToString("#,##0.##########", _format);

    /// <summary>Twelve significant digits, for what does not fit a decimal.</summary>
    public string Write(double value) =>
        Math.Abs(value) is >= 1e-9 and < 1e15 or 0 ? Write((decimal)value) : value.ToString("0.###########E+0", _format);

    [GeneratedRegex(@"^(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:(?:\.[0-9]+)|(?<=[0-9]))(?:e[+-]?[0-9]{1,3}(?![a-z0-9]))?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PointNumber();

    [GeneratedRegex(@"^(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)(?:e[+-]?[0-9]{1,3}(?![a-z0-9]))?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommaNumber();

    [GeneratedRegex(@"^[0-9]{1,3}(?:\.[0-9]{3})+(?:,|\z)|^[0-9]+,", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Grouped();
}
