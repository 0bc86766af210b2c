using System.Data.Common;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Messages;

/// <summary>All branches of a conversation, in a few words each: what a map of it is drawn from.</summary>
internal static partial class ShowTree
{
    private const int Most = 5_000;
    private const int ExcerptLength = 120;

    public sealed record Item(Guid Id, Guid? ParentId, string Role, string Excerpt, string Status, DateTimeOffset CreatedAt);

    public sealed record Response(Guid? LeafId, IReadOnlyList<Item> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/conversations/{id:guid}/tree", Handle)
            .WithName("ShowTree")
            .WithSummary("Reads all branches of a conversation in short, oldest first; of long ones the newest 5,000 messages")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, CancellationToken cancellation)
    {
        var found = await database.QueryAsync<LeafRow>(
            "SELECT id, leaf_id FROM assistant_conversations WHERE id = @id AND owner_id = @PersonId AND deleted_at IS NULL", new { id, caller.PersonId }, cancellation);
        if (found is not [var conversation])
            return Problems.NotFound();
        return TypedResults.Ok(new Response(conversation.LeafId, await database.ReadAsync(connection => ReadAsync(connection, id, caller.PersonId, cancellation), cancellation)));
    }

    /// <summary>Row by row: of each only its first words stay in memory.</summary>
    private static async Task<IReadOnlyList<Item>> ReadAsync(DbConnection connection, Guid id, Guid ownerId, CancellationToken cancellation)
    {
        var items = new List<Item>();
        var rows = connection.QueryUnbufferedAsync<Row>(
            $"""
            SELECT m.id, m.parent_id, m.role, m.status, m.created_at, m.parts
            FROM assistant_messages m WHERE m.conversation_id = @id AND m.owner_id = @ownerId ORDER BY m.id DESC LIMIT {Most}
            """,
            new { id, ownerId });
        await foreach (var row in rows.WithCancellation(cancellation))
            items.Add(row.ToItem());
        items.Reverse();
        return items;
    }

    private static string Shorten(string text)
    {
        var line = string.Join(' ', text[..Math.Min(text.Length, 4 * ExcerptLength)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= ExcerptLength ? PlainText.Clean(line) : PlainText.Clean(line[..(ExcerptLength - 1)]).TrimEnd('\uFFFD') + "…";
    }

    internal sealed record LeafRow
    {
        public required Guid Id { get; init; }

        public Guid? LeafId { get; init; }
    }

    internal sealed record Row
    {
        public required Guid Id { get; init; }

        public Guid? ParentId { get; init; }

        public required string Role { get; init; }

        public required string Status { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required string Parts { get; init; }

        public Item ToItem() => new(Id, ParentId, Role, Shorten(MessageParts.TextOf(MessageParts.FromJson(Parts))), Status, CreatedAt);
    }
}
