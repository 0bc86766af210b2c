using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.ChatCompletions;

/// <summary>Reads the messages of OpenAI's chat format.</summary>
internal static class ChatMessageReader
{
    public static List<ChatMessage> Read(JsonElement body)
    {
        List<ChatMessage> messages = [.. body.Array("messages").Select(ReadMessage)];
        return messages.Count > 0 ? messages : throw ApiException.Invalid("messages", "'messages' must have at least one message.");
    }

    private static ChatMessage ReadMessage(JsonElement message) => message.Text("role") switch
    {
        "system" or "developer" => new ChatMessage(ChatRole.System, ReadInstructions(message)) { AuthorName = message.Text("name") },
        "user" => new ChatMessage(ChatRole.User, ReadParts(message)) { AuthorName = message.Text("name") },
        "assistant" => new ChatMessage(ChatRole.Assistant, ReadAnswer(message)) { AuthorName = message.Text("name") },
        "tool" => new ChatMessage(ChatRole.Tool, [new FunctionResultContent(message.Required("tool_call_id"), TextOf(message))]),
        _ => throw ApiJson.Wrong("role", "system, developer, user, assistant or tool"),
    };

    private static List<AIContent> ReadAnswer(JsonElement message)
    {
        var contents = new List<AIContent>();
        if (message.Text("reasoning_content") is { Length: > 0 } reasoning)
            contents.Add(new TextReasoningContent(reasoning));
        if (TextOf(message) is { Length: > 0 } text)
            contents.Add(new TextContent(text));
        foreach (var call in message.Array("tool_calls"))
        {
            var function = call.Object("function") ?? throw ApiJson.Wrong("tool_calls", "calls of functions");
            contents.Add(ApiRequest.ReadCall(call.Required("id"), function.Required("name"), function.Text("arguments") ?? ""));
        }
        return contents;
    }

    /// <summary>Text, in parts where it comes in parts: each may have a mark for the provider's cache.</summary>
    private static List<AIContent> ReadInstructions(JsonElement message) => message.Member("content") is { ValueKind: JsonValueKind.Array } parts
        ? [.. parts.EnumerateArray().Select(part => new TextContent(part.Text("text") ?? throw ApiJson.Wrong("content", "text here")).Marked(part))]
        : [new TextContent(TextOf(message))];

    private static string TextOf(JsonElement message) => message.Member("content") switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } => message.Text("content")!,
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(part => part.Text("text") ?? part.Text("refusal") ?? throw ApiJson.Wrong("content", "text here"))),
        _ => throw ApiJson.Wrong("content", "a string or an array of parts"),
    };

    private static List<AIContent> ReadParts(JsonElement message) => message.Member("content") switch
    {
        { ValueKind: JsonValueKind.String } => [new TextContent(message.Text("content"))],
        { ValueKind: JsonValueKind.Array } parts => [.. parts.EnumerateArray().Select(part => ReadPart(part).Marked(part))],
        _ => throw ApiJson.Wrong("content", "a string or an array of parts"),
    };

    private static AIContent ReadPart(JsonElement part) => part.Text("type") switch
    {
        "text" => new TextContent(part.Required("text")),
        "image_url" => ApiRequest.ReadAddress(ImageAddress(part), "image_url", "image/*", part.Member("image_url") is { ValueKind: JsonValueKind.Object } image ? image.Text("detail") : null),
        "input_audio" when part.Object("input_audio") is { } sound =>
            ApiRequest.ReadBase64(sound.Required("data"), sound.Text("format") is "wav" ? "audio/wav" : "audio/mpeg", "input_audio"),
        "file" when part.Object("file") is { } file => ReadFile(file),
        _ => throw ApiException.Invalid("content", "A part is of type text, image_url, input_audio or file."),
    };

    // Some programs write the address without the object around it.
    private static string ImageAddress(JsonElement part) =>
        part.Member("image_url") is { ValueKind: JsonValueKind.Object } image ? image.Required("url") : part.Required("image_url");

    private static AIContent ReadFile(JsonElement file)
    {
        if (file.Text("file_id") is { } id)
            return new HostedFileContent(id);
        var content = ApiRequest.ReadAddress(file.Required("file_data"), "file_data", "application/pdf");
        if (content is DataContent data)
            data.Name = file.Text("filename");
        return content;
    }
}
