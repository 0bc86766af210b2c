using System.Text.Json;
using Atrium.Ai;
using Atrium.Gateway.Api.ChatCompletions;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Responses;

/// <summary>Reads a request in OpenAI's newer format, as far as it needs nothing kept from one call to the next.</summary>
internal static class ResponseReader
{
    private static readonly string[] Kept = ["previous_response_id", "conversation", "prompt"];
    private static readonly string[] Shared = ["user", "safety_identifier", "service_tier", "metadata", "prompt_cache_key", "prompt_cache_retention", "top_logprobs"];

    public static ApiRequest Read(JsonElement body)
    {
        foreach (var field in Kept.Where(field => body.Member(field) is not null))
            throw ApiException.Invalid(field, $"This house keeps nothing between calls: send the whole conversation instead of '{field}'.");
        if (body.Switch("background") is true)
            throw ApiException.Invalid("background", "This house keeps nothing between calls: 'background' must be false.");
        return new ApiRequest
        {
            Model = ApiRequest.ReadModel(body),
            Messages = ReadMessages(body),
            Options = ReadOptions(body),
            Streams = body.Switch("stream") ?? false,
            IncludesProofs = Includes(body, "reasoning.encrypted_content"),
        };
    }

    private static ChatOptions ReadOptions(JsonElement body)
    {
        var options = new ChatOptions
        {
            Instructions = body.Text("instructions"),
            MaxOutputTokens = body.Count("max_output_tokens"),
            Temperature = body.Number("temperature"),
            TopP = body.Number("top_p"),
            AllowMultipleToolCalls = body.Switch("parallel_tool_calls"),
            Reasoning = ChatCompletionReader.ReadEffort(body.Object("reasoning")?.Text("effort"), "reasoning.effort"),
            Tools = [.. body.Array("tools").Select(ReadTool)],
            ToolMode = ChatCompletionReader.ReadToolChoice(body),
            AdditionalProperties = [],
        };
        TakeFields(body, options);
        if (body.Object("text")?.Object("format") is not { } format)
            return options;
        if (format.Required("type") is "json_schema")
            ChatCompletionReader.ReadSchema(format, options);
        else if (format.Text("type") is "json_object")
            options.ResponseFormat = ChatResponseFormat.Json;
        return options;
    }

    /// <summary>Fields that the older format has, too, go on under their names there.</summary>
    private static void TakeFields(JsonElement body, ChatOptions options)
    {
        foreach (var field in Shared)
            options.Take(body, field);
        if (body.Object("text") is { } text)
            options.Take(text, "verbosity");
        if (body.Object("reasoning")?.Text("effort") is ("minimal" or "max") and { } word)
            options.AdditionalProperties![RequestKeys.EffortWord] = word;
        if (Includes(body, "message.output_text.logprobs"))
            options.AdditionalProperties!["logprobs"] = true;
        if (body.Switch("stream") is true)
            options.AdditionalProperties![RequestKeys.ToolPieces] = true;
    }

    private static bool Includes(JsonElement body, string what) => body.Array("include").Any(item => item.Is(JsonValueKind.String) && item.ValueEquals(what));

    private static AITool ReadTool(JsonElement tool) => tool.Text("type") is "function"
        ? ApiTool.Read(tool, tool.Text("description"), tool.Object("parameters"))
        : throw ApiException.Invalid("tools", "Only tools of type 'function' are known here.");

    private static List<ChatMessage> ReadMessages(JsonElement body)
    {
        List<ChatMessage> messages = body.Member("input") switch
        {
            { ValueKind: JsonValueKind.String } => [new ChatMessage(ChatRole.User, body.Text("input"))],
            { ValueKind: JsonValueKind.Array } items => Join(items.EnumerateArray().Select(ReadItem).OfType<ChatMessage>()),
            _ => throw ApiJson.Wrong("input", "a string or an array of items"),
        };
        return messages.Count > 0 ? messages : throw ApiException.Invalid("input", "'input' is empty.");
    }

    /// <summary>Each call and each result is an item of its own there; one turn of a model is one message here.</summary>
    private static List<ChatMessage> Join(IEnumerable<ChatMessage> items)
    {
        var messages = new List<ChatMessage>();
        foreach (var item in items)
        {
            if (messages.Count > 0 && messages[^1].Role == item.Role && item.Role is var role && (role == ChatRole.Assistant || role == ChatRole.Tool))
                messages[^1] = new ChatMessage(role, [.. messages[^1].Contents, .. item.Contents]);
            else
                messages.Add(item);
        }
        return messages;
    }

    private static ChatMessage? ReadItem(JsonElement item) => item.Text("type") switch
    {
        null or "message" => new ChatMessage(RoleOf(item), ReadContent(item)),
        "function_call" => new ChatMessage(ChatRole.Assistant, [ApiRequest.ReadCall(item.Required("call_id"), item.Required("name"), item.Text("arguments") ?? "")]),
        "function_call_output" => new ChatMessage(ChatRole.Tool, [new FunctionResultContent(item.Required("call_id"), ReadOutput(item))]),
        "reasoning" => ReadThought(item),
        _ => throw ApiException.Invalid("input", "An item is of type message, function_call, function_call_output or reasoning."),
    };

    /// <summary>A thought without its proof is of no use to a model.</summary>
    private static ChatMessage? ReadThought(JsonElement item) => item.Text("encrypted_content") is { Length: > 0 } proof
        ? new ChatMessage(ChatRole.Assistant, [new TextReasoningContent(string.Concat(item.Array("summary").Select(part => part.Text("text")))) { ProtectedData = proof }])
        : null;

    private static ChatRole RoleOf(JsonElement item) => item.Text("role") switch
    {
        "system" or "developer" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        _ => throw ApiJson.Wrong("role", "system, developer, user or assistant"),
    };

    private static string ReadOutput(JsonElement item) => item.Member("output") is { ValueKind: JsonValueKind.Array } parts
        ? string.Concat(parts.EnumerateArray().Select(part => part.Text("text")))
        : item.Text("output") ?? "";

    private static List<AIContent> ReadContent(JsonElement item) => item.Member("content") switch
    {
        { ValueKind: JsonValueKind.String } => [new TextContent(item.Text("content"))],
        { ValueKind: JsonValueKind.Array } parts => [.. parts.EnumerateArray().Select(ReadPart)],
        _ => throw ApiJson.Wrong("content", "a string or an array of parts"),
    };

    private static AIContent ReadPart(JsonElement part) => part.Text("type") switch
    {
        "input_text" or "output_text" => new TextContent(part.Required("text")),
        "refusal" => new TextContent(part.Required("refusal")),
        "input_image" => ApiRequest.ReadAddress(part.Required("image_url"), "image_url", "image/*", part.Text("detail")),
        "input_file" => ApiRequest.ReadAddress(part.Text("file_data") ?? part.Required("file_url"), "file_data", "application/pdf"),
        _ => throw ApiException.Invalid("content", "A part is of type input_text, output_text, input_image or input_file."),
    };
}
