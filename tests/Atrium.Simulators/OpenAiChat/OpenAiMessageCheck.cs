using System.Text.Json;

namespace Atrium.Simulators.OpenAiChat;

/// <summary>Checks the messages of a request: roles, parts, and that each tool call is followed by its result.</summary>
internal static class OpenAiMessageCheck
{
    public static void Check(JsonElement messages)
    {
        var open = new List<string>();
        var position = 0;
        foreach (var message in messages.EnumerateArray())
        {
            var role = message.TryGetProperty("role", out var value) ? value.GetString() : null;
            if (role is not ("system" or "developer" or "user" or "assistant" or "tool"))
                throw new RefusedRequestException($"Invalid value: '{role}'.", $"messages[{position}].role", "invalid_value");
            if (role is "tool")
                CloseCall(message, open, position);
            else if (open.Count > 0)
                throw new RefusedRequestException($"An assistant message with 'tool_calls' must be followed by tool messages. Missing: {string.Join(", ", open)}", $"messages[{position}].role");
            if (message.TryGetProperty("tool_calls", out var calls))
                open.AddRange(calls.EnumerateArray().Select(call => OpenCall(call, position)));
            CheckContent(message, role, position++);
        }
        if (open.Count > 0)
            throw new RefusedRequestException("An assistant message with 'tool_calls' must be followed by tool messages.", "messages");
    }

    public static string ContentText(JsonElement message)
    {
        if (message.ValueKind is not JsonValueKind.Object || !message.TryGetProperty("content", out var content))
            return "";
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : null)),
            _ => "",
        };
    }

    public static int CountImages(JsonElement message) =>
        message.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.Array
            ? content.EnumerateArray().Count(part => part.GetProperty("type").GetString() is "image_url")
            : 0;

    private static string OpenCall(JsonElement call, int position)
    {
        var arguments = call.GetProperty("function").GetProperty("arguments");
        if (arguments.ValueKind is not JsonValueKind.String)
            throw new RefusedRequestException("Invalid type for 'arguments': expected a string.", $"messages[{position}].tool_calls", "invalid_type");
        return call.GetProperty("id").GetString()!;
    }

    private static void CloseCall(JsonElement message, List<string> open, int position)
    {
        var id = message.TryGetProperty("tool_call_id", out var value) ? value.GetString() : null;
        if (id is null || !open.Remove(id))
            throw new RefusedRequestException("Messages with role 'tool' must be a response to a preceding message with 'tool_calls'.", $"messages[{position}].role");
    }

    private static void CheckContent(JsonElement message, string role, int position)
    {
        var hasCalls = message.TryGetProperty("tool_calls", out _);
        if (!message.TryGetProperty("content", out var content) || content.ValueKind is JsonValueKind.Null)
        {
            if (role is "assistant" && hasCalls)
                return;
            throw new RefusedRequestException("Invalid value for 'content': expected a string, got null.", $"messages[{position}].content");
        }
        if (content.ValueKind is JsonValueKind.Array)
            foreach (var part in content.EnumerateArray())
                CheckPart(part, position);
    }

    private static void CheckPart(JsonElement part, int position)
    {
        var type = part.TryGetProperty("type", out var value) ? value.GetString() : null;
        var isRight = type switch
        {
            "text" => part.TryGetProperty("text", out _),
            "image_url" => part.GetProperty("image_url").GetProperty("url").GetString() is { } url
                && (url.StartsWith("data:image/", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal)),
            "input_audio" => part.GetProperty("input_audio").GetProperty("format").GetString() is "wav" or "mp3",
            "file" => part.TryGetProperty("file", out _),
            _ => false,
        };
        if (!isRight)
            throw new RefusedRequestException($"Invalid content part '{type}'.", $"messages[{position}].content", "invalid_value");
    }
}
