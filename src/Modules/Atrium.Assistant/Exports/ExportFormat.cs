namespace Atrium.Assistant.Exports;

/// <summary>What a person gets. Markdown is for reading, and holds the branch that is shown; JSON holds everything and can be imported again.</summary>
internal static class ExportFormat
{
    public const string Markdown = "markdown";
    public const string Json = "json";

    public const string MarkdownType = "text/markdown; charset=utf-8";
    public const string JsonType = "application/json";
    public const string ZipType = "application/zip";
}
