using System.Globalization;
using System.Text.Json;
using Atrium.Assistant.Messages;

namespace Atrium.Assistant.Imports;

/// <summary>Turns the content of one message of a ChatGPT export into parts. What is unknown becomes readable text.</summary>
internal static class ChatGptContent
{
    private const int MostCitations = 100;

    public static string? RoleOf(JsonElement message) => message.Field("author").Text("role");

    /// <summary>The person's standing instructions, which that service keeps as a hidden message.</summary>
    public static bool IsInstructions(JsonElement message) =>
        RoleOf(message) == "system" || TypeOf(message) is "user_editable_context" or "model_editable_context";

    public static string InstructionsOf(JsonElement message)
    {
        var content = message.Field("content");
        string?[] texts = [content.Text("user_profile"), content.Text("user_instructions"), content.Text("model_set_context"), TextsOf(content)];
        return string.Join("\n\n", texts.Where(text => !string.IsNullOrWhiteSpace(text)));
    }

    public static List<MessagePart> PartsOf(JsonElement message)
    {
        if (message.Field("content") is not { ValueKind: JsonValueKind.Object } content)
            return [];
        var parts = FilesOf(message);
        parts.AddRange(RoleOf(message) == "tool" ? ToolResult(message, content) : Said(message, content));
        parts.AddRange(CitationsOf(message));
        return parts;
    }

    private static string TypeOf(JsonElement message) => message.Field("content").Text("content_type") ?? "text";

    private static IEnumerable<MessagePart> Said(JsonElement message, JsonElement content)
    {
        var recipient = message.Text("recipient");
        var text = TextsOf(content);
        if (recipient is not (null or "" or "all") && RoleOf(message) == "assistant")
            return [new ToolPart(message.Text("id") ?? "", recipient, text ?? content.Text("text") ?? content.GetRawText())];
        return TypeOf(message) switch
        {
            "text" or "multimodal_text" => Texts(text),
            "code" => Texts($"```{content.Text("language")}\n{content.Text("text")}\n```"),
            "thoughts" => Thoughts(content),
            "reasoning_recap" => content.Text("content") is { Length: > 0 } recap ? [new ReasoningPart(recap)] : [],
            "tether_quote" => [new CitationPart(content.Text("title") ?? content.Text("domain") ?? "", WebAddress(content), content.Text("text"))],
            "system_error" => Texts($"*{content.Text("name")}: {content.Text("text")}*"),
            _ => Texts(Plain(content) ?? content.Readable(TypeOf(message))),
        };
    }

    private static IEnumerable<MessagePart> ToolResult(JsonElement message, JsonElement content)
    {
        var result = Plain(content) ?? content.Readable(TypeOf(message));
        return result.Length > 0 ? [new ToolPart("", message.Field("author").Text("name") ?? "tool", "", result)] : [];
    }

    /// <summary>The text of kinds that hold nothing but text; null for others.</summary>
    private static string? Plain(JsonElement content) =>
        content.Text("content_type") is "execution_output" or "system_error" or "text" or "multimodal_text" or "code" or "tether_browsing_display" or "tether_quote"
            ? TextsOf(content) ?? content.Text("text") ?? content.Text("result") ?? ""
            : null;

    private static IEnumerable<MessagePart> Texts(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [new TextPart(text)];

    private static IEnumerable<MessagePart> Thoughts(JsonElement content)
    {
        var text = string.Join("\n\n", content.Items("thoughts").Select(thought => string.Join("\n\n", new[] { thought.Text("summary"), thought.Text("content") }.Where(line => !string.IsNullOrWhiteSpace(line)))));
        return text.Length > 0 ? [new ReasoningPart(text)] : [];
    }

    /// <summary>What stands in <c>parts</c>; null when there is no such list.</summary>
    private static string? TextsOf(JsonElement? content) =>
        content.Field("parts") is { ValueKind: JsonValueKind.Array } list ? string.Join("\n\n", list.EnumerateArray().Select(TextOf).Where(text => text.Length > 0)) : null;

    private static string TextOf(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => PlainText.Clean(part.GetString()!),
        JsonValueKind.Null => "",
        JsonValueKind.Object => part.Text("content_type") switch
        {
            "image_asset_pointer" => Picture(part),
            "audio_transcription" => part.Text("text") ?? "",
            "audio_asset_pointer" => $"*[Recording: {part.Text("asset_pointer")}]*",
            var kind => part.Text("text") ?? part.Readable(kind ?? "content"),
        },
        _ => part.GetRawText(),
    };

    private static string Picture(JsonElement part)
    {
        var size = part.Field("width") is { ValueKind: JsonValueKind.Number } width && part.Field("height") is { ValueKind: JsonValueKind.Number } height
            ? string.Create(CultureInfo.InvariantCulture, $", {width.GetRawText()} × {height.GetRawText()}")
            : "";
        var prompt = part.Field("metadata").Field("dalle").Text("prompt") is { Length: > 0 } asked ? $": {asked}" : "";
        return $"*[Picture {part.Text("asset_pointer")}{size}{prompt}]*";
    }

    private static List<MessagePart> FilesOf(JsonElement message)
    {
        var names = message.Field("metadata").Items("attachments").Select(file => file.Text("name")).Where(name => !string.IsNullOrWhiteSpace(name)).ToList();
        return names.Count == 0 ? [] : [new TextPart(string.Join("\n", names.Select(name => $"*[File: {name}]*")))];
    }

    private static IEnumerable<MessagePart> CitationsOf(JsonElement message)
    {
        var metadata = message.Field("metadata");
        var cited = metadata.Items("citations").Select(citation => citation.Field("metadata") ?? citation);
        var referred = metadata.Items("content_references").Where(reference => reference.Text("type") is "webpage" or "webpage_extended");
        return cited.Concat(referred)
            .Select(source => new CitationPart(source.Text("title") ?? "", WebAddress(source), source.Text("snippet")))
            .Where(citation => citation is { Url: not null } or { Title.Length: > 0 })
            .Distinct()
            .Take(MostCitations);
    }

    private static string? WebAddress(JsonElement source) =>
        source.Text("url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? url : null;
}
