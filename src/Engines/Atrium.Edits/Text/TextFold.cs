using System.Text;

namespace Atrium.Edits.Text;

/// <summary>
/// Folds what models mistype without meaning it: typographic quotes and dashes, the ellipsis character, special spaces,
/// invisible characters, Unicode normal form, and runs of white space.
/// </summary>
internal static class TextFold
{
    private const char FirstCombiningMark = '\u0300';

    /// <summary>The folded form of a line, without white space at its ends.</summary>
    public static string Fold(ReadOnlySpan<char> line)
    {
        var content = line.Trim();
        if (IsFolded(content))
            return content.ToString();
        var normal = Normalise(content);
        var folded = new StringBuilder(normal.Length);
        var pendingSpace = false;
        foreach (var character in normal)
        {
            if (IsInvisible(character))
                continue;
            if (char.IsWhiteSpace(character))
            {
                pendingSpace = true;
                continue;
            }

            if (pendingSpace && folded.Length > 0)
                folded.Append(' ');
            pendingSpace = false;
            if (character == '…')
                folded.Append("...");
            else
                folded.Append(Punctuation(character));
        }

        return folded.ToString();
    }

    /// <summary>The punctuation mark that a keyboard has for a typographic one; any other character as it is.</summary>
    public static char Punctuation(char character) => character < '\u00A0' ? character : character switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' or '\u02BC' or '\u00B4' or '\uFF07' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' or '\uFF02' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' or '\uFE58' or '\uFF0D' => '-',
        _ => character,
    };

    /// <summary>Zero-width characters and variation selectors, which models drop or add without notice. Joiners are not among them: they make emoji.</summary>
    public static bool IsInvisible(char character) =>
        character >= '\u00AD' && character is '\u00AD' or '\u200B' or '\u2060' or '\uFEFF' or '\uFE0E' or '\uFE0F';

    private static bool IsFolded(ReadOnlySpan<char> content)
    {
        var previousSpace = false;
        foreach (var character in content)
        {
            if (character is > '~' or < ' ' || (character == ' ' && previousSpace))
                return false;
            previousSpace = character == ' ';
        }

        return true;
    }

    private static string Normalise(ReadOnlySpan<char> content)
    {
        var text = content.ToString();
        if (!content.ContainsAnyInRange(FirstCombiningMark, char.MaxValue))
            return text;
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // A lone surrogate has no normal form; it can still match itself.
            return text;
        }
    }
}
