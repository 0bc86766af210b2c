using System.Text.Json;
using Atrium.Simulators.OpenAiChat;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.CohereChat;

/// <summary>Reads a chat request, checked as strictly as the real service checks it.</summary>
internal static class CohereRequest
{
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "model", "messages", "stream", "max_tokens", "temperature", "p", "k", "seed", "stop_sequences", "frequency_penalty", "presence_penalty", "logprobs",
        "tools", "tool_choice", "strict_tools", "documents", "citation_options", "response_format", "safety_mode", "thinking", "priority", "raw_prompting",
    };

    public static ChatRequest Read(JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
            if (!Fields.Contains(member.Name))
                throw new RefusedRequestException($"unknown field: parameter '{member.Name}' is not a valid field", status: 422);
        var model = Text(root, "model") ?? throw new RefusedRequestException("invalid request: model is required");
        if (model.StartsWith("missing", StringComparison.Ordinal))
            throw new RefusedRequestException($"model '{model}' not found, make sure the correct model ID was used and that you have access to the model.", status: 404);
        if (model is "sim-fast" && root.TryGetProperty("thinking", out _))
            throw new RefusedRequestException("thinking is not supported by the provided model");
        if (root.TryGetProperty("tool_choice", out var choice) && choice.GetString() is not ("REQUIRED" or "NONE"))
            throw new RefusedRequestException("invalid request: tool_choice must be one of REQUIRED, NONE", status: 422);
        if (Items(root, "stop_sequences").Count() > 5)
            throw new RefusedRequestException("invalid request: at most 5 stop_sequences");
        var messages = Items(root, "messages").ToList();
        if (messages.Count == 0)
            throw new RefusedRequestException("invalid request: messages must not be empty");
        foreach (var message in messages)
            if (message.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.Null)
                throw new RefusedRequestException("invalid request: content must not be null", status: 422);
        OpenAiMessageCheck.Check(root.GetProperty("messages"));
        return new ChatRequest
        {
            Model = model,
            Prompt = OpenAiMessageCheck.ContentText(messages.LastOrDefault(message => Text(message, "role") is "user")),
            InputTokens = messages.Sum(message => 4 + AnswerContent.Tokens(OpenAiMessageCheck.ContentText(message))),
            Images = messages.Sum(OpenAiMessageCheck.CountImages),
            Stream = Flag(root, "stream"),
            MaxTokens = Number(root, "max_tokens"),
            HasToolResult = Text(messages[^1], "role") is "tool",
            Tools = [.. Items(root, "tools").Select(tool => CheckedToolName(tool.TryGetProperty("function", out var function) ? Text(function, "name") : null, "tools"))],
        };
    }
}
