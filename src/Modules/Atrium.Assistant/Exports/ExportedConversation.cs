using Atrium.Assistant.Conversations;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Exports;

/// <summary>The head of a conversation in the JSON export; its files and messages follow in the same object.</summary>
internal sealed record ExportedConversation
{
    /// <summary>Says what this is to whoever finds the file, and to the import.</summary>
    public const string FormatName = "atrium-conversation";

    public const int FormatVersion = 1;

    public string Format => FormatName;

    public int Version => FormatVersion;

    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Persona { get; init; }

    public string? Model { get; init; }

    public string? SystemPrompt { get; init; }

    public required ModelParameters Parameters { get; init; }

    public required string ContextMode { get; init; }

    public required bool Pinned { get; init; }

    public Guid? LeafId { get; init; }

    public required Money Cost { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A file of a conversation.</summary>
/// <param name="Content">The bytes in Base64; null when they are too many for a document, or gone.</param>
internal sealed record ExportedAttachment(Guid Id, string Name, string MediaType, long Size, byte[]? Content);

/// <summary>One message of the tree.</summary>
internal sealed record ExportedMessage
{
    public required Guid Id { get; init; }

    public Guid? ParentId { get; init; }

    public required string Role { get; init; }

    public required IReadOnlyList<MessagePart> Parts { get; init; }

    public required string Status { get; init; }

    public string? StopReason { get; init; }

    public string? Persona { get; init; }

    public string? Origin { get; init; }

    public string? Provider { get; init; }

    public string? ProviderName { get; init; }

    public string? Model { get; init; }

    public MessageFallback? Fallback { get; init; }

    public MessageUsage? Usage { get; init; }

    public Money? Cost { get; init; }

    public MessageError? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>A running answer is exported as far as it is, like one that was cut off there.</summary>
    public static ExportedMessage From(Message message) => new()
    {
        Id = message.Id,
        ParentId = message.ParentId,
        Role = message.Role,
        Parts = message.Parts,
        Status = message.Status == MessageStatus.Streaming ? MessageStatus.Interrupted : message.Status,
        StopReason = message.StopReason,
        Persona = message.Persona,
        Origin = message.Origin,
        Provider = message.Provider,
        ProviderName = message.ProviderName,
        Model = message.Model,
        Fallback = message.Fallback,
        Usage = message.Usage,
        Cost = message.Cost,
        Error = message.Error,
        CreatedAt = message.CreatedAt,
        FinishedAt = message.FinishedAt,
    };
}
