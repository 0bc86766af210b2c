using System.Text.Json;
using Atrium.Ai;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Messages;

/// <summary>Reads a request in Anthropic's format.</summary>
internal static class MessageRequestReader
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "messages", "system", "max_tokens", "stream", "temperature", "top_p", "top_k", "stop_sequences", "tools", "tool_choice", "thinking",
        "output_config", "output_format", "cache_control", "metadata", "service_tier",
    };

    public static ApiRequest Read(JsonElement body) => new()
    {
        Model = ApiRequest.ReadModel(body),
        Messages = MessageReader.Read(body),
        Options = ReadOptions(body),
        Streams = body.Switch("stream") ?? false,
    };

    private static ChatOptions ReadOptions(JsonElement body)
    {
        var choice = body.Object("tool_choice");
        var options = new ChatOptions
        {
            MaxOutputTokens = body.Count("max_tokens") ?? throw ApiException.Invalid("max_tokens", "'max_tokens' is missing."),
            Temperature = body.Number("temperature"),
            TopP = body.Number("top_p"),
            TopK = body.Count("top_k"),
            StopSequences = [.. body.Array("stop_sequences").Select(stop => stop.Is(JsonValueKind.String) ? stop.GetString()! : throw ApiJson.Wrong("stop_sequences", "texts"))],
            Tools = [.. body.Array("tools").Select(ReadTool)],
            ToolMode = ReadChoice(choice),
            AllowMultipleToolCalls = choice?.Switch("disable_parallel_tool_use") is { } isDisabled ? !isDisabled : null,
            Reasoning = ReadThinking(body),
            AdditionalProperties = [],
        };
        foreach (var property in body.EnumerateObject().Where(property => !Known.Contains(property.Name)))
            options.AdditionalProperties[RequestKeys.AnthropicField + property.Name] = property.Value;
        if (MarksCache(body))
            options.AdditionalProperties[RequestKeys.PromptCache] = true;
        if (body.Object("metadata")?.Text("user_id") is { } user)
            options.AdditionalProperties[RequestKeys.User] = user;
        if (ReadTier(body) is { } tier)
            options.AdditionalProperties[RequestKeys.ServiceTier] = tier;
        if (body.Object("thinking") is { } thinking)
            options.AdditionalProperties[RequestKeys.Thinking] = thinking;
        if (body.Object("output_config")?.Text("effort") is "max" and { } effort)
            options.AdditionalProperties[RequestKeys.EffortWord] = effort;
        if (body.Switch("stream") is true)
            options.AdditionalProperties[RequestKeys.ToolPieces] = true;
        // The older name stands beside the newer one's place.
        if ((body.Object("output_config")?.Object("format") ?? body.Object("output_format"))?.Object("schema") is { } schema)
            options.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "answer");
        return options;
    }

    private static AITool ReadTool(JsonElement tool) => tool.Text("type") is null or "custom"
        ? ApiTool.Read(tool, tool.Text("description"), tool.Object("input_schema"))
        : throw ApiException.Invalid("tools", "Only tools of the program's own are known here.");

    private static string? ReadTier(JsonElement body) => body.Text("service_tier") switch
    {
        null => null,
        "auto" => "auto",
        "standard_only" => "default",
        _ => throw ApiJson.Wrong("service_tier", "auto or standard_only"),
    };

    private static ChatToolMode? ReadChoice(JsonElement? choice) => choice?.Required("type") switch
    {
        null => null,
        "auto" => ChatToolMode.Auto,
        "none" => ChatToolMode.None,
        "any" => ChatToolMode.RequireAny,
        "tool" => ChatToolMode.RequireSpecific(choice.Value.Required("name")),
        _ => throw ApiJson.Wrong("tool_choice", "of type auto, any, tool or none"),
    };

    private static ReasoningOptions? ReadThinking(JsonElement body)
    {
        if (body.Object("output_config")?.Text("effort") is { } effort)
            return ChatCompletions.ChatCompletionReader.ReadEffort(effort, "effort");
        return body.Object("thinking") is not { } thinking ? null : thinking.Required("type") switch
        {
            "disabled" => new ReasoningOptions { Effort = ReasoningEffort.None },
            "adaptive" => new ReasoningOptions { Effort = ReasoningEffort.Medium },
            "enabled" => new ReasoningOptions { Effort = EffortOf(thinking.Count("budget_tokens") ?? throw ApiException.Invalid("thinking", "'budget_tokens' is missing.")) },
            _ => throw ApiJson.Wrong("thinking", "of type enabled, adaptive or disabled"),
        };
    }

    private static ReasoningEffort EffortOf(int tokens) => tokens switch
    {
        <= 4_096 => ReasoningEffort.Low,
        <= 8_192 => ReasoningEffort.Medium,
        <= 16_384 => ReasoningEffort.High,
        _ => ReasoningEffort.ExtraHigh,
    };

    /// <summary>Where exactly the marks stand is the provider's writer's affair: the end of the question is where a next one goes on.</summary>
    private static bool MarksCache(JsonElement body) =>
        body.Member("cache_control") is not null
        || IsMarked(body.Member("system"))
        || body.Array("tools").Any(tool => tool.Member("cache_control") is not null)
        || body.Array("messages").Any(message => IsMarked(message.Member("content")));

    private static bool IsMarked(JsonElement? blocks) =>
        blocks is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().Any(block => block.Member("cache_control") is not null);
}
