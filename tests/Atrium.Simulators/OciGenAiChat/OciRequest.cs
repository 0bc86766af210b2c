using System.Text.Json;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.OciGenAiChat;

/// <summary>Reads a chat request of either form, checked as strictly as the real service checks it.</summary>
internal static class OciRequest
{
    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal)
    {
        "apiFormat", "messages", "reasoningEffort", "verbosity", "metadata", "isStream", "streamOptions", "numGenerations", "seed", "isEcho", "topK", "topP", "temperature",
        "frequencyPenalty", "presencePenalty", "stop", "logProbs", "maxTokens", "maxCompletionTokens", "logitBias", "responseFormat", "toolChoice", "isParallelToolCalls", "tools",
    };

    private static readonly HashSet<string> Cohere = new(StringComparer.Ordinal)
    {
        "apiFormat", "message", "chatHistory", "documents", "responseFormat", "preambleOverride", "isStream", "streamOptions", "maxTokens", "temperature", "topK", "topP",
        "frequencyPenalty", "presencePenalty", "seed", "tools", "toolResults", "isForceSingleStep", "stopSequences", "safetyMode",
    };

    public static ChatRequest Read(JsonElement root)
    {
        if (Text(root, "compartmentId") is not { Length: > 0 })
            throw new RefusedRequestException("compartmentId may not be null");
        var mode = root.TryGetProperty("servingMode", out var value) ? value : default;
        var model = Text(mode, Text(mode, "servingType") is "DEDICATED" ? "endpointId" : "modelId") ?? throw new RefusedRequestException("servingMode may not be null");
        if (model.StartsWith("missing", StringComparison.Ordinal))
            throw new RefusedRequestException($"Entity with key {model} not found: no such model", status: 404);
        if (!root.TryGetProperty("chatRequest", out var chat))
            throw new RefusedRequestException("chatRequest may not be null");
        return Text(chat, "apiFormat") switch
        {
            "GENERIC" => ReadGeneric(Checked(chat, Generic), model),
            "COHERE" => ReadCohere(Checked(chat, Cohere), model),
            _ => throw new RefusedRequestException("Unable to process JSON input: apiFormat"),
        };
    }

    private static JsonElement Checked(JsonElement chat, HashSet<string> fields)
    {
        foreach (var member in chat.EnumerateObject())
            if (!fields.Contains(member.Name))
                throw new RefusedRequestException($"Unable to process JSON input: unknown field {member.Name}");
        return chat;
    }

    private static ChatRequest ReadGeneric(JsonElement chat, string model)
    {
        if (model is "sim-fast" && chat.TryGetProperty("reasoningEffort", out _))
            throw new RefusedRequestException("Please pass in correct format of request: reasoningEffort is not supported");
        var messages = Items(chat, "messages").ToList();
        if (messages.Count == 0)
            throw new RefusedRequestException("messages may not be empty");
        CheckTurns(messages);
        return new ChatRequest
        {
            Model = model,
            Prompt = ContentText(messages.LastOrDefault(message => Text(message, "role") is "USER")),
            InputTokens = messages.Sum(message => 4 + AnswerContent.Tokens(ContentText(message))),
            Images = messages.Sum(message => Items(message, "content").Count(part => Text(part, "type") is "IMAGE")),
            Stream = Flag(chat, "isStream"),
            IncludeUsage = chat.TryGetProperty("streamOptions", out var options) && Flag(options, "isIncludeUsage"),
            MaxTokens = Number(chat, "maxTokens") ?? Number(chat, "maxCompletionTokens"),
            HasToolResult = Text(messages[^1], "role") is "TOOL",
            Tools = [.. Items(chat, "tools").Select(tool => CheckedToolName(Text(tool, "name"), "tools"))],
        };
    }

    private static ChatRequest ReadCohere(JsonElement chat, string model)
    {
        var message = Text(chat, "message") ?? throw new RefusedRequestException("message may not be null");
        var hasResult = Items(chat, "toolResults").Any();
        if (message.Length == 0 && !hasResult)
            throw new RefusedRequestException("message must be at least 1 token long");
        var history = Items(chat, "chatHistory").ToList();
        foreach (var turn in history)
            if (Text(turn, "role") is not ("USER" or "CHATBOT" or "SYSTEM" or "TOOL"))
                throw new RefusedRequestException("Unable to process JSON input: role");
        return new ChatRequest
        {
            Model = model,
            Prompt = message.Length > 0 ? message : Text(history.LastOrDefault(turn => Text(turn, "role") is "USER"), "message") ?? "",
            InputTokens = 4 + AnswerContent.Tokens(message) + history.Sum(turn => 4 + AnswerContent.Tokens(Text(turn, "message") ?? "")),
            Images = 0,
            Stream = Flag(chat, "isStream"),
            IncludeUsage = chat.TryGetProperty("streamOptions", out var options) && Flag(options, "isIncludeUsage"),
            MaxTokens = Number(chat, "maxTokens"),
            HasToolResult = hasResult,
            Tools = [.. Items(chat, "tools").Select(tool => CheckedToolName(Text(tool, "name"), "tools"))],
            IsOtherForm = true,
        };
    }

    private static void CheckTurns(List<JsonElement> messages)
    {
        var open = new List<string>();
        foreach (var message in messages)
        {
            var role = Text(message, "role");
            if (role is not ("SYSTEM" or "DEVELOPER" or "USER" or "ASSISTANT" or "TOOL"))
                throw new RefusedRequestException("Unable to process JSON input: role");
            if (role is "TOOL" ? !open.Remove(Text(message, "toolCallId") ?? "") : open.Count > 0)
                throw new RefusedRequestException("An assistant message with toolCalls must be followed by tool messages responding to each toolCallId.");
            foreach (var part in Items(message, "content"))
                if (Text(part, "type") is not ("TEXT" or "IMAGE"))
                    throw new RefusedRequestException("Unable to process JSON input: type");
            open.AddRange(Items(message, "toolCalls").Select(call => Text(call, "arguments") is null ? throw new RefusedRequestException("arguments may not be null") : Text(call, "id")!));
        }
        if (open.Count > 0)
            throw new RefusedRequestException("An assistant message with toolCalls must be followed by tool messages responding to each toolCallId.");
    }

    private static string ContentText(JsonElement message) => string.Concat(Items(message, "content").Select(part => Text(part, "text")));
}
