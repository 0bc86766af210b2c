using System.Text.Json;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.BedrockConverse;

/// <summary>Reads a Converse request, checked as strictly as the real service checks it.</summary>
internal static class BedrockRequest
{
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "messages", "system", "inferenceConfig", "toolConfig", "guardrailConfig", "additionalModelRequestFields", "additionalModelResponseFieldPaths",
        "performanceConfig", "serviceTier", "requestMetadata", "promptVariables", "outputConfig",
    };

    private static readonly HashSet<string> Pictures = new(StringComparer.Ordinal) { "png", "jpeg", "gif", "webp" };

    public static ChatRequest Read(string model, string call, JsonElement root)
    {
        if (call is not ("converse" or "converse-stream"))
            throw new RefusedRequestException("UnknownOperationException", status: 404);
        if (model.StartsWith("missing", StringComparison.Ordinal))
            throw new RefusedRequestException("The provided model identifier is invalid.", status: 404);
        foreach (var member in root.EnumerateObject())
            if (!Fields.Contains(member.Name))
                throw new RefusedRequestException($"Malformed input request: #: extraneous key [{member.Name}] is not permitted");
        CheckOwnFields(root, model);
        var messages = Items(root, "messages").ToList();
        if (messages.Count == 0)
            throw new RefusedRequestException("A conversation must start with a user message. Try again with a conversation that starts with a user message.");
        CheckTurns(messages);
        var hasTools = messages.SelectMany(Blocks).Any(block => block.TryGetProperty("toolUse", out _) || block.TryGetProperty("toolResult", out _));
        var config = root.TryGetProperty("toolConfig", out var tools) ? tools : default;
        if (hasTools && !Items(config, "tools").Any())
            throw new RefusedRequestException("The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        var inference = root.TryGetProperty("inferenceConfig", out var value) ? value : default;
        return new ChatRequest
        {
            Model = model,
            Prompt = ContentText(messages.LastOrDefault(message => Text(message, "role") is "user" && ContentText(message).Length > 0)),
            InputTokens = messages.Sum(message => 4 + AnswerContent.Tokens(ContentText(message))),
            Images = messages.SelectMany(Blocks).Count(block => block.TryGetProperty("image", out _)),
            Stream = call is "converse-stream",
            MaxTokens = Number(inference, "maxTokens"),
            HasToolResult = Blocks(messages[^1]).LastOrDefault(block => !block.TryGetProperty("cachePoint", out _)).TryGetProperty("toolResult", out _),
            Tools = [.. Items(config, "tools").Select(Tool)],
        };
    }

    private static string Tool(JsonElement tool) =>
        tool.TryGetProperty("toolSpec", out var spec) && spec.TryGetProperty("inputSchema", out var schema) && schema.TryGetProperty("json", out var shape) && Text(shape, "type") is "object"
            ? CheckedToolName(Text(spec, "name"), "toolConfig.tools.0.member.toolSpec.name")
            : throw new RefusedRequestException("The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.");

    /// <summary>Only some makers' models think, and one that does takes no temperature.</summary>
    private static void CheckOwnFields(JsonElement root, string model)
    {
        if (!root.TryGetProperty("additionalModelRequestFields", out var own))
            return;
        if (!model.Contains("anthropic.", StringComparison.Ordinal) && own.TryGetProperty("thinking", out _))
            throw new RefusedRequestException("Malformed input request: #: extraneous key [thinking] is not permitted, please reformat your input and try again.");
        if (own.TryGetProperty("thinking", out _) && root.TryGetProperty("inferenceConfig", out var inference) && inference.TryGetProperty("temperature", out _))
            throw new RefusedRequestException("The model returned the following errors: `temperature` may only be set to 1 when thinking is enabled.");
    }

    private static void CheckTurns(List<JsonElement> messages)
    {
        var expected = "user";
        IReadOnlyList<string> open = [];
        foreach (var message in messages)
        {
            if (Text(message, "role") != expected)
                throw new RefusedRequestException("A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.");
            var blocks = Blocks(message).ToList();
            if (blocks.Count == 0)
                throw new RefusedRequestException("The content field in the Message object is empty. Add a ContentBlock object to the content field and try again.");
            foreach (var block in blocks)
                CheckBlock(block);
            var results = blocks.Where(block => block.TryGetProperty("toolResult", out _)).Select(block => Text(block.GetProperty("toolResult"), "toolUseId")!).ToList();
            if (!results.Order(StringComparer.Ordinal).SequenceEqual(open.Order(StringComparer.Ordinal)))
                throw new RefusedRequestException("Expected toolResult blocks for the following Ids: " + string.Join(", ", open));
            open = [.. blocks.Where(block => block.TryGetProperty("toolUse", out _)).Select(block => Text(block.GetProperty("toolUse"), "toolUseId")!)];
            expected = expected is "user" ? "assistant" : "user";
        }
        if (open.Count > 0)
            throw new RefusedRequestException("Expected toolResult blocks for the following Ids: " + string.Join(", ", open));
    }

    private static void CheckBlock(JsonElement block)
    {
        var isRight = block.TryGetProperty("text", out var text) ? !string.IsNullOrWhiteSpace(text.GetString())
            : block.TryGetProperty("image", out var image) ? Pictures.Contains(Text(image, "format")!) && image.GetProperty("source").GetProperty("bytes").TryGetBytesFromBase64(out _)
            : block.TryGetProperty("document", out var document) ? Text(document, "name") is { Length: > 0 } && Text(document, "format") is not null
            : block.TryGetProperty("toolUse", out var use) ? Text(use, "name") is not null && use.GetProperty("input").ValueKind is JsonValueKind.Object
            : block.TryGetProperty("toolResult", out var result) ? Items(result, "content").Any()
            : block.TryGetProperty("reasoningContent", out var thought) ? IsThought(thought)
            : block.TryGetProperty("cachePoint", out _) || block.TryGetProperty("guardContent", out _);
        if (!isRight)
            throw new RefusedRequestException("The text field in the ContentBlock object is blank. Add text to the text field, and try again.");
    }

    private static bool IsThought(JsonElement thought) =>
        thought.TryGetProperty("redactedContent", out _)
        || (thought.TryGetProperty("reasoningText", out var text) && Text(text, "signature")?.StartsWith("sig", StringComparison.Ordinal) is true
            ? true
            : throw new RefusedRequestException("The model returned the following errors: Invalid `signature` in `thinking` block"));

    private static IEnumerable<JsonElement> Blocks(JsonElement message) => Items(message, "content");

    private static string ContentText(JsonElement message) => string.Concat(Blocks(message).Select(block => Text(block, "text")));
}
