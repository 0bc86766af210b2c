using System.Text.Json;
using Atrium.Simulators.OpenAiChat;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.WatsonxChat;

/// <summary>Reads a chat request, checked as strictly as the real service checks it.</summary>
internal static class WatsonxRequest
{
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "model_id", "project_id", "space_id", "messages", "max_tokens", "max_completion_tokens", "temperature", "top_p", "n", "seed", "stop", "presence_penalty",
        "frequency_penalty", "logprobs", "top_logprobs", "logit_bias", "tools", "tool_choice", "tool_choice_option", "response_format", "time_limit", "context", "crypto",
        "reasoning_effort", "include_reasoning", "guided_choice", "guided_regex", "guided_grammar", "guided_json", "chat_template_kwargs", "repetition_penalty", "length_penalty",
    };

    public static ChatRequest Read(JsonElement root, bool isStream)
    {
        foreach (var member in root.EnumerateObject())
            if (!Fields.Contains(member.Name))
                throw new RefusedRequestException($"Json document validation error: unknown field '{member.Name}'", member.Name);
        var model = Text(root, "model_id") ?? throw new RefusedRequestException("Json document validation error: model_id should not be empty", "model_id");
        if (model.StartsWith("missing", StringComparison.Ordinal))
            throw new RefusedRequestException($"Model '{model}' is not supported for this environment.", code: "model_not_supported", status: 404);
        if ((Text(root, "project_id") is null) == (Text(root, "space_id") is null))
            throw new RefusedRequestException("Either space_id or project_id has to be given.", "project_id");
        if (root.TryGetProperty("tool_choice", out var named) && (named.ValueKind is not JsonValueKind.Object || root.TryGetProperty("tool_choice_option", out _)))
            throw new RefusedRequestException("tool_choice must be an object, and excludes tool_choice_option", "tool_choice");
        if (model is "sim-fast" && root.TryGetProperty("reasoning_effort", out _))
            throw new RefusedRequestException("reasoning_effort is not supported by this model", "reasoning_effort");
        var messages = Items(root, "messages").ToList();
        if (messages.Count == 0)
            throw new RefusedRequestException("Json document validation error: messages should not be empty", "messages");
        OpenAiMessageCheck.Check(root.GetProperty("messages"));
        return new ChatRequest
        {
            Model = model,
            Prompt = OpenAiMessageCheck.ContentText(messages.LastOrDefault(message => Text(message, "role") is "user")),
            InputTokens = messages.Sum(message => 4 + AnswerContent.Tokens(OpenAiMessageCheck.ContentText(message))),
            Images = messages.Sum(OpenAiMessageCheck.CountImages),
            Stream = isStream,
            MaxTokens = Number(root, "max_tokens"),
            HasToolResult = Text(messages[^1], "role") is "tool",
            Tools = [.. Items(root, "tools").Select(tool => CheckedToolName(tool.TryGetProperty("function", out var function) ? Text(function, "name") : null, "tools"))],
        };
    }
}
