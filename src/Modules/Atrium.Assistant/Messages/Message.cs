using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Messages;

/// <summary>Where a message is in its life. Stored by name; only ever added to.</summary>
internal static class MessageStatus
{
    public const string Complete = "complete";
    public const string Streaming = "streaming";
    public const string Interrupted = "interrupted";
    public const string Stopped = "stopped";
    public const string Failed = "failed";
}

internal static class MessageRole
{
    public const string User = "user";
    public const string Assistant = "assistant";
}

internal sealed record MessageUsage(long InputTokens, long CachedTokens, long OutputTokens, long ReasoningTokens, bool Estimated)
{
    public static MessageUsage From(TokenUsage usage) => new(usage.Input, usage.Cached, usage.Output, usage.Reasoning, usage.IsEstimated);

    public static MessageUsage? Sum(MessageUsage? first, MessageUsage? second) =>
        first is null || second is null
            ? first ?? second
            : new MessageUsage(
                first.InputTokens + second.InputTokens,
                first.CachedTokens + second.CachedTokens,
                first.OutputTokens + second.OutputTokens,
                first.ReasoningTokens + second.ReasoningTokens,
                first.Estimated || second.Estimated);
}

internal sealed record MessageError(string Code, string Title, ChatFailureValues? Values = null)
{
    public static MessageError From(ChatFailure failure) => new(failure.Code, failure.Title, failure.Values);
}

/// <summary>Why another answered in place of <paramref name="Provider"/>.</summary>
internal sealed record MessageFallback(string Provider, string Code, string Title, ChatFailureValues? Values = null);

/// <summary>Where a message came from when the house did not make it. Stored by name; only ever added to.</summary>
internal static class MessageOrigin
{
    /// <summary>A model on the person's own machine, through their browser: nobody but them vouches for it.</summary>
    public const string Browser = "browser";

    public const string Import = "import";
}

/// <summary>A message as its owner gets it.</summary>
internal sealed record Message
{
    /// <summary>UTF-16 letters a person may send at once.</summary>
    public const int TextLength = 100_000;

    public required Guid Id { get; init; }

    public Guid? ParentId { get; init; }

    public required string Role { get; init; }

    public required IReadOnlyList<MessagePart> Parts { get; init; }

    /// <summary>All messages with the same parent, itself included, oldest first.</summary>
    public required IReadOnlyList<Guid> Siblings { get; init; }

    public required string Status { get; init; }

    /// <summary>stop, length, content_filter …; with <c>length</c> a complete answer can be continued.</summary>
    public string? StopReason { get; init; }

    public string? Persona { get; init; }

    /// <summary>browser or import; absent for what the house made itself.</summary>
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

    public Guid? GenerationId { get; init; }
}

/// <summary>A row of <c>assistant_messages</c>, without what only SQL looks at.</summary>
internal sealed record MessageRow
{
    public const string Columns =
        "m.id, m.conversation_id, m.parent_id, m.role, m.parts, m.status, m.stop_reason, m.persona, m.origin, m.requested_model, m.provider, m.provider_name, m.model, "
        + "m.usage, m.cost, m.error, m.fallback, m.generation_id, m.created_at, m.finished_at";

    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public Guid? ParentId { get; init; }

    public required string Role { get; init; }

    public required string Parts { get; init; }

    public required string Status { get; init; }

    public string? StopReason { get; init; }

    public string? Persona { get; init; }

    public string? Origin { get; init; }

    public string? RequestedModel { get; init; }

    public string? Provider { get; init; }

    public string? ProviderName { get; init; }

    public string? Model { get; init; }

    public string? Usage { get; init; }

    public Money? Cost { get; init; }

    public string? Error { get; init; }

    public string? Fallback { get; init; }

    public Guid? GenerationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public Message ToMessage(IReadOnlyList<Guid> siblings) => new()
    {
        Id = Id,
        ParentId = ParentId,
        Role = Role,
        Parts = [.. MessageParts.FromJson(Parts).Select(part => part.ForPerson()).OfType<MessagePart>()],
        Siblings = siblings,
        Status = Status,
        StopReason = StopReason,
        Persona = Persona,
        Origin = Origin,
        Provider = Provider,
        ProviderName = ProviderName,
        Model = Model,
        Fallback = StoredJson.Read<MessageFallback>(Fallback),
        Usage = StoredJson.Read<MessageUsage>(Usage),
        Cost = Cost,
        Error = StoredJson.Read<MessageError>(Error),
        CreatedAt = CreatedAt,
        FinishedAt = FinishedAt,
        GenerationId = Status == MessageStatus.Streaming ? GenerationId : null,
    };
}
