using System.Text.Json;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.ChatCompletions;

/// <summary>Writes answers in OpenAI's chat format.</summary>
internal sealed class ChatCompletionFormat(AnswerHead head, bool includesUsage) : IAnswerFormat
{
    private readonly ChatCompletionCalls calls = new();

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
        ChatCompletionCalls.WriteWhole(json, [.. answer.Calls]);
        WriteCitations(json, [.. answer.Parts.SelectMany(AnswerParts.CitationsOf)]);
        json.WriteEndObject();
        WriteLogprobs(json, AnswerParts.LogprobsOf(answer.Parts));
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
            case ToolCallPiece piece:
                WriteDelta(stream, json => calls.WritePiece(json, piece));
                break;
            case FunctionCallContent call when calls.IsOpen(call):
                WriteDelta(stream, json => calls.WriteEnd(json, call));
                break;
            case AnswerDetail { Name: AnswerDetail.Logprobs } detail:
                WriteDelta(stream, _ => { }, logprobs: [.. detail.Value.EnumerateArray()]);
                break;
        }
        if (AnswerParts.CitationsOf(part).ToList() is { Count: > 0 } citations)
            WriteDelta(stream, json => WriteCitations(json, citations));
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

    private void WriteDelta(ApiStream stream, Action<Utf8JsonWriter> members, string? reason = null, List<JsonElement>? logprobs = null) => stream.Event(null, json =>
    {
        WriteHead(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        members(json);
        json.WriteEndObject();
        WriteLogprobs(json, logprobs ?? []);
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

    private static void WriteLogprobs(Utf8JsonWriter json, List<JsonElement> tokens)
    {
        if (tokens.Count == 0)
        {
            json.WriteNull("logprobs");
            return;
        }
        json.WriteStartObject("logprobs");
        json.WriteStartArray("content");
        foreach (var token in tokens)
            token.WriteTo(json);
        json.WriteEndArray();
        json.WriteNull("refusal");
        json.WriteEndObject();
    }

    /// <summary>Where in the text a page is meant is not known here; OpenAI's own programs take the whole text then.</summary>
    private static void WriteCitations(Utf8JsonWriter json, List<CitationAnnotation> citations)
    {
        if (citations.Count == 0)
            return;
        json.WriteStartArray("annotations");
        foreach (var citation in citations)
        {
            json.WriteStartObject();
            json.WriteString("type", "url_citation");
            json.WriteStartObject("url_citation");
            json.WriteString("url", citation.Url!.AbsoluteUri);
            json.WriteString("title", citation.Title ?? "");
            json.WriteNumber("start_index", 0);
            json.WriteNumber("end_index", 0);
            if (citation.Snippet is not null)
                json.WriteString("content", citation.Snippet);
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
        json.WriteNumber("cache_write_tokens", usage.CacheWritten);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
