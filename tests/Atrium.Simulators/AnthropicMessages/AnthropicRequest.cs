using System.Text.Json;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.AnthropicMessages;

/// <summary>Reads a Messages request, checked as strictly as the real service checks it.</summary>
internal static class AnthropicRequest
{
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "model", "messages", "max_tokens", "system", "stop_sequences", "stream", "temperature", "top_p", "top_k", "metadata", "service_tier",
        "tools", "tool_choice", "thinking", "output_config", "container", "context_management",
    };

    public static ChatRequest Read(HttpContext http, JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
            if (!Fields.Contains(member.Name))
                throw new RefusedRequestException($"{member.Name}: Extra inputs are not permitted");
        var model = Text(root, "model") ?? throw new RefusedRequestException("model: Field required");
        if (model.StartsWith("missing", StringComparison.Ordinal))
            throw new RefusedRequestException($"model: {model}", status: 404);
        var maxTokens = Number(root, "max_tokens") ?? throw new RefusedRequestException("max_tokens: Field required");
        CheckThinking(root, model, maxTokens);
        var messages = Items(root, "messages").ToList();
        if (messages.Count == 0)
            throw new RefusedRequestException("messages: at least one message is required");
        AnthropicMessageCheck.Check(messages);
        CheckMarks(root, messages);
        var last = messages[^1];
        return new ChatRequest
        {
            Model = model,
            Prompt = AnthropicMessageCheck.ContentText(messages.LastOrDefault(message => Text(message, "role") is "user" && AnthropicMessageCheck.ContentText(message).Length > 0)),
            InputTokens = messages.Sum(message => 4 + AnswerContent.Tokens(AnthropicMessageCheck.ContentText(message))),
            Images = messages.Sum(message => Items(message, "content").Count(block => Text(block, "type") is "image")),
            Stream = Flag(root, "stream"),
            MaxTokens = maxTokens,
            HasToolResult = Text(Items(last, "content").LastOrDefault(), "type") is "tool_result",
            Tools = [.. Items(root, "tools").Select(Tool)],
        };
    }

    private static string Tool(JsonElement tool) =>
        tool.TryGetProperty("input_schema", out var schema) && Text(schema, "type") is "object"
            ? CheckedToolName(Text(tool, "name"), "tools.0.name")
            : throw new RefusedRequestException("tools.0.input_schema.type: Field required");

    /// <summary>sim-reasoner is like the newest models: no budget, and no sampling; the others know budgets only.</summary>
    private static void CheckThinking(JsonElement root, string model, int maxTokens)
    {
        var type = root.TryGetProperty("thinking", out var thinking) ? Text(thinking, "type") : null;
        if (model is "sim-reasoner" && type is "enabled")
            throw new RefusedRequestException("\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" and \"output_config.effort\".");
        if (model is "sim-reasoner" && root.TryGetProperty("temperature", out _))
            throw new RefusedRequestException("`temperature` is deprecated for this model.");
        if (model is "sim-fast" && type is "adaptive")
            throw new RefusedRequestException("adaptive thinking is not supported on this model");
        if (model is "sim-fast" && maxTokens > 32_000)
            throw new RefusedRequestException($"max_tokens: {maxTokens} > 32000, which is the maximum allowed number of output tokens for sim-fast");
        if (type is "enabled" && Number(thinking, "budget_tokens") is not { } budget)
            throw new RefusedRequestException("thinking.enabled.budget_tokens: Field required");
        else if (type is "enabled" && (Number(thinking, "budget_tokens") < 1024 || Number(thinking, "budget_tokens") >= maxTokens))
            throw new RefusedRequestException("thinking.budget_tokens: must be at least 1024 and less than max_tokens");
    }

    private static void CheckMarks(JsonElement root, List<JsonElement> messages)
    {
        var blocks = Items(root, "system").Concat(Items(root, "tools")).Concat(messages.SelectMany(message => Items(message, "content")));
        if (blocks.Count(block => block.TryGetProperty("cache_control", out _)) > 4)
            throw new RefusedRequestException("A maximum of 4 blocks with cache_control may be provided.");
    }
}
