using System.Globalization;
using System.Text;

namespace Atrium.Edits.Text;

/// <summary>One thing that folding compares: what it counts as, and how it is really written.</summary>
internal readonly record struct FoldUnit(string Folded, string Raw);

/// <summary>Takes text apart into units that fold one for one, so that equal stretches can keep the file's own characters.</summary>
internal static class FoldUnits
{
    public static List<FoldUnit> Of(IEnumerable<string> lines)
    {
        var units = new List<FoldUnit>();
        foreach (var line in lines)
        {
            if (units.Count > 0)
                units.Add(new FoldUnit("\n", "\n"));
            Add(line.Trim(), units);
        }

        return units;
    }

    private static void Add(string line, List<FoldUnit> units)
    {
        var start = 0;
        var lineStart = units.Count;
        while (start < line.Length)
        {
            var length = LengthOfUnit(line, start);
            var raw = line.Substring(start, length);
            if (TextFold.IsInvisible(raw[0]) && units.Count > lineStart)
                units[^1] = units[^1] with { Raw = units[^1].Raw + raw };
            else
                units.Add(new FoldUnit(Fold(raw), raw));
            start += length;
        }
    }

    private static int LengthOfUnit(string line, int start)
    {
        if (line.AsSpan(start).StartsWith("..."))
            return 3;
        var end = start + (char.IsHighSurrogate(line[start]) && start + 1 < line.Length ? 2 : 1);
        if (char.IsWhiteSpace(line[start]))
        {
            while (end < line.Length && char.IsWhiteSpace(line[end]))
                end++;
            return end - start;
        }

        while (end < line.Length && (IsMark(line[end]) || (IsJamo(line[start]) && IsJamo(line[end]))))
            end++;
        return end - start;
    }

    private static string Fold(string raw)
    {
        if (char.IsWhiteSpace(raw[0]))
            return " ";
        if (raw is "..." or "…")
            return "...";
        if (raw.Length == 1)
            return TextFold.IsInvisible(raw[0]) ? "" : TextFold.Punctuation(raw[0]).ToString();
        try
        {
            return raw.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return raw;
        }
    }

    private static bool IsMark(char character) =>
        character >= '\u0300' && !TextFold.IsInvisible(character)
        && CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsJamo(char character) => character is >= '\u1100' and <= '\u11FF';
}
