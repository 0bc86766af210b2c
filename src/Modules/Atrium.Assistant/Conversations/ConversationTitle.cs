using System.Text.RegularExpressions;

namespace Atrium.Assistant.Conversations;

/// <summary>Titles made without a model: the first line of the first message, shortened at a word.</summary>
internal static partial class ConversationTitle
{
    private const int RuleLength = 60;

    /// <returns>The title a person gave, on one line; null when nothing is left.</returns>
    public static string? Clean(string? title)
    {
        if (title is null)
            return null;
        var clean = Blanks().Replace(PlainText.Clean(title), " ").Trim();
        return clean.Length == 0 ? null : clean;
    }

    /// <returns>A title of at most 60 letters, never empty unless the message is.</returns>
    public static string FromMessage(string text)
    {
        var line = text.Split('\n').Select(Tidy).FirstOrDefault(line => line.Length > 0) ?? "";
        if (line.Length <= RuleLength)
            return line;
        var end = line.LastIndexOf(' ', RuleLength - 1);
        if (end < RuleLength / 2)
            end = char.IsLowSurrogate(line[RuleLength - 1]) ? RuleLength - 2 : RuleLength - 1;
        return line[..end].TrimEnd(' ', ',', ';', ':', '.', '-') + "…";
    }

    /// <returns>What a model proposed, without quotes, headings and full stop; null when it is not a title.</returns>
    public static string? FromModel(string answer)
    {
        var line = answer.Split('\n').Select(Tidy).FirstOrDefault(line => line.Length > 0)?.Trim('"', '\'', '“', '”', '«', '»', '.', ' ');
        if (line is null or { Length: 0 })
            return null;
        var title = line.StartsWith("Title:", StringComparison.OrdinalIgnoreCase) ? line[6..].Trim() : line;
        return title.Length is 0 or > 100 ? null : title;
    }

    private static string Tidy(string line) => Blanks().Replace(Marks().Replace(PlainText.Clean(line), ""), " ").Trim();

    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    /// <summary>Markdown at the beginning of a line, and emphasis anywhere.</summary>
    [GeneratedRegex(@"^\s*(?:#{1,6}\s|[-*+>]\s|```.*)|\*\*|__|`", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Marks();
}
