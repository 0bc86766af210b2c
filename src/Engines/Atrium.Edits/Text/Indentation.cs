namespace Atrium.Edits.Text;

/// <summary>Leading white space: taking it apart, and a file's habit.</summary>
internal static class Indentation
{
    /// <summary>Stands for "one tab a level" where other values are spaces a level.</summary>
    public const int Tab = 0;

    public static string Of(ReadOnlySpan<char> line) => line[..^line.TrimStart().Length].ToString();

    /// <summary>Levels and left-over spaces under a unit; null when the white space does not fit it.</summary>
    public static (int Level, int Spare)? Measure(string indent, int unit)
    {
        var tabs = indent.AsSpan().IndexOfAnyExcept('\t');
        if (tabs < 0)
            tabs = indent.Length;
        if (indent.AsSpan(tabs).ContainsAnyExcept(' '))
            return null;
        if (unit == Tab)
            return (tabs, indent.Length - tabs);
        return tabs > 0 ? null : (indent.Length / unit, indent.Length % unit);
    }

    public static string Render(int level, int rest, int unit) =>
        unit == Tab ? new string('\t', level) + new string(' ', rest) : new string(' ', (level * unit) + rest);

    /// <summary>The unit that most steps from one line to a deeper one take; null when nothing is indented.</summary>
    public static int? Detect(IEnumerable<string> indents)
    {
        var tabs = 0;
        var steps = new int[9];
        var previous = 0;
        foreach (var indent in indents)
        {
            if (indent.StartsWith('\t'))
            {
                tabs++;
                continue;
            }

            var step = indent.Length - previous;
            if (step is > 1 and <= 8)
                steps[step]++;
            previous = indent.Length;
        }

        var best = Array.IndexOf(steps, steps.Max());
        if (tabs > steps.Sum())
            return Tab;
        return steps[best] > 0 ? best : null;
    }
}
