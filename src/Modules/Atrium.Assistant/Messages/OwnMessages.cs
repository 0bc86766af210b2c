using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Messages;

/// <summary>Finds passages of a person's own talks, so that Offline Lite can quote them.</summary>
internal sealed class OwnMessages(Database database) : IPassageSource
{
    private const int MostWords = 6;
    private const int ShortestWord = 4;
    private const int Looked = 200;
    private const int PassageLength = 600;

    public async Task<IReadOnlyList<OwnPassage>> FindAsync(Guid personId, string question, int limit, CancellationToken cancellation)
    {
        var words = Words(question);
        if (words.Count == 0 || limit <= 0)
            return [];
        // The newest messages that hold the longest word; the rest is judged here.
        var rows = await database.QueryAsync<Row>(
            $"""
            SELECT m.parts, m.search_text, c.title
            FROM assistant_messages m JOIN assistant_conversations c ON c.id = m.conversation_id
            WHERE m.owner_id = @personId AND c.owner_id = @personId AND c.deleted_at IS NULL AND m.status = 'complete'
            AND (m.provider IS NULL OR m.provider <> 'offline') AND {database.Dialect.Contains("m.search_text", "@Pattern")}
            ORDER BY m.id DESC LIMIT {Looked}
            """,
            new { personId, Pattern = SqlDialect.EscapeLike(words[0]) },
            cancellation);
        var asked = PlainText.Fold(question).Trim();
        return [.. rows
            .Where(row => row.SearchText.Trim() != asked)
            .Select(row => (Row: row, Score: words.Count(word => row.SearchText.Contains(word, StringComparison.Ordinal))))
            .OrderByDescending(found => found.Score)
            .Take(limit)
            .Select(found => new OwnPassage(found.Row.Title, Cut(found.Row, words[0])))];
    }

    /// <summary>The distinct words worth looking for, longest first.</summary>
    private static List<string> Words(string question) =>
        [.. PlainText.Fold(question).Split(' ', '\n', '\t', ',', '.', '?', '!', ';', ':', '"', '\'', '(', ')')
            .Where(word => word.Length >= ShortestWord).Distinct(StringComparer.Ordinal).OrderByDescending(word => word.Length).Take(MostWords)];

    private static string Cut(Row row, string word)
    {
        var text = PlainText.Compose(MessageParts.TextOf(MessageParts.FromJson(row.Parts)));
        if (text.Length <= PassageLength)
            return text;
        var hit = Math.Max(0, PlainText.Fold(text).IndexOf(word, StringComparison.Ordinal));
        var start = Math.Clamp(hit - PassageLength / 3, 0, text.Length - PassageLength);
        return PlainText.Clean(text.Substring(start, PassageLength)).Trim('\uFFFD', ' ');
    }

    internal sealed record Row
    {
        public required string Parts { get; init; }

        public required string SearchText { get; init; }

        public required string Title { get; init; }
    }
}
