using Atrium.Platform.Data;
using Dapper;

namespace Atrium.Assistant.Conversations;

/// <summary>Who made a title. A later source never replaces one further down this list. Stored by name.</summary>
internal static class TitleSource
{
    public const string None = "none";
    public const string Rule = "rule";
    public const string Model = "model";
    public const string Person = "person";
}

internal sealed record RunningGeneration(Guid GenerationId, Guid MessageId);

/// <summary>A conversation as its owner gets it.</summary>
internal sealed record Conversation
{
    public const int TitleLength = 200;
    public const int ModelLength = 200;
    public const int SystemPromptLength = 20_000;

    public required Guid Id { get; init; }

    /// <summary>Empty until the first message.</summary>
    public required string Title { get; init; }

    public required string Persona { get; init; }

    public string? Model { get; init; }

    public string? SystemPrompt { get; init; }

    public required ModelParameters Parameters { get; init; }

    /// <summary>What is done when the talk is longer than its model can read: drop-oldest, compact or stop.</summary>
    public required string ContextMode { get; init; }

    public Guid? LeafId { get; init; }

    public required bool Pinned { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public RunningGeneration? Running { get; init; }

    public required Money Cost { get; init; }

    /// <summary>All messages of the tree.</summary>
    public required long MessageCount { get; init; }

    /// <summary>Estimate for the branch that is shown.</summary>
    public required long ContextTokens { get; init; }

    /// <returns>Null when it is not there, deleted, or somebody else's.</returns>
    public static Task<Conversation?> FindAsync(Database database, Guid id, Guid ownerId, CancellationToken cancellation) =>
        database.ReadAsync(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<DetailRow>(new CommandDefinition(
                    $"""
                    WITH RECURSIVE branch (id, parent_id, tokens) AS (
                        SELECT m.id, m.parent_id, m.tokens FROM assistant_messages m JOIN assistant_conversations c ON c.leaf_id = m.id
                        WHERE c.id = @id AND c.owner_id = @ownerId
                        UNION ALL
                        SELECT p.id, p.parent_id, p.tokens FROM branch b JOIN assistant_messages p ON p.id = b.parent_id
                    )
                    SELECT {ConversationRow.Columns},
                        (SELECT COUNT(*) FROM assistant_messages m WHERE m.conversation_id = c.id) AS message_count,
                        (SELECT CAST(COALESCE(SUM(b.tokens), 0) AS BIGINT) FROM branch b) AS context_tokens,
                        (SELECT m.id FROM assistant_messages m WHERE m.generation_id = c.running_id AND m.status = 'streaming') AS running_message_id
                    FROM assistant_conversations c WHERE c.id = @id AND c.owner_id = @ownerId AND c.deleted_at IS NULL
                    """,
                    new { id, ownerId },
                    cancellationToken: cancellation));
                return row?.ToConversation();
            },
            cancellation);

    internal sealed record DetailRow
    {
        public required Guid Id { get; init; }

        public required string Title { get; init; }

        public required string Persona { get; init; }

        public string? Model { get; init; }

        public string? SystemPrompt { get; init; }

        public required string Parameters { get; init; }

        public required string ContextMode { get; init; }

        public Guid? LeafId { get; init; }

        public Guid? RunningId { get; init; }

        public required bool IsPinned { get; init; }

        public required Money Cost { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required DateTimeOffset UpdatedAt { get; init; }

        public required long MessageCount { get; init; }

        public required long ContextTokens { get; init; }

        public Guid? RunningMessageId { get; init; }

        public Conversation ToConversation() => new()
        {
            Id = Id,
            Title = Title,
            Persona = Persona,
            Model = Model,
            SystemPrompt = SystemPrompt,
            Parameters = StoredJson.Read<ModelParameters>(Parameters)!,
            ContextMode = ContextMode,
            LeafId = LeafId,
            Pinned = IsPinned,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            Running = RunningId is { } generation && RunningMessageId is { } message ? new RunningGeneration(generation, message) : null,
            Cost = Cost,
            MessageCount = MessageCount,
            ContextTokens = ContextTokens,
        };
    }
}

/// <summary>A row of <c>assistant_conversations</c>, as an answer is started from it.</summary>
internal sealed record ConversationRow
{
    public const string Columns =
        "c.id, c.title, c.title_source, c.persona, c.model, c.system_prompt, c.parameters, c.context_mode, c.leaf_id, c.running_id, c.is_pinned, c.cost, c.created_at, c.updated_at";

    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required string TitleSource { get; init; }

    public required string Persona { get; init; }

    public string? Model { get; init; }

    public string? SystemPrompt { get; init; }

    public required string Parameters { get; init; }

    public required string ContextMode { get; init; }

    public Guid? LeafId { get; init; }

    public Guid? RunningId { get; init; }
}
