using Atrium.Assistant.Conversations;
using Atrium.Assistant.Exports;
using Atrium.Assistant.Messages;
using Atrium.Assistant.Personas;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Imports;

/// <summary>A conversation as it was read from a file, before it has ids here.</summary>
internal sealed record ImportedConversation
{
    /// <summary>Where it is from and its id there: what its ids here are made from.</summary>
    public required string Source { get; init; }

    /// <summary>Its id if it is from a house like this one: when it is still here, nothing is to be done.</summary>
    public Guid? OwnId { get; init; }

    public required string Title { get; init; }

    public string Persona { get; init; } = PersonaList.Default.Id;

    public string? Model { get; init; }

    public string? SystemPrompt { get; init; }

    public ModelParameters Parameters { get; init; } = ModelParameters.None;

    public string ContextMode { get; init; } = Context.ContextMode.DropOldest;

    public bool Pinned { get; init; }

    public Money Cost { get; init; }

    /// <summary>Null when the file does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Key of the message at the end of the branch that is shown.</summary>
    public string? LeafKey { get; init; }

    public IReadOnlyList<ExportedAttachment> Attachments { get; init; } = [];

    /// <summary>Parents before their children.</summary>
    public required IReadOnlyList<ImportedMessage> Messages { get; init; }
}

/// <summary>A message as it was read. Keys are the file's own ids.</summary>
internal sealed class ImportedMessage
{
    public required string Key { get; init; }

    /// <summary>Null at the top.</summary>
    public required ImportedMessage? Parent { get; init; }

    public required string Role { get; init; }

    public required List<MessagePart> Parts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string Status { get; set; } = MessageStatus.Complete;

    public string? StopReason { get; set; }

    public string? Persona { get; init; }

    public string? Origin { get; init; } = MessageOrigin.Import;

    public string? Provider { get; init; }

    public string? ProviderName { get; init; }

    public string? Model { get; set; }

    public MessageFallback? Fallback { get; init; }

    public MessageUsage? Usage { get; init; }

    public Money? Cost { get; init; }

    public MessageError? Error { get; init; }
}
