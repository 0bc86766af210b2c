namespace Atrium.Ai;

/// <summary>A passage of the person's own chats or documents that may answer a question.</summary>
/// <param name="Title">Where it is from, for people: a document's name or a chat's title.</param>
/// <param name="Text">The words to quote.</param>
/// <param name="Link">An address inside the app, null when there is none.</param>
public sealed record Passage(string Title, string Text, string? Link = null);

/// <summary>How one Offline Lite behaves.</summary>
public sealed record OfflineLiteOptions
{
    /// <summary>Language of the answers: <c>en</c>, <c>es</c> or <c>vi</c> (a region such as <c>es-MX</c> is fine); anything else is English.</summary>
    public string Language { get; init; } = "en";

    /// <summary>True in places that several people share: help, arithmetic and dates only, never anybody's chats or documents.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>The person's own time zone, for "today" and "now".</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Finds passages in what the person may read, best first; null when there is nothing to search. Not called when restricted.</summary>
    public Func<string, CancellationToken, Task<IReadOnlyList<Passage>>>? Search { get; init; }
}
