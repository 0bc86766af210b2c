using System.Text.Json;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.OpenAiChat;

/// <summary>Reads a chat request, checked as strictly as the real service checks it.</summary>
internal static class OpenAiRequest
{
    /// <param name="root">The body.</param>
    /// <param name="inAddress">The model where it is in the address.</param>
    public static ChatRequest Read(JsonElement root, string? inAddress = null)
    {
        var model = inAddress ?? Text(root, "model") ?? throw new RefusedRequestException("you must provide a model parameter", "model");
        if (model.StartsWith("missing", StringComparison.Ordinal))
            throw new RefusedRequestException($"The model `{model}` does not exist or you do not have access to it.", "model", "model_not_found", 404);
        RefuseForReasoner(root, model);
        if (!root.TryGetProperty("messages", out var messages) || messages.ValueKind is not JsonValueKind.Array || messages.GetArrayLength() == 0)
            throw new RefusedRequestException("Invalid 'messages': empty array. Expected an array with minimum length 1.", "messages", "empty_array");
        OpenAiMessageCheck.Check(messages);
        var last = messages.EnumerateArray().LastOrDefault(message => Text(message, "role") is "user");
        return new ChatRequest
        {
            Model = model,
            Prompt = OpenAiMessageCheck.ContentText(last),
            InputTokens = messages.EnumerateArray().Sum(message => 4 + AnswerContent.Tokens(OpenAiMessageCheck.ContentText(message))),
            Images = messages.EnumerateArray().Sum(OpenAiMessageCheck.CountImages),
            Stream = Flag(root, "stream"),
            IncludeUsage = root.TryGetProperty("stream_options", out var options) && Flag(options, "include_usage"),
            MaxTokens = Number(root, "max_completion_tokens") ?? Number(root, "max_tokens"),
            HasToolResult = Text(messages[messages.GetArrayLength() - 1], "role") is "tool",
            Tools = ReadTools(root),
        };
    }

    /// <summary>Models that reason take neither the old name of the limit nor a temperature.</summary>
    private static void RefuseForReasoner(JsonElement root, string model)
    {
        if (model is not "sim-reasoner")
            return;
        if (root.TryGetProperty("max_tokens", out _))
            throw new RefusedRequestException("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter");
        if (root.TryGetProperty("temperature", out var temperature) && temperature.ToString() is not "1")
            throw new RefusedRequestException("Unsupported value: 'temperature' does not support this value with this model.", "temperature", "unsupported_value");
    }

    private static List<string> ReadTools(JsonElement root) =>
        [.. ChatRequest.Items(root, "tools").Select(tool =>
            ChatRequest.CheckedToolName(tool.TryGetProperty("function", out var function) ? Text(function, "name") : null, "tools[0].function.name"))];
}
