using System.Globalization;
using System.Text;

namespace Atrium.Edits.Bench;

/// <summary>How an edit relates to the file.</summary>
internal enum EditKind
{
    /// <summary>Character for character.</summary>
    Exact,

    /// <summary>Space at line ends.</summary>
    TrailingSpace,

    /// <summary>Indented otherwise.</summary>
    Indentation,

    /// <summary>Typographic quotes.</summary>
    Punctuation,

    /// <summary>Escaped.</summary>
    Entities,

    /// <summary>Blank lines left out.</summary>
    BlankLines,

    /// <summary>Not there: all tiers, then the search for the nearest text.</summary>
    Miss,

    /// <summary>There many times.</summary>
    Ambiguous,
}

/// <summary>A made-up source file of any length, and edits of it.</summary>
internal static class SampleFile
{
    private const int AverageLine = 38;

    public static int LinesOf(int characters) => characters / AverageLine;

    public static string Make(int lines)
    {
        var text = new StringBuilder(lines * AverageLine);
        for (var line = 0; line < lines; line++)
            text.Append(Line(line)).Append('\n');
        return text.ToString();
    }

    public static ReplaceText Edit(EditKind kind, int around)
    {
        // A block of a comment, a blank line and four statements.
        var start = around / 8 * 8;
        var old = Enumerable.Range(start, 6).Select(Line).ToArray();
        string[] @new = [.. old[..5], old[5] + " // changed"];
        if (kind == EditKind.Exact)
            return new ReplaceText { Path = "a.js", Old = Line(around / 8 * 8 + 3), New = "changed();" };
        (old, @new) = kind switch
        {
            EditKind.Miss => (Each(old, line => line.Replace("value", "valve", StringComparison.Ordinal)), @new),
            EditKind.Ambiguous => (["    }"], ["    };"]),
            EditKind.TrailingSpace => (Each(old, line => line + " "), @new),
            EditKind.Indentation => (Each(old, line => "    " + line), Each(@new, line => "    " + line)),
            EditKind.Punctuation => (Each(old, line => line.Replace('"', '”')), Each(@new, line => line.Replace('"', '”'))),
            EditKind.Entities => (Each(old, Escape), Each(@new, Escape)),
            EditKind.BlankLines => ([.. old.Where(line => line.Length > 0)], [.. @new.Where(line => line.Length > 0)]),
            _ => (old, @new),
        };
        return new ReplaceText { Path = "a.js", Old = string.Join('\n', old) + "\n", New = string.Join('\n', @new) + "\n", WholeLines = true };
    }

    private static string Escape(string line) => line.Replace("\"", "&quot;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string[] Each(string[] lines, Func<string, string> change) => [.. lines.Select(line => line.Length == 0 ? line : change(line))];

    private static string Line(int line) => (line % 8) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"    // Step {line} of the long calculation"),
        1 => "",
        2 => string.Create(CultureInfo.InvariantCulture, $"    if (value_{line} > limit) {{"),
        3 => string.Create(CultureInfo.InvariantCulture, $"        report(\"value_{line} is too large\", {line});"),
        4 => "    }",
        5 => string.Create(CultureInfo.InvariantCulture, $"    total += value_{line} * factor({line % 97});"),
        6 => string.Create(CultureInfo.InvariantCulture, $"    const next_{line} = items.map(item => item.id);"),
        _ => "    visit(next, depth + 1);",
    };
}
