using Atrium.Assistant.Browser;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Answers;

/// <summary>Everything an answer is made from. Its rows are stored already.</summary>
internal sealed record AnswerOrder
{
    public required Guid GenerationId { get; init; }

    public required Guid PersonId { get; init; }

    public required Guid ConversationId { get; init; }

    /// <summary>The message that is being made, as its owner sees it at the start.</summary>
    public required Message Answer { get; init; }

    /// <summary>What the message holds already when it is continued, with what a browser does not see.</summary>
    public IReadOnlyList<MessagePart> Before { get; init; } = [];

    public bool IsContinuation => Before.Count > 0;

    public required string Persona { get; init; }

    public string? Model { get; init; }

    public string? SystemPrompt { get; init; }

    public required ModelParameters Parameters { get; init; }

    /// <summary>Set when the person's own browser makes the answer.</summary>
    public BrowserModel? Browser { get; init; }

    /// <summary>What is done when the talk is longer than the model can read.</summary>
    public required string ContextMode { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The title was made from the first words only; a model may make a better one.</summary>
    public required bool WantsTitle { get; init; }

    public MessageUsage? UsageBefore { get; init; }

    public Money? CostBefore { get; init; }
}

/// <summary>How an answer ended.</summary>
internal sealed record AnswerEnd(string Status, string? StopReason, MessageUsage? Usage, Money? Cost, MessageError? Error);

/// <summary>Why an answer was ended from outside.</summary>
internal enum EndReason
{
    None,
    Stopped,
    Restarting,
}
