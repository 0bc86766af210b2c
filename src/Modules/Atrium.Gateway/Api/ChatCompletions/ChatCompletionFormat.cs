using System.Text.Json;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.ChatCompletions;

/// <summary>Writes answers in OpenAI's chat format.</summary>
internal sealed class ChatCompletionFormat(AnswerHead head, bool includesUsage) : IAnswerFormat
{
    private int calls;

    public void WriteWhole(Utf8JsonWriter json, ApiAnswer answer)
    {
        json.WriteStartObject();
        WriteHead(json, "chat.completion");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        if (answer.Text is { Length: > 0 } text)
            json.WriteString("content", text);
        else
            json.WriteNull("content");
        if (answer.Reasoning is { Length: > 0 } reasoning)
            json.WriteString("reasoning_content", reasoning);
        json.WriteNull("refusal");
        WriteCalls(json, [.. answer.Calls], isStream: false);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", ReasonOf(answer));
        json.WriteEndObject();
        json.WriteEndArray();
        WriteUsage(json, answer.Bill.Usage);
        json.WriteEndObject();
    }

    public void Begin(ApiStream stream) => WriteDelta(stream, json =>
    {
        json.WriteString("role", "assistant");
        json.WriteString("content", "");
    });

    public void Add(ApiStream stream, AIContent part)
    {
        switch (part)
        {
            case TextContent { Text.Length: > 0 } text:
                WriteDelta(stream, json => json.WriteString("content", text.Text));
                break;
            case TextReasoningContent { Text.Length: > 0 } reasoning:
                WriteDelta(stream, json => json.WriteString("reasoning_content", reasoning.Text));
                break;
            case FunctionCallContent call:
                WriteDelta(stream, json => WriteCalls(json, [call], isStream: true));
                break;
        }
    }

    public void End(ApiStream stream, ApiAnswer answer)
    {
        WriteDelta(stream, _ => { }, ReasonOf(answer));
        if (includesUsage)
        {
            stream.Event(null, json =>
            {
                WriteHead(json, "chat.completion.chunk");
                json.WriteStartArray("choices");
                json.WriteEndArray();
                WriteUsage(json, answer.Bill.Usage);
            });
        }
        stream.Done();
    }

    public void Fail(ApiStream stream, ApiFailure failure) => stream.Whole(null, json => failure.Write(json, ApiDialect.OpenAi));

    private void WriteDelta(ApiStream stream, Action<Utf8JsonWriter> members, string? reason = null) => stream.Event(null, json =>
    {
        WriteHead(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        members(json);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", reason);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private void WriteHead(Utf8JsonWriter json, string type)
    {
        json.WriteString("id", head.IdWith("chatcmpl-"));
        json.WriteString("object", type);
        json.WriteNumber("created", head.At.ToUnixTimeSeconds());
        json.WriteString("model", head.Model);
    }

    private void WriteCalls(Utf8JsonWriter json, List<FunctionCallContent> added, bool isStream)
    {
        if (added.Count == 0)
            return;
        json.WriteStartArray("tool_calls");
        foreach (var call in added)
        {
            json.WriteStartObject();
            if (isStream)
                json.WriteNumber("index", calls++);
            json.WriteString("id", call.CallId);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            json.WriteString("arguments", AnswerParts.ArgumentsOf(call));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string ReasonOf(ApiAnswer answer) => answer.Bill.StopReason switch
    {
        "length" => "length",
        "content_filter" => "content_filter",
        "tool_calls" => "tool_calls",
        _ => answer.Calls.Any() ? "tool_calls" : "stop",
    };

    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", usage.Input);
        json.WriteNumber("completion_tokens", usage.Output);
        json.WriteNumber("total_tokens", usage.Input + usage.Output);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.Cached);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
