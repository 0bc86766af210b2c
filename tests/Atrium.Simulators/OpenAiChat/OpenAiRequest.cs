using System.Text.Json;

namespace Atrium.Simulators.OpenAiChat;

/// <summary>A chat request, checked as strictly as the real service checks it.</summary>
internal sealed record OpenAiRequest
{
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public required int InputTokens { get; init; }

    public required int Images { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    public int? MaxTokens { get; init; }

    public bool HasToolResult { get; init; }

    public IReadOnlyList<string> Tools { get; init; } = [];

    public static OpenAiRequest Read(JsonElement root)
    {
        var model = Text(root, "model") ?? throw new OpenAiRequestException("you must provide a model parameter", "model");
        if (model.StartsWith("missing", StringComparison.Ordinal))
            throw new OpenAiRequestException($"The model `{model}` does not exist or you do not have access to it.", "model", "model_not_found", 404);
        RefuseForReasoner(root, model);
        if (!root.TryGetProperty("messages", out var messages) || messages.ValueKind is not JsonValueKind.Array || messages.GetArrayLength() == 0)
            throw new OpenAiRequestException("Invalid 'messages': empty array. Expected an array with minimum length 1.", "messages", "empty_array");
        OpenAiMessageCheck.Check(messages);
        var last = messages.EnumerateArray().LastOrDefault(message => Text(message, "role") is "user");
        return new OpenAiRequest
        {
            Model = model,
            Prompt = OpenAiMessageCheck.ContentText(last),
            InputTokens = messages.EnumerateArray().Sum(message => 4 + OpenAiAnswer.Tokens(OpenAiMessageCheck.ContentText(message))),
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
            throw new OpenAiRequestException("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter");
        if (root.TryGetProperty("temperature", out var temperature) && temperature.ToString() is not "1")
            throw new OpenAiRequestException("Unsupported value: 'temperature' does not support this value with this model.", "temperature", "unsupported_value");
    }

    private static List<string> ReadTools(JsonElement root)
    {
        if (!root.TryGetProperty("tools", out var tools))
            return [];
        var names = new List<string>();
        foreach (var tool in tools.EnumerateArray())
        {
            var name = tool.TryGetProperty("function", out var function) ? Text(function, "name") : null;
            if (name is not { Length: > 0 and <= 64 } || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
                throw new OpenAiRequestException("Invalid 'tools[0].function.name': string does not match pattern.", "tools[0].function.name", "invalid_value");
            names.Add(name);
        }
        return names;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}

/// <summary>The request is one the real service refuses.</summary>
internal sealed class OpenAiRequestException(string message, string parameter, string? code = null, int status = 400) : Exception(message)
{
    public string Parameter => parameter;

    public string? Code => code;

    public int Status => status;
}
