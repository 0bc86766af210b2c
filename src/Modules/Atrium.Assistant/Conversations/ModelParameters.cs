using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Conversations;

/// <summary>How a conversation's model is asked. What is null is left to the provider.</summary>
internal sealed record ModelParameters
{
    public static readonly ModelParameters None = new();

    /// <summary>0 to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>1 to 1,000,000.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>none, low, medium or high.</summary>
    public string? ReasoningEffort { get; init; }

    /// <returns>The first field that is out of range, with a sentence; null when all are fine.</returns>
    public (string Field, string Text)? FindFault() => this switch
    {
        { Temperature: not (null or >= 0 and <= 2) } => ("parameters.temperature", "The temperature is a number from 0 to 2."),
        { TopP: not (null or >= 0 and <= 1) } => ("parameters.topP", "This is a number from 0 to 1."),
        { MaxOutputTokens: not (null or >= 1 and <= 1_000_000) } => ("parameters.maxOutputTokens", "This is a whole number from 1 to 1,000,000."),
        { ReasoningEffort: not (null or "none" or "low" or "medium" or "high") } => ("parameters.reasoningEffort", "This is none, low, medium or high."),
        _ => null,
    };

    public ChatOptions ToOptions() => new()
    {
        Temperature = (float?)Temperature,
        TopP = (float?)TopP,
        MaxOutputTokens = MaxOutputTokens,
        Reasoning = ReasoningEffort is null ? null : new ReasoningOptions { Effort = Enum.Parse<ReasoningEffort>(ReasoningEffort, ignoreCase: true) },
    };
}
