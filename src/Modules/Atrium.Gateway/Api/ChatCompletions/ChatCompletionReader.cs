using System.Text.Json;
using Atrium.Ai;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.ChatCompletions;

/// <summary>Reads a request in OpenAI's chat format.</summary>
internal static class ChatCompletionReader
{
    /// <summary>Fields with a meaning of their own here; all others go to the provider as they are, where it speaks the same format.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "messages", "stream", "stream_options", "n", "max_tokens", "max_completion_tokens", "temperature", "top_p", "presence_penalty",
        "frequency_penalty", "modalities", "seed", "stop", "tools", "tool_choice", "parallel_tool_calls", "response_format", "reasoning_effort",
    };

    private static readonly string[] Old = ["functions", "function_call"];

    public static ApiRequest Read(JsonElement body)
    {
        if (body.Count("n") is > 1)
            throw ApiException.Invalid("n", "This house gives one answer at a time: 'n' must be 1.");
        if (body.Array("modalities").Any(kind => !kind.Is(JsonValueKind.String) || !kind.ValueEquals("text")) || body.Member("audio") is not null)
            throw ApiException.Invalid(body.Member("audio") is null ? "modalities" : "audio", "This house answers in text: sound is not made here.");
        foreach (var field in Old.Where(field => body.Member(field) is not null))
            throw ApiException.Invalid(field, $"'{field}' is gone: use 'tools' and 'tool_choice'.");
        var (messages, options) = (ChatMessageReader.Read(body), ReadOptions(body));
        if (messages.Exists(message => message.Contents.Any(content => content.AdditionalProperties?.ContainsKey(RequestKeys.CacheControl) is true)))
            options.AdditionalProperties![RequestKeys.PromptCache] = true;
        return new ApiRequest
        {
            Model = ApiRequest.ReadModel(body),
            Messages = messages,
            Options = options,
            Streams = body.Switch("stream") ?? false,
            IncludesUsage = body.Object("stream_options")?.Switch("include_usage") ?? false,
        };
    }

    public static ReasoningOptions? ReadEffort(string? effort, string name) => effort switch
    {
        null => null,
        "none" => new ReasoningOptions { Effort = ReasoningEffort.None },
        "minimal" or "low" => new ReasoningOptions { Effort = ReasoningEffort.Low },
        "medium" => new ReasoningOptions { Effort = ReasoningEffort.Medium },
        "high" => new ReasoningOptions { Effort = ReasoningEffort.High },
        "xhigh" or "max" => new ReasoningOptions { Effort = ReasoningEffort.ExtraHigh },
        _ => throw ApiJson.Wrong(name, "none, minimal, low, medium, high or xhigh"),
    };

    private static ChatOptions ReadOptions(JsonElement body)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = body.Count("max_completion_tokens") ?? body.Count("max_tokens"),
            Temperature = body.Number("temperature"),
            TopP = body.Number("top_p"),
            PresencePenalty = body.Number("presence_penalty"),
            FrequencyPenalty = body.Number("frequency_penalty"),
            Seed = body.Member("seed") is { } seed ? seed.TryGetInt64OrNull() ?? throw ApiJson.Wrong("seed", "a whole number") : null,
            StopSequences = ReadStop(body),
            AllowMultipleToolCalls = body.Switch("parallel_tool_calls"),
            Reasoning = ReadEffort(body.Text("reasoning_effort"), "reasoning_effort"),
            Tools = [.. body.Array("tools").Select(ReadTool)],
            ToolMode = ReadToolChoice(body),
            AdditionalProperties = [],
        };
        foreach (var property in body.EnumerateObject().Where(property => !Known.Contains(property.Name)))
            options.AdditionalProperties[property.Name] = property.Value;
        if (body.Text("reasoning_effort") is ("minimal" or "max") and { } word)
            options.AdditionalProperties[RequestKeys.EffortWord] = word;
        if (body.Switch("stream") is true)
            options.AdditionalProperties[RequestKeys.ToolPieces] = true;
        ReadFormat(body, options);
        return options;
    }

    private static long? TryGetInt64OrNull(this JsonElement element) =>
        element.Is(JsonValueKind.Number) && element.TryGetInt64(out var number) ? number : null;

    private static List<string>? ReadStop(JsonElement body) => body.Member("stop") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => item.Is(JsonValueKind.String) ? item.GetString()! : throw ApiJson.Wrong("stop", "texts"))],
        _ => throw ApiJson.Wrong("stop", "a string or an array of them"),
    };

    private static AITool ReadTool(JsonElement tool)
    {
        if (tool.Text("type") is not "function" || tool.Object("function") is not { } function)
            throw ApiException.Invalid("tools", "Only tools of type 'function' are known here.");
        return ApiTool.Read(function, function.Text("description"), function.Object("parameters"));
    }

    /// <summary>Both of OpenAI's formats name the choice of a tool alike.</summary>
    public static ChatToolMode? ReadToolChoice(JsonElement body) => body.Member("tool_choice") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString() switch
        {
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            _ => throw ApiJson.Wrong("tool_choice", "auto, none, required or a function"),
        },
        // The newer of OpenAI's formats has the name one level higher.
        { ValueKind: JsonValueKind.Object } choice when choice.Text("type") is "function" =>
            ChatToolMode.RequireSpecific(choice.Object("function") is { } function ? function.Required("name") : choice.Required("name")),
        _ => throw ApiJson.Wrong("tool_choice", "auto, none, required or a function"),
    };

    private static void ReadFormat(JsonElement body, ChatOptions options)
    {
        if (body.Object("response_format") is not { } format)
            return;
        switch (format.Required("type"))
        {
            case "text":
                break;
            case "json_object":
                options.ResponseFormat = ChatResponseFormat.Json;
                break;
            case "json_schema" when format.Object("json_schema") is { } named:
                ReadSchema(named, options);
                break;
            default:
                throw ApiJson.Wrong("response_format", "text, json_object or json_schema");
        }
    }

    /// <param name="named">The schema with its name, which both of OpenAI's formats have.</param>
    public static void ReadSchema(JsonElement named, ChatOptions options)
    {
        var schema = named.Object("schema") ?? throw ApiException.Invalid("response_format", "'schema' is missing.");
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, named.Text("name") ?? "answer", named.Text("description"));
        if (named.Switch("strict") is { } strict)
            (options.AdditionalProperties ??= [])[RequestKeys.StrictSchema] = strict;
    }
}
