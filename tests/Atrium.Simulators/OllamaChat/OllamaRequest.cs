using System.Text.Json;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.OllamaChat;

/// <summary>Reads a chat request, checked as strictly as the real service checks it.</summary>
internal static class OllamaRequest
{
    public static ChatRequest Read(JsonElement root)
    {
        var model = Text(root, "model") ?? throw new RefusedRequestException("model is required");
        if (model.StartsWith("missing", StringComparison.Ordinal))
            throw new RefusedRequestException($"model '{model}' not found", status: 404);
        // sim-fast does not think.
        if (model is "sim-fast" && root.TryGetProperty("think", out var think) && think.ValueKind is not JsonValueKind.False)
            throw new RefusedRequestException($"\"{model}\" does not support thinking");
        var messages = Items(root, "messages").ToList();
        foreach (var message in messages)
            Check(message);
        var options = root.TryGetProperty("options", out var value) ? value : default;
        return new ChatRequest
        {
            Model = model,
            Prompt = Text(messages.LastOrDefault(message => Text(message, "role") is "user"), "content") ?? "",
            InputTokens = messages.Sum(message => 4 + AnswerContent.Tokens(Text(message, "content") ?? "")),
            Images = messages.Sum(message => Items(message, "images").Count()),
            // This wire streams unless told otherwise.
            Stream = !root.TryGetProperty("stream", out var stream) || stream.ValueKind is not JsonValueKind.False,
            MaxTokens = Number(options, "num_predict"),
            HasToolResult = messages.Count > 0 && Text(messages[^1], "role") is "tool",
            Tools = [.. Items(root, "tools").Select(tool => CheckedToolName(tool.TryGetProperty("function", out var function) ? Text(function, "name") : null, "tools"))],
        };
    }

    private static void Check(JsonElement message)
    {
        if (Text(message, "role") is not ("system" or "user" or "assistant" or "tool"))
            throw new RefusedRequestException("invalid message role");
        if (message.TryGetProperty("content", out var content) && content.ValueKind is not JsonValueKind.String)
            throw new RefusedRequestException("json: cannot unmarshal array into Go struct field Message.messages.content of type string");
        foreach (var image in Items(message, "images"))
            if (!image.TryGetBytesFromBase64(out _))
                throw new RefusedRequestException("illegal base64 data at input byte 4");
        foreach (var call in Items(message, "tool_calls"))
            if (call.GetProperty("function").GetProperty("arguments").ValueKind is not JsonValueKind.Object)
                throw new RefusedRequestException("json: cannot unmarshal string into Go struct field .arguments of type map");
    }
}
