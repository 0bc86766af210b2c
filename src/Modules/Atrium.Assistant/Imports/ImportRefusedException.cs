namespace Atrium.Assistant.Imports;

/// <summary>The file as a whole cannot be imported. What was imported before stays.</summary>
/// <param name="code">Stable, for the web app.</param>
/// <param name="title">A whole sentence for the person.</param>
internal sealed class ImportRefusedException(string code, string title, Exception? inner = null) : Exception(title, inner)
{
    public string Code { get; } = code;

    public static ImportRefusedException NotAnExport() =>
        new("not-an-export", "This is neither a ChatGPT export (conversations.json or its ZIP) nor an export of this house.");

    public static ImportRefusedException TooLarge() => new("too-large", "This unpacks to more than the house takes in.");

    public static ImportRefusedException Unreadable(Exception inner) => new("archive-unreadable", "This ZIP cannot be read. Download it again, or unpack it and import conversations.json.", inner);
}
