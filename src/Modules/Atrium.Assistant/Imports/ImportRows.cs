using Atrium.Assistant.Attachments;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Messages;

namespace Atrium.Assistant.Imports;

internal enum ImportStatementKind
{
    Conversation,
    Attachment,
    Message,
    End,
}

/// <summary>One statement of an import.</summary>
/// <param name="Letters">How much memory it holds, roughly.</param>
internal sealed record ImportStatement(ImportStatementKind Kind, ImportTally Tally, int Letters, string Sql, object Parameters);

/// <summary>What of a conversation was new.</summary>
internal sealed class ImportTally
{
    public bool IsNew { get; set; }

    public int Messages { get; set; }
}

/// <summary>The ids that an imported conversation has here.</summary>
internal sealed class ImportIds(Guid ownerId, ImportedConversation conversation)
{
    private readonly DateTimeOffset begun = conversation.CreatedAt ?? conversation.Messages.Select(message => (DateTimeOffset?)message.CreatedAt).Min() ?? DateTimeOffset.UnixEpoch;

    public Guid Conversation => StableId.Of(ownerId, conversation.Source, "", begun);

    public DateTimeOffset Begun => begun;

    public Guid Of(ImportedMessage message) => StableId.Of(ownerId, conversation.Source, "message:" + message.Key, message.CreatedAt);

    public Guid OfAttachment(Guid id) => StableId.Of(ownerId, conversation.Source, "attachment:" + id.ToString("N"), begun);
}

/// <summary>The statements that store one imported conversation. Each may be repeated.</summary>
internal sealed class ImportRows(Guid ownerId, ImportedConversation conversation, ImportIds ids, ImportTally tally, TimeProvider clock)
{
    /// <summary>UTF-16 letters of one message.</summary>
    public const int MostLetters = 1_000_000;

    private readonly DateTimeOffset updatedAt = Earlier(conversation.UpdatedAt ?? conversation.Messages.Select(message => (DateTimeOffset?)message.CreatedAt).Max() ?? ids.Begun, clock.GetUtcNow());

    public ImportStatement Begin() => new(
        ImportStatementKind.Conversation,
        tally,
        conversation.SystemPrompt?.Length ?? 0,
        """
        INSERT INTO assistant_conversations (id, owner_id, title, search_title, title_source, persona, model, system_prompt, parameters, context_mode, is_pinned, cost, created_at, updated_at)
        VALUES (@Id, @OwnerId, @Title, @SearchTitle, @TitleSource, @Persona, @Model, @SystemPrompt, @Parameters, @ContextMode, @Pinned, @Cost, @CreatedAt, @UpdatedAt)
        ON CONFLICT (id) DO NOTHING
        """,
        new
        {
            Id = ids.Conversation,
            OwnerId = ownerId,
            conversation.Title,
            SearchTitle = PlainText.Fold(conversation.Title),
            TitleSource = conversation.Title.Length > 0 ? TitleSource.Person : TitleSource.None,
            conversation.Persona,
            conversation.Model,
            conversation.SystemPrompt,
            Parameters = StoredJson.Write(conversation.Parameters),
            conversation.ContextMode,
            conversation.Pinned,
            conversation.Cost,
            CreatedAt = ids.Begun == DateTimeOffset.UnixEpoch ? clock.GetUtcNow() : ids.Begun,
            UpdatedAt = updatedAt == DateTimeOffset.UnixEpoch ? clock.GetUtcNow() : updatedAt,
        });

    public ImportStatement Attachment(AttachmentRow row) => new(
        ImportStatementKind.Attachment,
        tally,
        0,
        """
        INSERT INTO assistant_attachments (id, owner_id, conversation_id, name, media_type, size, created_at)
        VALUES (@Id, @OwnerId, @ConversationId, @Name, @MediaType, @Size, @CreatedAt) ON CONFLICT (id) DO NOTHING
        """,
        row);

    public ImportStatement Message(ImportedMessage message, IReadOnlyList<MessagePart> parts)
    {
        var json = MessageParts.ToJson(parts);
        var text = PlainText.Fold(MessageParts.TextOf(parts));
        return new ImportStatement(
            ImportStatementKind.Message,
            tally,
            json.Length + text.Length,
            """
            INSERT INTO assistant_messages (id, conversation_id, owner_id, parent_id, role, parts, search_text, tokens, status, stop_reason, persona, origin, provider, provider_name, model,
                usage, cost, error, fallback, created_at, finished_at)
            VALUES (@Id, @ConversationId, @OwnerId, @ParentId, @Role, @Parts, @SearchText, @Tokens, @Status, @StopReason, @Persona, @Origin, @Provider, @ProviderName, @Model,
                @Usage, @Cost, @Error, @Fallback, @CreatedAt, @FinishedAt)
            ON CONFLICT (id) DO NOTHING
            """,
            new
            {
                Id = ids.Of(message),
                ConversationId = ids.Conversation,
                OwnerId = ownerId,
                ParentId = message.Parent is { } parent ? ids.Of(parent) : (Guid?)null,
                message.Role,
                Parts = json,
                SearchText = text,
                Tokens = MessageTokens.Of(parts),
                message.Status,
                message.StopReason,
                message.Persona,
                message.Origin,
                message.Provider,
                message.ProviderName,
                message.Model,
                Usage = StoredJson.Write(message.Usage),
                message.Cost,
                Error = StoredJson.Write(message.Error),
                Fallback = StoredJson.Write(message.Fallback),
                message.CreatedAt,
                message.FinishedAt,
            });
    }

    /// <summary>The branch that is shown: the file's, unless the person has gone on here since.</summary>
    public ImportStatement End() => new(
        ImportStatementKind.End,
        tally,
        0,
        """
        UPDATE assistant_conversations
        SET leaf_id = CASE WHEN leaf_id IS NULL OR updated_at < @UpdatedAt THEN @LeafId ELSE leaf_id END,
            updated_at = CASE WHEN updated_at < @UpdatedAt THEN @UpdatedAt ELSE updated_at END,
            deleted_at = NULL
        WHERE id = @Id AND owner_id = @OwnerId
        """,
        new { LeafId = Leaf() is { } leaf ? ids.Of(leaf) : (Guid?)null, UpdatedAt = updatedAt, Id = ids.Conversation, OwnerId = ownerId });

    /// <returns>A part with at most so many letters, and how many it had.</returns>
    public static (MessagePart Part, int Length) Shorten(MessagePart part, int room) => part switch
    {
        TextPart text => (text.Text.Length <= room ? text : new TextPart(Cut(text.Text, room)), text.Text.Length),
        ReasoningPart reasoning => (reasoning.Text.Length <= room ? reasoning : reasoning with { Text = Cut(reasoning.Text, room) }, reasoning.Text.Length),
        ToolPart tool when tool.Arguments.Length + (tool.Result?.Length ?? 0) > room =>
            (tool with { Arguments = Cut(tool.Arguments, room / 2), Result = tool.Result is { } result ? Cut(result, room / 2) : null }, tool.Arguments.Length + (tool.Result?.Length ?? 0)),
        ToolPart tool => (tool, tool.Arguments.Length + (tool.Result?.Length ?? 0)),
        CitationPart citation => (citation, citation.Title.Length + (citation.Quote?.Length ?? 0)),
        _ => (part, 0),
    };

    private static string Cut(string text, int length) => text.Length <= length ? text : PlainText.Clean(text[..Math.Max(0, length)]);

    private ImportedMessage? Leaf() =>
        conversation.Messages.FirstOrDefault(message => message.Key == conversation.LeafKey) ?? conversation.Messages.MaxBy(message => message.CreatedAt);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
