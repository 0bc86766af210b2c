namespace Atrium.Assistant.Drafts;

/// <summary>What a person has typed below a conversation and not sent.</summary>
internal sealed record Draft
{
    public const string Route = "/api/conversations/{id:guid}/draft";

    /// <summary>Empty when there is none.</summary>
    public required string Text { get; init; }

    /// <summary>Absent when there is none.</summary>
    public DateTimeOffset? SavedAt { get; init; }
}
