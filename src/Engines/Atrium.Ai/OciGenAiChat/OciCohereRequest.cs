using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OciGenAiChat;

/// <summary>
/// Writes the conversation in the form of Cohere's older models: the last question apart from what came before it, results beside both, text only.
/// </summary>
internal static class OciCohereRequest
{
    public static void Write(Utf8JsonWriter json, ProviderCall call)
    {
        var messages = Conversation.Repair(call.Messages);
        var spoken = messages.Where(message => message.Role != ChatRole.System).ToList();
        if (spoken.Count == 0)
            throw ProviderException.NotConfigured(call.Provider, "messages");
        json.WriteString("apiFormat", "COHERE");
        var last = spoken[^1];
        var isResult = last.Role == ChatRole.Tool;
        json.WriteString("message", isResult ? "" : Text(call, last));
        WritePreamble(json, call, messages);
        json.WriteStartArray("chatHistory");
        var calls = new Dictionary<string, FunctionCallContent>(StringComparer.Ordinal);
        foreach (var message in spoken.SkipLast(1))
            WriteMessage(json, call, message, calls);
        json.WriteEndArray();
        if (isResult)
            WriteResults(json, last, calls);
        WriteTools(json, call);
        if (call.Options.ResponseFormat is ChatResponseFormatJson format)
            WriteFormat(json, format);
    }

    private static void WritePreamble(Utf8JsonWriter json, ProviderCall call, IReadOnlyList<ChatMessage> messages)
    {
        var system = messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text).Prepend(call.Options.Instructions ?? "").Where(text => text.Length > 0);
        if (string.Join("\n\n", system) is { Length: > 0 } preamble)
            json.WriteString("preambleOverride", preamble);
    }

    private static void WriteMessage(Utf8JsonWriter json, ProviderCall call, ChatMessage message, Dictionary<string, FunctionCallContent> calls)
    {
        json.WriteStartObject();
        if (message.Role == ChatRole.Tool)
        {
            json.WriteString("role", "TOOL");
            WriteResults(json, message, calls);
        }
        else
        {
            json.WriteString("role", message.Role == ChatRole.Assistant ? "CHATBOT" : "USER");
            json.WriteString("message", Text(call, message));
            WriteCalls(json, message, calls);
        }
        json.WriteEndObject();
    }

    private static void WriteCalls(Utf8JsonWriter json, ChatMessage message, Dictionary<string, FunctionCallContent> calls)
    {
        var uses = message.Contents.OfType<FunctionCallContent>().ToList();
        if (uses.Count == 0)
            return;
        json.WriteStartArray("toolCalls");
        foreach (var use in uses)
        {
            calls[use.CallId] = use;
            json.WriteStartObject();
            WriteCall(json, use);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCall(Utf8JsonWriter json, FunctionCallContent use)
    {
        json.WriteString("name", use.Name);
        json.WritePropertyName("parameters");
        json.WriteRawValue(ToolCalls.Arguments(use));
    }

    /// <summary>Calls have no ids here: a result says the whole call again.</summary>
    private static void WriteResults(Utf8JsonWriter json, ChatMessage message, Dictionary<string, FunctionCallContent> calls)
    {
        json.WriteStartArray("toolResults");
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            json.WriteStartObject();
            json.WriteStartObject("call");
            WriteCall(json, calls[result.CallId]);
            json.WriteEndObject();
            json.WriteStartArray("outputs");
            json.WriteStartObject();
            json.WriteString("output", Conversation.Text(result));
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter json, ProviderCall call)
    {
        // This form can neither forbid nor demand a call: where none is wanted, none is offered.
        var tools = call.Options.ToolMode is NoneChatToolMode ? [] : RequestJson.Functions(call);
        if (tools.Count == 0)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description.Length > 0 ? tool.Description : tool.Name);
            json.WriteStartObject("parameterDefinitions");
            if (Json.Object(tool.JsonSchema, "properties") is { } properties)
                foreach (var property in properties.EnumerateObject())
                    WriteParameter(json, property, ModelList.Lists(tool.JsonSchema, "required", property.Name) is true);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, JsonProperty property, bool isRequired)
    {
        json.WriteStartObject(property.Name);
        if (Json.String(property.Value, "description") is { Length: > 0 } description)
            json.WriteString("description", description);
        json.WriteString("type", Json.String(property.Value, "type") switch
        {
            "integer" => "int",
            "number" => "float",
            "boolean" => "bool",
            "array" => "List",
            "object" => "Dict",
            _ => "str",
        });
        json.WriteBoolean("isRequired", isRequired);
        json.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format)
    {
        json.WriteStartObject("responseFormat");
        json.WriteString("type", "JSON_OBJECT");
        if (format.Schema is { } schema)
        {
            json.WritePropertyName("schema");
            schema.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private static string Text(ProviderCall call, ChatMessage message)
    {
        var text = new StringBuilder();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextReasoningContent or FunctionCallContent:
                    break;
                case TextContent part:
                    text.Append(part.Text);
                    break;
                case DataContent data when data.HasTopLevelMediaType("text"):
                    text.Append("\n\n").Append(Encoding.UTF8.GetString(data.Data.Span));
                    break;
                case DataContent or UriContent or HostedFileContent:
                    throw ProviderException.Unsupported(call.Provider, $"this model does not read {(content as DataContent)?.MediaType ?? "files"}");
            }
        }
        return text.ToString();
    }
}
