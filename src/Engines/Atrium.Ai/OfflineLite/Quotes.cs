using Microsoft.Extensions.AI;

namespace Atrium.Ai.Offline;

/// <summary>Quotes what was found in the person's own chats and documents, with where it is from.</summary>
internal static class Quotes
{
    private const int Most = 3;
    private const int Longest = 400;
    private const int Before = 120;

    /// <summary>A text with the quotes, then the places they are from as citations.</summary>
    public static IReadOnlyList<AIContent> Contents(IReadOnlyList<Passage> passages, string plain, Phrases phrases)
    {
        var words = plain.Split(' ').Where(word => word.Length > 2).ToList();
        var shown = passages.Take(Most).Select(passage => (Passage: passage, Quote: Cut(passage.Text, words))).ToList();
        var blocks = shown.Select(item => $"> {item.Quote.Replace("\n", "\n> ", StringComparison.Ordinal)}\n>\n> — {Source(item.Passage)}");
        return
        [
            new TextContent($"{phrases.Found}\n\n{string.Join("\n\n", blocks)}"),
            new TextContent("") { Annotations = [.. shown.Select(item => Citation(item.Passage, item.Quote))] },
        ];
    }

    private static string Source(Passage passage)
    {
        var title = OneLine(passage.Title).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
        return Address(passage) is null ? title : $"[{title}](<{passage.Link}>)";
    }

    private static CitationAnnotation Citation(Passage passage, string quote) =>
        new() { Title = OneLine(passage.Title), Snippet = quote, Url = Address(passage) };

    /// <summary>Addresses inside the app and on the web only.</summary>
    private static Uri? Address(Passage passage) =>
        passage.Link is { } link && (link.StartsWith('/') || link.StartsWith("https://", StringComparison.Ordinal)) && !link.AsSpan().ContainsAny("<>\r\n")
            && Uri.TryCreate(link, UriKind.RelativeOrAbsolute, out var address) ? address : null;

    /// <summary>The part of the text around the first word that was asked for.</summary>
    private static string Cut(string text, List<string> words)
    {
        text = text.ReplaceLineEndings("\n").Trim();
        if (text.Length <= Longest)
            return text;
        // Plain text may be shorter than the text it came from, so the place is near, not exact; that is enough for a window.
        var plain = PlainText.Of(text);
        var found = words.Select(word => plain.IndexOf(word, StringComparison.Ordinal)).Where(index => index >= 0).DefaultIfEmpty(0).Min();
        var start = Math.Clamp(found - Before, 0, text.Length - Longest);
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            start--;
        var end = Math.Min(text.Length, start + Longest);
        while (end < text.Length && end > start + 1 && !char.IsWhiteSpace(text[end]) && text.Length - end > 0 && end < start + Longest + 40)
            end++;
        if (end < text.Length && char.IsLowSurrogate(text[end]))
            end++;
        return $"{(start > 0 ? "…" : "")}{text[start..end].Trim()}{(end < text.Length ? "…" : "")}";
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
