namespace Atrium.Assistant.Browser;

/// <summary>A model of Ollama on the person's own machine, which only their browser can reach.</summary>
internal sealed record BrowserModel
{
    private const int NameLength = 200;

    /// <summary>What Ollama reads unless it is told otherwise.</summary>
    private const int DefaultContext = 4_096;

    public required string Model { get; init; }

    /// <summary>How many tokens it reads, 512 to 10,000,000.</summary>
    public int? ContextTokens { get; init; }

    public int Limit => ContextTokens ?? DefaultContext;

    /// <returns>The first field that is out of range, with a sentence; null when all are fine.</returns>
    public (string Field, string Text)? FindFault() => this switch
    {
        { Model.Length: 0 or > NameLength } => ("browser.model", $"A model's name has 1 to {NameLength} letters."),
        { ContextTokens: not (null or >= 512 and <= 10_000_000) } => ("browser.contextTokens", "This is a whole number from 512 to 10,000,000."),
        _ => null,
    };
}
