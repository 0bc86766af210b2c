using System.Data.Common;
using Atrium.Platform.Data;
using Dapper;

namespace Atrium.Assistant.Messages;

/// <summary>Reads along the tree of one conversation. Each statement names the conversation, whose owner the caller has checked.</summary>
internal static class MessageTree
{
    /// <summary>The branch that ends at a message, oldest first, at most <paramref name="limit"/> long. The recursion stops there, whatever the length above.</summary>
    public static async Task<IReadOnlyList<MessageRow>> BranchAsync(DbConnection connection, Guid conversationId, Guid endId, int limit, CancellationToken cancellation) =>
        (await connection.QueryAsync<MessageRow>(new CommandDefinition(
            $"""
            WITH RECURSIVE branch (id, parent_id, depth) AS (
                SELECT id, parent_id, 1 FROM assistant_messages WHERE id = @endId AND conversation_id = @conversationId
                UNION ALL
                SELECT p.id, p.parent_id, b.depth + 1 FROM branch b JOIN assistant_messages p ON p.id = b.parent_id WHERE b.depth < @limit
            )
            SELECT {MessageRow.Columns} FROM branch b JOIN assistant_messages m ON m.id = b.id ORDER BY b.depth DESC
            """,
            new { conversationId, endId, limit },
            cancellationToken: cancellation))).AsList();

    /// <summary>The siblings of every message of the same branch, by parent (the empty id stands for the root), oldest first.</summary>
    public static async Task<ILookup<Guid, Guid>> SiblingsAsync(DbConnection connection, Guid conversationId, Guid endId, int limit, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<SiblingRow>(new CommandDefinition(
            """
            WITH RECURSIVE branch (id, parent_id, depth) AS (
                SELECT id, parent_id, 1 FROM assistant_messages WHERE id = @endId AND conversation_id = @conversationId
                UNION ALL
                SELECT p.id, p.parent_id, b.depth + 1 FROM branch b JOIN assistant_messages p ON p.id = b.parent_id WHERE b.depth < @limit
            )
            SELECT s.id, s.parent_id, s.created_at FROM branch b JOIN assistant_messages s ON s.conversation_id = @conversationId AND s.parent_id = b.parent_id
            UNION ALL
            SELECT s.id, s.parent_id, s.created_at FROM assistant_messages s
            WHERE s.conversation_id = @conversationId AND s.parent_id IS NULL AND EXISTS (SELECT 1 FROM branch b WHERE b.parent_id IS NULL)
            """,
            new { conversationId, endId, limit },
            cancellationToken: cancellation));
        return Order(rows).ToLookup(row => row.ParentId ?? Guid.Empty, row => row.Id);
    }

    /// <summary>The children of one parent (null: the roots), oldest first.</summary>
    public static IReadOnlyList<Guid> Children(WriteUnit unit, Guid conversationId, Guid? parentId) =>
        [.. Order(unit.Query<SiblingRow>(
            parentId is null
                ? "SELECT id, parent_id, created_at FROM assistant_messages WHERE conversation_id = @conversationId AND parent_id IS NULL"
                : "SELECT id, parent_id, created_at FROM assistant_messages WHERE conversation_id = @conversationId AND parent_id = @parentId",
            new { conversationId, parentId })).Select(row => row.Id)];

    /// <summary>The newest leaf below a message, or the message itself when nothing is below it.</summary>
    /// <returns>Null when the message is not in the conversation.</returns>
    public static Guid? NewestLeaf(WriteUnit unit, Guid conversationId, Guid messageId) =>
        unit.Query<SiblingRow>(
            """
            WITH RECURSIVE below (id) AS (
                SELECT id FROM assistant_messages WHERE id = @messageId AND conversation_id = @conversationId
                UNION ALL
                SELECT c.id FROM below b JOIN assistant_messages c ON c.conversation_id = @conversationId AND c.parent_id = b.id
            )
            SELECT m.id, m.parent_id, m.created_at FROM below b JOIN assistant_messages m ON m.id = b.id
            WHERE NOT EXISTS (SELECT 1 FROM assistant_messages c WHERE c.conversation_id = @conversationId AND c.parent_id = m.id)
            ORDER BY m.created_at DESC, m.id DESC LIMIT 1
            """,
            new { conversationId, messageId }) is [var leaf] ? leaf.Id : null;

    private static IOrderedEnumerable<SiblingRow> Order(IEnumerable<SiblingRow> rows) => rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id);

    internal sealed record SiblingRow
    {
        public required Guid Id { get; init; }

        public Guid? ParentId { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }
    }
}
