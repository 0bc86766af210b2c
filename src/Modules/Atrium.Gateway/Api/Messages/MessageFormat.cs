using System.Text.Json;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Messages;

/// <summary>Writes answers in Anthropic's format.</summary>
internal sealed class MessageFormat(AnswerHead head) : IAnswerFormat
{
    private readonly CallOrder calls = new();
    private int index = -1;
    private string? open;

    public void WriteWhole(Utf8JsonWriter json, ApiAnswer answer)
    {
        json.WriteStartObject();
        WriteHead(json, "message");
        MessageBlocks.WriteAll(json, answer);
        WriteEnd(json, answer);
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
            case ToolCallPiece piece:
                AddPiece(stream, piece);
                break;
            case FunctionCallContent call:
                EndCall(stream, call);
                break;
        }
        foreach (var citation in AnswerParts.CitationsOf(part))
            AddCitation(stream, citation);
    }

    public void End(ApiStream stream, ApiAnswer answer)
    {
        Close(stream);
        stream.Event("message_delta", json =>
        {
            json.WriteString("type", "message_delta");
            json.WriteStartObject("delta");
            WriteEnd(json, answer);
            json.WriteEndObject();
            WriteUsage(json, answer.Bill.Usage);
        });
        stream.Event("message_stop", json => json.WriteString("type", "message_stop"));
    }

    public void Fail(ApiStream stream, ApiFailure failure) => stream.Whole("error", json => failure.Write(json, ApiDialect.Anthropic));

    private void AddThought(ApiStream stream, TextReasoningContent thought)
    {
        var signature = AnswerParts.SignatureOf(thought);
        if (thought.Text.Length == 0 && signature is null)
            return;
        // A proof may come without a thought that may be read.
        Open(stream, "thinking", json =>
        {
            json.WriteString("thinking", "");
            json.WriteString("signature", "");
        });
        if (thought.Text.Length > 0)
            WriteDelta(stream, "thinking_delta", "thinking", thought.Text);
        if (signature is null)
            return;
        WriteDelta(stream, "signature_delta", "signature", signature);
        Close(stream);
    }

    private void AddPiece(ApiStream stream, ToolCallPiece piece)
    {
        var step = calls.Take(piece);
        if (step == CallStep.Hold)
            return;
        if (step == CallStep.Begin)
            BeginCall(stream, piece.CallId, piece.Name);
        if (piece.Arguments.Length > 0)
            WriteDelta(stream, "input_json_delta", "partial_json", piece.Arguments);
    }

    private void EndCall(ApiStream stream, FunctionCallContent call)
    {
        var isOpen = calls.End(call.CallId);
        if (!isOpen && calls.HasPassed(call.CallId))
            return;
        if (!isOpen)
            BeginCall(stream, call.CallId, call.Name);
        if (!isOpen || calls.Text.Length == 0)
            WriteDelta(stream, "input_json_delta", "partial_json", AnswerParts.ArgumentsOf(call));
        Close(stream);
    }

    private void BeginCall(ApiStream stream, string id, string name)
    {
        Close(stream);
        Open(stream, "tool_use", json =>
        {
            json.WriteString("id", id);
            json.WriteString("name", name);
            json.WriteStartObject("input");
            json.WriteEndObject();
        });
    }

    private void AddCitation(ApiStream stream, CitationAnnotation citation)
    {
        Open(stream, "text", json => json.WriteString("text", ""));
        stream.Event("content_block_delta", json =>
        {
            json.WriteString("type", "content_block_delta");
            json.WriteNumber("index", index);
            json.WriteStartObject("delta");
            json.WriteString("type", "citations_delta");
            json.WritePropertyName("citation");
            MessageBlocks.WriteCitation(json, citation);
            json.WriteEndObject();
        });
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

    private static void WriteEnd(Utf8JsonWriter json, ApiAnswer answer)
    {
        var sequence = AnswerParts.StopSequenceOf(answer.Parts);
        json.WriteString("stop_reason", answer.Bill.StopReason switch
        {
            "length" => "max_tokens",
            "content_filter" => "refusal",
            _ => answer.Calls.Any() ? "tool_use" : sequence is not null ? "stop_sequence" : "end_turn",
        });
        json.WriteString("stop_sequence", sequence);
    }

    /// <summary>This format counts input without what the cache had and got.</summary>
    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.Input - usage.Cached - usage.CacheWritten);
        json.WriteNumber("cache_creation_input_tokens", usage.CacheWritten);
        json.WriteNumber("cache_read_input_tokens", usage.Cached);
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteEndObject();
    }
}
