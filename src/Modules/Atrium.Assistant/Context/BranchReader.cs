using Atrium.Platform.Data;

namespace Atrium.Assistant.Context;

/// <summary>A message as a prompt is made from it.</summary>
internal sealed record PromptRow
{
    public required Guid Id { get; init; }

    public Guid? ParentId { get; init; }

    public required string Role { get; init; }

    public required string Parts { get; init; }

    public required long Tokens { get; init; }
}

/// <summary>What was said from the top down to a message, in short.</summary>
internal sealed record SummaryRow
{
    public required Guid MessageId { get; init; }

    public required string Text { get; init; }

    public required long Tokens { get; init; }
}

/// <summary>Reads upwards along one branch. The caller has checked the conversation's owner.</summary>
internal sealed class BranchReader(Database database)
{
    /// <summary>The newest messages from <paramref name="from"/> upwards, oldest first, as many as fit and not beyond <paramref name="until"/>; always at least one.</summary>
    /// <param name="until">The message before which to stop; null for the top.</param>
    public Task<IReadOnlyList<PromptRow>> ReadAsync(Guid conversationId, Guid? from, Guid? until, long room, CancellationToken cancellation) =>
        database.QueryAsync<PromptRow>(
            """
            WITH RECURSIVE branch (id, parent_id, total, depth) AS (
                SELECT id, parent_id, tokens, 1 FROM assistant_messages WHERE id = @from AND conversation_id = @conversationId
                UNION ALL
                SELECT p.id, p.parent_id, b.total + p.tokens, b.depth + 1 FROM branch b JOIN assistant_messages p ON p.id = b.parent_id
                WHERE b.total + p.tokens <= @room AND p.id <> @Until
            )
            SELECT m.id, m.parent_id, m.role, m.parts, m.tokens FROM branch b JOIN assistant_messages m ON m.id = b.id ORDER BY b.depth DESC
            """,
            new { from, conversationId, room, Until = until ?? Guid.Empty },
            cancellation);

    /// <returns>The summary that reaches furthest down above a message, or null when there is none.</returns>
    public Task<SummaryRow?> FindSummaryAsync(Guid conversationId, Guid? from, CancellationToken cancellation) =>
        database.QuerySingleOrDefaultAsync<SummaryRow>(
            """
            WITH RECURSIVE branch (id, parent_id, depth) AS (
                SELECT id, parent_id, 1 FROM assistant_messages WHERE id = @from AND conversation_id = @conversationId
                UNION ALL
                SELECT p.id, p.parent_id, b.depth + 1 FROM branch b JOIN assistant_messages p ON p.id = b.parent_id
            )
            SELECT s.message_id, s.text, s.tokens FROM branch b JOIN assistant_summaries s ON s.message_id = b.id ORDER BY b.depth LIMIT 1
            """,
            new { from, conversationId },
            cancellation);
}
