using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Messages;

/// <summary>Reads the conversation of Anthropic's format.</summary>
internal static class MessageReader
{
    public static List<ChatMessage> Read(JsonElement body)
    {
        var messages = new List<ChatMessage>();
        messages.AddRange(ReadSystem(body).Select(text => new ChatMessage(ChatRole.System, [text])));
        var before = messages.Count;
        foreach (var message in body.Array("messages"))
            AddMessage(messages, message);
        return messages.Count > before ? messages : throw ApiException.Invalid("messages", "'messages' must have at least one message.");
    }

    /// <summary>Each block a message of its own, so that none loses its mark.</summary>
    private static IEnumerable<TextContent> ReadSystem(JsonElement body) => body.Member("system") switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } blocks => blocks.EnumerateArray().Select(block => new TextContent(block.Required("text")).Marked(block)).Where(text => text.Text.Length > 0),
        _ => body.Text("system") is { Length: > 0 } system ? [new TextContent(system)] : [],
    };

    private static void AddMessage(List<ChatMessage> messages, JsonElement message)
    {
        var role = message.Text("role") switch
        {
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            _ => throw ApiJson.Wrong("role", "user or assistant"),
        };
        var contents = message.Member("content") switch
        {
            { ValueKind: JsonValueKind.String } => [new TextContent(message.Text("content"))],
            { ValueKind: JsonValueKind.Array } blocks => blocks.EnumerateArray().Select(block => ReadBlock(block).Marked(block)).ToList(),
            _ => throw ApiJson.Wrong("content", "a string or an array of blocks"),
        };
        // Results of tools stand in a person's turn there, and in a turn of their own everywhere else.
        var results = contents.Where(content => content is FunctionResultContent).ToList();
        if (results.Count > 0)
            messages.Add(new ChatMessage(ChatRole.Tool, results));
        if (results.Count < contents.Count)
            messages.Add(new ChatMessage(role, [.. contents.Except(results)]));
    }

    private static AIContent ReadBlock(JsonElement block) => block.Text("type") switch
    {
        "text" => new TextContent(block.Required("text")),
        "image" => ReadSource(block, "image/*"),
        "document" => ReadSource(block, "application/pdf"),
        "tool_use" => ApiRequest.ReadCall(block.Required("id"), block.Required("name"), block.Object("input")?.GetRawText() ?? "{}"),
        "tool_result" => ReadResult(block),
        "thinking" => AnswerParts.Thought(block.Text("thinking") ?? "", block.Text("signature")),
        "redacted_thinking" => AnswerParts.RedactedThought(block.Required("data")),
        _ => throw ApiException.Invalid("content", "A block is of type text, image, document, tool_use, tool_result, thinking or redacted_thinking."),
    };

    private static AIContent ReadSource(JsonElement block, string mediaType)
    {
        var source = block.Object("source") ?? throw ApiException.Invalid("source", "'source' is missing.");
        return source.Text("type") switch
        {
            "base64" => ReadNamed(ApiRequest.ReadBase64(source.Required("data"), source.Required("media_type"), "source"), block),
            "url" => ApiRequest.ReadAddress(source.Required("url"), "source", mediaType),
            "text" => new TextContent(source.Required("data")),
            _ => throw ApiJson.Wrong("source", "of type base64, url or text"),
        };
    }

    private static DataContent ReadNamed(DataContent data, JsonElement block)
    {
        data.Name = block.Text("title");
        return data;
    }

    private static FunctionResultContent ReadResult(JsonElement block)
    {
        object? result = block.Member("content") switch
        {
            null => "",
            { ValueKind: JsonValueKind.Array } parts => parts.EnumerateArray().Select(ReadBlock).ToList(),
            _ => block.Text("content"),
        };
        return new FunctionResultContent(block.Required("tool_use_id"), result)
        {
            Exception = block.Switch("is_error") is true ? new InvalidOperationException("The tool failed.") : null,
        };
    }
}
