using System.Text.RegularExpressions;

namespace Atrium.Ai.Offline;

/// <summary>Answers "5 km in miles", "how many grams are in 2 pounds", "5 ft 3 in to cm".</summary>
internal sealed partial class UnitConversion(Phrases phrases)
{
    private const int LongestQuestion = 120;

    /// <summary>The answer, or null when the question is no conversion.</summary>
    /// <param name="question">Plain text.</param>
    /// <param name="value">Calculates the number before a unit.</param>
    public string? Answer(string question, Func<string, double?> value)
    {
        if (question.Length > LongestQuestion)
            return null;
        if (HowMany().Match(question) is { Success: true } asked
            && Unit.Find(asked.Groups["to"].Value.Trim()) is { } wanted
            && Amount(asked.Groups["from"].Value, value) is { } known)
            return Convert(known.Value, known.Unit, wanted, asked.Groups["from"].Value);
        // "12 in in cm": each "in" may be the inch or the word, so every split is tried, the last first.
        foreach (var split in Into().Matches(question).Reverse())
            if (Unit.Find(question[(split.Index + split.Length)..].Trim()) is { } to
                && Amount(question[..split.Index], value) is { } from)
                return Convert(from.Value, from.Unit, to, question[..split.Index]);
        return null;
    }

    private string? Convert(double value, Unit from, Unit to, string asked)
    {
        if (from.Dimension != to.Dimension)
            return phrases.OtherDimension(from.Symbol, to.Symbol);
        var result = ((value * from.Factor) + from.Offset - to.Offset) / to.Factor;
        if (!double.IsFinite(result))
            return phrases.TooLarge;
        var rounded = Significant(result);
        var isExact = Math.Abs(rounded - result) <= Math.Abs(result) * 1e-12;
        return $"{asked.Trim()} {(isExact ? "=" : "≈")} **{phrases.Numbers.Write(rounded)} {to.Symbol}**";
    }

    /// <summary>"5 km", "5 ft 3 in", "half" of nothing: a number with a unit, or several of one dimension.</summary>
    private static (double Value, Unit Unit)? Amount(string text, Func<string, double?> value)
    {
        var parts = Parts().Matches(text.Trim());
        if (parts.Count == 0 || parts.Sum(part => part.Length) != text.Trim().Length)
            return null;
        (double Value, Unit Unit)? sum = null;
        foreach (Match part in parts)
        {
            if (Unit.Find(part.Groups["unit"].Value.Trim()) is not { } unit || value(part.Groups["value"].Value) is not { } number)
                return null;
            if (sum is null)
                sum = (number, unit);
            else if (sum.Value.Unit.Dimension == unit.Dimension && unit.Offset == 0)
                sum = (sum.Value.Value + (number * unit.Factor / sum.Value.Unit.Factor), sum.Value.Unit);
            else
                return null;
        }
        return sum;
    }

    private static double Significant(double value)
    {
        if (value == 0)
            return 0;
        var scale = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 6);
        // Seven digits, but never fewer than the whole part has.
        return scale >= 1 ? Math.Round(value) : Math.Round(value / scale) * scale;
    }

    [GeneratedRegex("^(?:how many|how much|cuantos|cuantas|bao nhieu) (?<to>.+?) (?:are in|is in|are there in|in|hay en|son|trong|bang) (?<from>.+)\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HowMany();

    [GeneratedRegex("(?<= )(?:in|to|into|as|a|en|sang|ra|thanh|bang bao nhieu|la bao nhieu|bang|=)(?= )", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Into();

    [GeneratedRegex("""(?<value>[-+0-9(][-+*/^0-9.,() ]*?) ?(?<unit>°?[a-z"'][a-z/³"' -]*(?:[a-z0-9³"'])?|°[cf]|["'])(?= ?[0-9]|\z) ?""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
