using System.Text.Json;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.AnthropicMessages;

/// <summary>Checks the messages of a request: turns, blocks, and that each tool call is followed by its result.</summary>
internal static class AnthropicMessageCheck
{
    private static readonly string[] Pictures = ["image/jpeg", "image/png", "image/gif", "image/webp"];

    public static void Check(List<JsonElement> messages)
    {
        if (Text(messages[0], "role") is not "user")
            throw new RefusedRequestException("messages: first message must use the \"user\" role");
        IReadOnlyList<string> open = [];
        for (var i = 0; i < messages.Count; i++)
        {
            var role = Text(messages[i], "role");
            if (role is not ("user" or "assistant"))
                throw new RefusedRequestException($"messages.{i}.role: Input should be 'user' or 'assistant'");
            foreach (var block in Items(messages[i], "content"))
                CheckBlock(block, role, i);
            CheckResults(messages[i], open, i);
            open = role is "assistant" ? [.. Items(messages[i], "content").Where(block => Text(block, "type") is "tool_use").Select(block => Text(block, "id")!)] : [];
        }
        if (open.Count > 0)
            throw new RefusedRequestException($"messages.{messages.Count - 1}: `tool_use` ids were found without `tool_result` blocks immediately after: {open[0]}");
    }

    public static string ContentText(JsonElement message) =>
        Text(message, "content") ?? string.Concat(Items(message, "content").Select(block => Text(block, "text")));

    private static void CheckResults(JsonElement message, IReadOnlyList<string> open, int position)
    {
        var blocks = Items(message, "content").ToList();
        var results = blocks.TakeWhile(block => Text(block, "type") is "tool_result").Select(block => Text(block, "tool_use_id")!).ToList();
        if (blocks.Count(block => Text(block, "type") is "tool_result") != results.Count || results.Except(open).Any())
            throw new RefusedRequestException($"messages.{position}.content: unexpected `tool_use_id` found in `tool_result` blocks.");
        if (open.Except(results).Any())
            throw new RefusedRequestException($"messages.{position}: `tool_use` ids were found without `tool_result` blocks immediately after: {open.Except(results).First()}");
    }

    private static void CheckBlock(JsonElement block, string role, int position)
    {
        var isRight = (Text(block, "type"), role) switch
        {
            ("text", _) => !string.IsNullOrWhiteSpace(Text(block, "text")),
            ("image" or "document", "user") => IsSource(block),
            ("tool_result", "user") => Text(block, "tool_use_id") is not null,
            ("tool_use", "assistant") => Text(block, "id") is not null && block.GetProperty("input").ValueKind is JsonValueKind.Object,
            ("thinking", "assistant") => IsSigned(block, position),
            ("redacted_thinking", "assistant") => Text(block, "data") is not null,
            _ => false,
        };
        if (!isRight)
            throw new RefusedRequestException($"messages.{position}.content: text content blocks must be non-empty and of a known type");
    }

    private static bool IsSource(JsonElement block) =>
        block.TryGetProperty("source", out var source) && Text(source, "type") switch
        {
            "url" => Text(source, "url")?.StartsWith("https://", StringComparison.Ordinal) is true,
            "base64" => source.GetProperty("data").TryGetBytesFromBase64(out _)
                && (Text(block, "type") is "document" || Pictures.Contains(Text(source, "media_type"))),
            _ => false,
        };

    private static bool IsSigned(JsonElement block, int position) =>
        Text(block, "signature")?.StartsWith("sig", StringComparison.Ordinal) is true
            ? Text(block, "thinking") is not null
            : throw new RefusedRequestException($"messages.{position}.content.0: Invalid `signature` in `thinking` block");
}
