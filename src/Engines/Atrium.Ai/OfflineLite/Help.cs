using System.Text.RegularExpressions;

namespace Atrium.Ai.Offline;

/// <summary>Says what Offline Lite is and can do.</summary>
internal static partial class Help
{
    /// <summary>True for a greeting or a call for help, as plain text.</summary>
    public static bool Wants(string plain) => plain.Length == 0 || Question().IsMatch(plain);

    public static string Text(Phrases phrases, OfflineLiteOptions options) => Write(phrases, options, phrases.Introduction);

    public static string NotUnderstood(Phrases phrases, OfflineLiteOptions options) => Write(phrases, options, phrases.Apology);

    private static string Write(Phrases phrases, OfflineLiteOptions options, string head)
    {
        IEnumerable<string> lines = phrases.Examples;
        if (!options.IsRestricted && options.Search is not null)
            lines = lines.Append(phrases.SearchExample);
        var list = string.Join('\n', lines.Select(line => $"- {line}"));
        return $"{head}\n\n{phrases.CanDo}\n\n{list}\n\n{(options.IsRestricted ? phrases.SharedPlace : phrases.ChooseModel)}";
    }

    [GeneratedRegex("^(?:@?(?:diszi|zily)[,:]? )?(?:/?help(?: me)?|hi|hello|hey|hello there|who are you|what are you|what can you do|how does this work|hola|buenas|buenos dias|ayuda|ayudame|quien eres|que eres|que puedes hacer|que sabes hacer|xin chao|chao|chao ban|tro giup|giup|giup toi|huong dan|ban la ai|ban la gi|ban lam duoc gi|ban co the lam gi)\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Question();
}
