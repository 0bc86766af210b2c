using System.Globalization;
using Atrium.Edits.Text;

namespace Atrium.Edits.Applying;

/// <summary>Shows a block of an operation beside the stretch of the file that is nearest to it.</summary>
internal static class Difference
{
    private const int MostLines = 22;
    private const int Width = 120;
    private const int MostNamed = 6;

    /// <summary>Lines of the file with their numbers; where they differ, the sent line above the file's and a mark under the differing characters.</summary>
    public static List<string> Show(SourceText source, LineBlock search, int firstLine, out int lastLine)
    {
        var asked = search.NonBlank.Select(line => search.Lines[line]).ToList();
        var lines = source.Keys.Lines;
        var start = Math.Max(0, lines.BinarySearch(firstLine));
        int[] numbers = [.. lines[start..Math.Min(lines.Length, start + asked.Count)]];
        lastLine = numbers[^1];
        var output = new List<string>();
        for (var index = 0; index < asked.Count && output.Count < MostLines; index++)
        {
            if (index >= numbers.Length)
            {
                output.Add($"  sent {"-",6} | {Cut(asked[index], 0)}");
                continue;
            }

            var found = source.Line(numbers[index]).ToString();
            if (found == asked[index])
                output.Add($"  file {numbers[index] + 1,6} | {Cut(found, 0)}");
            else
                output.AddRange(Pair(asked[index], found, numbers[index] + 1));
        }

        if (asked.Count > 0 && output.Count >= MostLines)
            output.Add("  (more lines left out)");
        return output;
    }

    private static IEnumerable<string> Pair(string asked, string found, int number)
    {
        var start = asked.AsSpan().CommonPrefixLength(found);
        var most = Math.Min(asked.Length, found.Length) - start;
        var same = 0;
        while (same < most && asked[^(same + 1)] == found[^(same + 1)])
            same++;
        var from = Math.Max(0, start - (Width / 2));
        yield return $"  sent {"",6} | {Cut(asked, from)}";
        yield return $"  file {number,6} | {Cut(found, from)}";
        var marks = Math.Clamp(found.Length - same - start, 1, Math.Max(1, Width - (start - from)));
        var description = Describe(asked[start..(asked.Length - same)], found[start..(found.Length - same)]);
        // Tabs stay tabs, so that the marks stand under what they mark.
        var margin = string.Concat(Cut(found, from).Take(start - from + (from > 0 ? 1 : 0)).Select(character => character == '\t' ? '\t' : ' '));
        yield return $"  {"",11} | {margin}{new string('^', marks)}{description}";
    }

    /// <summary>Names differences that cannot be seen: white space alone, and characters that look like others or like nothing.</summary>
    private static string Describe(string asked, string found)
    {
        if (asked.AsSpan().IsWhiteSpace() && found.AsSpan().IsWhiteSpace())
            return $" sent {Runs(asked)}, file has {Runs(found)}";
        var (sent, there) = (Unusual(asked), Unusual(found));
        return (sent.Length > 0 ? $" sent has {sent}" : "") + (sent.Length > 0 && there.Length > 0 ? "," : "") + (there.Length > 0 ? $" file has {there}" : "");
    }

    private static string Runs(string text)
    {
        if (text.Length == 0)
            return "nothing";
        var runs = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && text[end] == text[start])
                end++;
            var name = text[start] switch { ' ' => "space", '\t' => "tab", var other => Code(other) };
            runs.Add(end - start == 1 ? $"1 {name}" : $"{end - start} {name}s");
            start = end;
        }

        return string.Join(" and ", runs);
    }

    private static string Unusual(string text) =>
        string.Join(" ", text.Where(character => character > '~' || char.IsControl(character)).Distinct().Take(MostNamed).Select(Code));

    private static string Code(char character) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)character:X4}");

    private static string Cut(string line, int from)
    {
        var rest = line[Math.Min(from, line.Length)..];
        return (from > 0 ? "…" : "") + (rest.Length > Width ? rest[..Width] + "…" : rest);
    }
}
