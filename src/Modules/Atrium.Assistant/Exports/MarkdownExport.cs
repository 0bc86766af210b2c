using System.Globalization;
using System.Text;
using Atrium.Assistant.Messages;
using Atrium.Assistant.Personas;

namespace Atrium.Assistant.Exports;

/// <summary>Writes the branch of a conversation that is shown as a document for reading.</summary>
internal sealed class MarkdownExport(ConversationReader reader)
{
    public async Task WriteAsync(Stream output, ExportedConversation conversation, Guid ownerId, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync($"# {conversation.Title}\n\n*{Time(conversation.CreatedAt)}*\n".AsMemory(), cancellation);
        await foreach (var message in reader.BranchAsync(conversation, ownerId, cancellation))
            await writer.WriteAsync(Of(message).AsMemory(), cancellation);
        await writer.FlushAsync(cancellation);
    }

    /// <summary>A name for the document that any file system takes.</summary>
    public static string NameOf(ExportedConversation conversation)
    {
        var title = conversation.Title.Replace('/', '-').Replace('\\', '-');
        return Attachments.FileName.Clean((title.Length > 0 ? title : "Conversation") + ".md");
    }

    private static string Of(ExportedMessage message)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n## {Speaker(message)}\n\n*{Time(message.CreatedAt)}*\n");
        foreach (var part in message.Parts)
            text.Append('\n').Append(Of(part)).Append('\n');
        if (message.Status != MessageStatus.Complete)
            text.Append(CultureInfo.InvariantCulture, $"\n*({message.Status}{(message.Error is { } error ? ": " + error.Title : "")})*\n");
        if (message.Usage is { } usage)
            text.Append(CultureInfo.InvariantCulture, $"\n*{usage.InputTokens} tokens read, {usage.OutputTokens} written{(message.Cost is { } cost ? $", {cost} USD" : "")}*\n");
        return text.ToString();
    }

    private static string Speaker(ExportedMessage message)
    {
        if (message.Role == MessageRole.User)
            return "You";
        var persona = PersonaList.Find(message.Persona)?.Name ?? message.ProviderName ?? "Assistant";
        return message.Model is { } model ? $"{persona} ({model})" : persona;
    }

    private static string Of(MessagePart part) => part switch
    {
        TextPart text => text.Text,
        ReasoningPart reasoning => string.Join('\n', reasoning.Text.Split('\n').Select(line => ("> " + line).TrimEnd())),
        ToolPart tool => $"**{tool.Name}**\n\n{Fenced(tool.Arguments)}{(tool.Result is { } result ? "\n\n" + Fenced(result) : "")}",
        ImagePart image => $"*[Picture: {image.Name}]*",
        FilePart file => $"*[File: {file.Name}]*",
        CitationPart citation => $"- {(citation.Url is { } url ? $"[{citation.Title}](<{url}>)" : citation.Title)}{(citation.Quote is { } quote ? $": {quote}" : "")}",
        _ => "",
    };

    /// <summary>A fence longer than any in the text.</summary>
    private static string Fenced(string text)
    {
        var fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        return $"{fence}\n{text}\n{fence}";
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
