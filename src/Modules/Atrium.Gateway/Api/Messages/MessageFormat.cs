using System.Text.Json;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Messages;

/// <summary>Writes answers in Anthropic's format.</summary>
internal sealed class MessageFormat(AnswerHead head) : IAnswerFormat
{
    private int index = -1;
    private string? open;

    public void WriteWhole(Utf8JsonWriter json, ApiAnswer answer)
    {
        json.WriteStartObject();
        WriteHead(json, "message");
        json.WriteStartArray("content");
        foreach (var part in answer.Parts)
            WriteBlock(json, part);
        json.WriteEndArray();
        json.WriteString("stop_reason", ReasonOf(answer));
        json.WriteNull("stop_sequence");
        WriteUsage(json, answer.Bill.Usage);
        json.WriteEndObject();
    }

    public void Begin(ApiStream stream) => stream.Event("message_start", json =>
    {
        json.WriteString("type", "message_start");
        json.WriteStartObject("message");
        WriteHead(json, "message");
        json.WriteStartArray("content");
        json.WriteEndArray();
        json.WriteNull("stop_reason");
        json.WriteNull("stop_sequence");
        WriteUsage(json, new TokenUsage(0, 0, 0, 0, false));
        json.WriteEndObject();
    });

    public void Add(ApiStream stream, AIContent part)
    {
        switch (part)
        {
            case TextContent { Text.Length: > 0 } text:
                Open(stream, "text", json => json.WriteString("text", ""));
                WriteDelta(stream, "text_delta", "text", text.Text);
                break;
            case TextReasoningContent thought when AnswerParts.RedactedOf(thought) is { } data:
                Close(stream);
                Open(stream, "redacted_thinking", json => json.WriteString("data", data));
                Close(stream);
                break;
            case TextReasoningContent thought:
                AddThought(stream, thought);
                break;
            case FunctionCallContent call:
                AddCall(stream, call);
                break;
        }
    }

    public void End(ApiStream stream, ApiAnswer answer)
    {
        Close(stream);
        stream.Event("message_delta", json =>
        {
            json.WriteString("type", "message_delta");
            json.WriteStartObject("delta");
            json.WriteString("stop_reason", ReasonOf(answer));
            json.WriteNull("stop_sequence");
            json.WriteEndObject();
            WriteUsage(json, answer.Bill.Usage);
        });
        stream.Event("message_stop", json => json.WriteString("type", "message_stop"));
    }

    public void Fail(ApiStream stream, ApiFailure failure) => stream.Whole("error", json => failure.Write(json, ApiDialect.Anthropic));

    private void AddThought(ApiStream stream, TextReasoningContent thought)
    {
        if (thought.Text.Length > 0)
        {
            Open(stream, "thinking", json =>
            {
                json.WriteString("thinking", "");
                json.WriteString("signature", "");
            });
            WriteDelta(stream, "thinking_delta", "thinking", thought.Text);
        }
        if (open != "thinking" || AnswerParts.SignatureOf(thought) is not { } signature)
            return;
        WriteDelta(stream, "signature_delta", "signature", signature);
        Close(stream);
    }

    private void AddCall(ApiStream stream, FunctionCallContent call)
    {
        Close(stream);
        Open(stream, "tool_use", json =>
        {
            json.WriteString("id", call.CallId);
            json.WriteString("name", call.Name);
            json.WriteStartObject("input");
            json.WriteEndObject();
        });
        WriteDelta(stream, "input_json_delta", "partial_json", AnswerParts.ArgumentsOf(call));
        Close(stream);
    }

    private void Open(ApiStream stream, string type, Action<Utf8JsonWriter> members)
    {
        if (open == type)
            return;
        Close(stream);
        open = type;
        index++;
        stream.Event("content_block_start", json =>
        {
            json.WriteString("type", "content_block_start");
            json.WriteNumber("index", index);
            json.WriteStartObject("content_block");
            json.WriteString("type", type);
            members(json);
            json.WriteEndObject();
        });
    }

    private void Close(ApiStream stream)
    {
        if (open is null)
            return;
        open = null;
        stream.Event("content_block_stop", json =>
        {
            json.WriteString("type", "content_block_stop");
            json.WriteNumber("index", index);
        });
    }

    private void WriteDelta(ApiStream stream, string type, string name, string text) => stream.Event("content_block_delta", json =>
    {
        json.WriteString("type", "content_block_delta");
        json.WriteNumber("index", index);
        json.WriteStartObject("delta");
        json.WriteString("type", type);
        json.WriteString(name, text);
        json.WriteEndObject();
    });

    private void WriteHead(Utf8JsonWriter json, string type)
    {
        json.WriteString("id", head.IdWith("msg_"));
        json.WriteString("type", type);
        json.WriteString("role", "assistant");
        json.WriteString("model", head.Model);
    }

    private static void WriteBlock(Utf8JsonWriter json, AIContent part)
    {
        if (part is not (TextContent { Text.Length: > 0 } or TextReasoningContent or FunctionCallContent))
            return;
        json.WriteStartObject();
        switch (part)
        {
            case TextContent text:
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
            case TextReasoningContent thought when AnswerParts.RedactedOf(thought) is { } data:
                json.WriteString("type", "redacted_thinking");
                json.WriteString("data", data);
                break;
            case TextReasoningContent thought:
                json.WriteString("type", "thinking");
                json.WriteString("thinking", thought.Text);
                json.WriteString("signature", AnswerParts.SignatureOf(thought) ?? "");
                break;
            case FunctionCallContent call:
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.CallId);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                json.WriteRawValue(AnswerParts.ArgumentsOf(call));
                break;
        }
        json.WriteEndObject();
    }

    private static string ReasonOf(ApiAnswer answer) => answer.Bill.StopReason switch
    {
        "length" => "max_tokens",
        "content_filter" => "refusal",
        _ => answer.Calls.Any() ? "tool_use" : "end_turn",
    };

    /// <summary>This format counts input without what came from the cache.</summary>
    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.Input - usage.Cached);
        json.WriteNumber("cache_creation_input_tokens", 0);
        json.WriteNumber("cache_read_input_tokens", usage.Cached);
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteEndObject();
    }
}
