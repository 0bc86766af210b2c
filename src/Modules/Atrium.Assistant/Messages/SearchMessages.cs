using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Messages;

/// <summary>Finds words in the person's own messages, newest first, whatever their case and accents.</summary>
internal static partial class SearchMessages
{
    private const int ExcerptLength = 160;
    private const int ExcerptBefore = 40;

    public sealed record Item
    {
        public required Guid ConversationId { get; init; }

        public required string ConversationTitle { get; init; }

        public required Guid MessageId { get; init; }

        public required string Role { get; init; }

        public required string Excerpt { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }
    }

    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/messages/search", Handle)
            .WithName("SearchMessages")
            .WithSummary("Searches messages, newest first")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Search);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        [Required, MaxLength(200)] string q, Caller caller, Database database, CancellationToken cancellation, Guid? cursor = null, [Range(1, 100)] int limit = 20)
    {
        var wanted = PlainText.Fold(q.Trim());
        if (wanted.Length == 0)
            return Problems.Invalid("q", "Say what to look for.");
        var rows = await database.QueryAsync<Row>(
            $"""
            SELECT m.id, m.conversation_id, m.role, m.parts, m.created_at, c.title
            FROM assistant_messages m JOIN assistant_conversations c ON c.id = m.conversation_id
            WHERE m.owner_id = @PersonId AND c.owner_id = @PersonId AND c.deleted_at IS NULL
            {(cursor is null ? "" : "AND m.id < @cursor")}
            AND {database.Dialect.Contains("m.search_text", "@Pattern")}
            ORDER BY m.id DESC LIMIT @Count
            """,
            new { caller.PersonId, cursor, Pattern = SqlDialect.EscapeLike(wanted), Count = limit + 1 },
            cancellation);
        var items = rows.Take(limit).Select(row => row.ToItem(wanted)).ToList();
        return TypedResults.Ok(new Response(items, rows.Count > limit ? items[^1].MessageId : null));
    }

    /// <summary>The words around the first hit, on one line.</summary>
    private static string Excerpt(string text, string wanted)
    {
        var composed = PlainText.Compose(text);
        var hit = Math.Max(0, PlainText.Fold(composed).IndexOf(wanted, StringComparison.Ordinal));
        var start = Math.Max(0, hit - ExcerptBefore);
        var end = Math.Min(composed.Length, Math.Max(start + ExcerptLength, hit + wanted.Length));
        if (start > 0 && char.IsLowSurrogate(composed[start]))
            start--;
        if (end < composed.Length && char.IsLowSurrogate(composed[end]))
            end++;
        var line = string.Join(' ', composed[start..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return (start > 0 ? "…" : "") + line + (end < composed.Length ? "…" : "");
    }

    internal sealed record Row
    {
        public required Guid Id { get; init; }

        public required Guid ConversationId { get; init; }

        public required string Role { get; init; }

        public required string Parts { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required string Title { get; init; }

        public Item ToItem(string wanted) => new()
        {
            ConversationId = ConversationId,
            ConversationTitle = Title,
            MessageId = Id,
            Role = Role,
            Excerpt = Excerpt(MessageParts.TextOf(MessageParts.FromJson(Parts)), wanted),
            CreatedAt = CreatedAt,
        };
    }
}
