using System.Runtime.CompilerServices;
using Atrium.Assistant.Answers;
using Atrium.Assistant.Attachments;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Exports;

/// <summary>Reads a person's conversations page by page, so that neither memory nor a database connection is held while a slow reader takes them.</summary>
internal sealed class ConversationReader(Database database, RunningAnswers running, AttachmentFiles files)
{
    private const int ConversationPage = 100;
    private const int MessagePage = 50;

    /// <summary>Bytes of the files of one conversation that a JSON export carries, so that the import can take it in one piece.</summary>
    private const long MostContent = 8 * 1024 * 1024;

    /// <returns>Null when it is not there, deleted, or somebody else's.</returns>
    public async Task<ExportedConversation?> FindAsync(Guid id, Guid ownerId, CancellationToken cancellation) =>
        (await database.QuerySingleOrDefaultAsync<Row>(
            $"SELECT {Row.Columns} FROM assistant_conversations c WHERE c.id = @id AND c.owner_id = @ownerId AND c.deleted_at IS NULL", new { id, ownerId }, cancellation))?.ToExported();

    /// <summary>Oldest first.</summary>
    public async IAsyncEnumerable<ExportedConversation> AllAsync(Guid ownerId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<Row> page;
        var after = Guid.Empty;
        do
        {
            page = await database.QueryAsync<Row>(
                $"SELECT {Row.Columns} FROM assistant_conversations c WHERE c.owner_id = @ownerId AND c.deleted_at IS NULL AND c.id > @after ORDER BY c.id LIMIT {ConversationPage}",
                new { ownerId, after },
                cancellation);
            foreach (var row in page)
                yield return row.ToExported();
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == ConversationPage);
    }

    /// <summary>The whole tree, parents before their children.</summary>
    public async IAsyncEnumerable<ExportedMessage> TreeAsync(Guid conversationId, Guid ownerId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<MessageRow> page;
        var after = Guid.Empty;
        do
        {
            page = await database.QueryAsync<MessageRow>(
                $"""
                SELECT {MessageRow.Columns} FROM assistant_messages m
                WHERE m.conversation_id = @conversationId AND m.owner_id = @ownerId AND m.id > @after ORDER BY m.id LIMIT {MessagePage}
                """,
                new { conversationId, ownerId, after },
                cancellation);
            foreach (var row in page)
                yield return ToExported(row);
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == MessagePage);
    }

    /// <summary>The branch that is shown, oldest first.</summary>
    public async IAsyncEnumerable<ExportedMessage> BranchAsync(ExportedConversation conversation, Guid ownerId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ids = await database.QueryAsync<Guid>(
            """
            WITH RECURSIVE branch (id, parent_id, depth) AS (
                SELECT id, parent_id, 1 FROM assistant_messages WHERE id = @LeafId AND conversation_id = @Id AND owner_id = @ownerId
                UNION ALL
                SELECT p.id, p.parent_id, b.depth + 1 FROM branch b JOIN assistant_messages p ON p.id = b.parent_id
            )
            SELECT id FROM branch ORDER BY depth DESC
            """,
            new { conversation.LeafId, conversation.Id, ownerId },
            cancellation);
        foreach (var id in ids)
        {
            if (await database.QuerySingleOrDefaultAsync<MessageRow>(
                $"SELECT {MessageRow.Columns} FROM assistant_messages m WHERE m.id = @id AND m.owner_id = @ownerId", new { id, ownerId }, cancellation) is { } row)
                yield return ToExported(row);
        }
    }

    /// <summary>The files of a conversation, with their bytes as long as there is room.</summary>
    public async IAsyncEnumerable<ExportedAttachment> AttachmentsAsync(Guid conversationId, Guid ownerId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = await database.QueryAsync<AttachmentRow>(
            "SELECT id, owner_id, conversation_id, name, media_type, size, created_at FROM assistant_attachments WHERE conversation_id = @conversationId AND owner_id = @ownerId ORDER BY id",
            new { conversationId, ownerId },
            cancellation);
        var room = MostContent;
        foreach (var row in rows)
        {
            var bytes = row.Size <= room ? await files.ReadAsync(ownerId, row.Id, cancellation) : null;
            room -= bytes?.Length ?? 0;
            yield return new ExportedAttachment(row.Id, row.Name, row.MediaType, row.Size, bytes);
        }
    }

    private ExportedMessage ToExported(MessageRow row)
    {
        var message = row.ToMessage([]);
        var live = message.GenerationId is { } generation ? running.Find(generation)?.Current : null;
        return ExportedMessage.From(live ?? message);
    }

    internal sealed record Row
    {
        public const string Columns = "c.id, c.title, c.persona, c.model, c.system_prompt, c.parameters, c.context_mode, c.is_pinned, c.leaf_id, c.cost, c.created_at, c.updated_at";

        public required Guid Id { get; init; }

        public required string Title { get; init; }

        public required string Persona { get; init; }

        public string? Model { get; init; }

        public string? SystemPrompt { get; init; }

        public required string Parameters { get; init; }

        public required string ContextMode { get; init; }

        public required bool IsPinned { get; init; }

        public Guid? LeafId { get; init; }

        public required Money Cost { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required DateTimeOffset UpdatedAt { get; init; }

        public ExportedConversation ToExported() => new()
        {
            Id = Id,
            Title = Title,
            Persona = Persona,
            Model = Model,
            SystemPrompt = SystemPrompt,
            Parameters = StoredJson.Read<ModelParameters>(Parameters)!,
            ContextMode = ContextMode,
            Pinned = IsPinned,
            LeafId = LeafId,
            Cost = Cost,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
        };
    }
}
