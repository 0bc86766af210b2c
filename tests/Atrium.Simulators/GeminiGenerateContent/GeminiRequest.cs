using System.Text.Json;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.GeminiGenerateContent;

/// <summary>Reads a generateContent request, checked as strictly as the real service checks it.</summary>
internal static class GeminiRequest
{
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "contents", "systemInstruction", "tools", "toolConfig", "generationConfig", "safetySettings", "cachedContent", "labels",
    };

    private static readonly HashSet<string> Settings = new(StringComparer.Ordinal)
    {
        "temperature", "topP", "topK", "maxOutputTokens", "stopSequences", "candidateCount", "seed", "presencePenalty", "frequencyPenalty",
        "responseMimeType", "responseJsonSchema", "responseSchema", "responseModalities", "imageConfig", "thinkingConfig",
    };

    public static ChatRequest Read(string call, JsonElement root)
    {
        var (model, method) = call.LastIndexOf(':') is >= 0 and var colon ? (call[..colon], call[(colon + 1)..]) : (call, "");
        if (method is not ("generateContent" or "streamGenerateContent"))
            throw new RefusedRequestException($"The method {method} is not found.", status: 404);
        if (model.StartsWith("missing", StringComparison.Ordinal))
            throw new RefusedRequestException($"models/{model} is not found for API version v1beta.", status: 404);
        CheckNames(root, Fields);
        var settings = root.TryGetProperty("generationConfig", out var value) ? value : default;
        CheckNames(settings, Settings);
        CheckThinking(settings, model);
        var contents = Items(root, "contents").ToList();
        if (contents.Count == 0)
            throw new RefusedRequestException("* GenerateContentRequest.contents: contents is not specified");
        CheckContents(contents, model);
        return new ChatRequest
        {
            Model = model,
            Prompt = ContentText(contents.LastOrDefault(content => Text(content, "role") is not "model" && !HasResult(content))),
            InputTokens = contents.Sum(content => 4 + AnswerContent.Tokens(ContentText(content))),
            Images = contents.Sum(content => Items(content, "parts").Count(part => part.TryGetProperty("inlineData", out var data) && Text(data, "mimeType")!.StartsWith("image/", StringComparison.Ordinal))),
            Stream = method is "streamGenerateContent",
            MaxTokens = Number(settings, "maxOutputTokens"),
            HasToolResult = HasResult(contents[^1]),
            IsOtherForm = Items(settings, "responseModalities").Any(kind => kind.GetString() is "IMAGE"),
            Tools = [.. Items(root, "tools").SelectMany(tool => Items(tool, "functionDeclarations")).Select(tool => CheckedToolName(Text(tool, "name"), "tools[0].function_declarations[0].name"))],
        };
    }

    private static void CheckNames(JsonElement element, HashSet<string> names)
    {
        if (element.ValueKind is JsonValueKind.Object)
            foreach (var member in element.EnumerateObject())
                if (!names.Contains(member.Name))
                    throw new RefusedRequestException($"Invalid JSON payload received. Unknown name \"{member.Name}\": Cannot find field.");
    }

    /// <summary>sim-fast does not think; no model takes a budget and a level.</summary>
    private static void CheckThinking(JsonElement settings, string model)
    {
        if (settings.ValueKind is not JsonValueKind.Object || !settings.TryGetProperty("thinkingConfig", out var thinking))
            return;
        if (model is "sim-fast")
            throw new RefusedRequestException("Thinking is not supported by this model.");
        if (thinking.TryGetProperty("thinkingBudget", out _) && thinking.TryGetProperty("thinkingLevel", out _))
            throw new RefusedRequestException("You can only set one of thinking budget and thinking level.");
    }

    private static void CheckContents(List<JsonElement> contents, string model)
    {
        var open = 0;
        foreach (var content in contents)
        {
            if (Text(content, "role") is not ("user" or "model" or null))
                throw new RefusedRequestException("Please use a valid role: user, model.");
            var parts = Items(content, "parts").ToList();
            if (parts.Count == 0)
                throw new RefusedRequestException("Unable to submit request because it must include at least one parts field.");
            foreach (var part in parts)
                CheckPart(part);
            var results = parts.Count(part => part.TryGetProperty("functionResponse", out _));
            if (results != open)
                throw new RefusedRequestException("Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.");
            var calls = parts.Where(part => part.TryGetProperty("functionCall", out _)).ToList();
            open = calls.Count;
            // The newest models want their signature back.
            if (model.StartsWith("gemini-3", StringComparison.Ordinal) && open > 0 && Text(calls[0], "thoughtSignature") is null)
                throw new RefusedRequestException("Function call is missing a thought_signature in functionCall parts.");
        }
        if (open > 0)
            throw new RefusedRequestException("Please ensure that function call turn comes immediately before a function response turn.");
    }

    private static void CheckPart(JsonElement part)
    {
        var isRight = part.TryGetProperty("text", out var text) ? text.ValueKind is JsonValueKind.String
            : part.TryGetProperty("inlineData", out var data) ? Text(data, "mimeType") is not null && data.GetProperty("data").TryGetBytesFromBase64(out _)
            : part.TryGetProperty("functionCall", out var call) ? Text(call, "name") is not null && call.GetProperty("args").ValueKind is JsonValueKind.Object
            : part.TryGetProperty("functionResponse", out var result) ? Text(result, "name") is not null && result.GetProperty("response").ValueKind is JsonValueKind.Object
            : part.TryGetProperty("fileData", out _);
        if (!isRight)
            throw new RefusedRequestException("Unable to submit request because a part has no data.");
    }

    private static bool HasResult(JsonElement content) => Items(content, "parts").Any(part => part.TryGetProperty("functionResponse", out _));

    private static string ContentText(JsonElement content) => string.Concat(Items(content, "parts").Select(part => Text(part, "text")));
}
