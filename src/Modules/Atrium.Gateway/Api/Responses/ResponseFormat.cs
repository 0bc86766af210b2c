using System.Text;
using System.Text.Json;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Responses;

/// <summary>Writes answers in OpenAI's newer format.</summary>
internal sealed class ResponseFormat(AnswerHead head) : IAnswerFormat
{
    private readonly StringBuilder text = new();
    private readonly ResponseItems items = new(head);
    private int sequence;
    private int index = -1;
    private bool isTextOpen;

    public void WriteWhole(Utf8JsonWriter json, ApiAnswer answer) => WriteResponse(json, StatusOf(answer), answer);

    public void Begin(ApiStream stream)
    {
        Send(stream, "response.created", json => WriteResponse(json, "response", "in_progress", null));
        Send(stream, "response.in_progress", json => WriteResponse(json, "response", "in_progress", null));
    }

    public void Add(ApiStream stream, AIContent part)
    {
        switch (part)
        {
            case TextContent { Text.Length: > 0 } piece:
                OpenText(stream);
                text.Append(piece.Text);
                Send(stream, "response.output_text.delta", json =>
                {
                    WritePlace(json);
                    json.WriteString("delta", piece.Text);
                    json.WriteStartArray("logprobs");
                    json.WriteEndArray();
                });
                break;
            case FunctionCallContent call:
                CloseText(stream);
                AddCall(stream, call);
                break;
        }
    }

    public void End(ApiStream stream, ApiAnswer answer)
    {
        CloseText(stream);
        var status = StatusOf(answer);
        Send(stream, "response." + status, json => WriteResponse(json, "response", status, answer));
    }

    public void Fail(ApiStream stream, ApiFailure failure) => Send(stream, "error", json =>
    {
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        json.WriteString("param", failure.Parameter);
    });

    private void AddCall(ApiStream stream, FunctionCallContent call)
    {
        index++;
        Send(stream, "response.output_item.added", json => WriteItem(json, inner => items.WriteCall(inner, call, index, "in_progress", "")));
        var arguments = AnswerParts.ArgumentsOf(call);
        foreach (var (name, member) in new[] { ("delta", "delta"), ("done", "arguments") })
        {
            Send(stream, "response.function_call_arguments." + name, json =>
            {
                json.WriteString("item_id", items.IdOf("fc_", index));
                json.WriteNumber("output_index", index);
                json.WriteString(member, arguments);
            });
        }
        Send(stream, "response.output_item.done", json => WriteItem(json, inner => items.WriteCall(inner, call, index, "completed", arguments)));
    }

    private void OpenText(ApiStream stream)
    {
        if (isTextOpen)
            return;
        isTextOpen = true;
        index++;
        text.Clear();
        Send(stream, "response.output_item.added", json => WriteItem(json, inner => items.WriteMessage(inner, null, index, "in_progress")));
        Send(stream, "response.content_part.added", json => WritePart(json, ""));
    }

    private void CloseText(ApiStream stream)
    {
        if (!isTextOpen)
            return;
        isTextOpen = false;
        var whole = text.ToString();
        Send(stream, "response.output_text.done", json =>
        {
            WritePlace(json);
            json.WriteString("text", whole);
            json.WriteStartArray("logprobs");
            json.WriteEndArray();
        });
        Send(stream, "response.content_part.done", json => WritePart(json, whole));
        Send(stream, "response.output_item.done", json => WriteItem(json, inner => items.WriteMessage(inner, whole, index, "completed")));
    }

    private void Send(ApiStream stream, string type, Action<Utf8JsonWriter> members) => stream.Event(type, json =>
    {
        json.WriteString("type", type);
        json.WriteNumber("sequence_number", sequence++);
        members(json);
    });

    private void WritePlace(Utf8JsonWriter json)
    {
        json.WriteString("item_id", items.IdOf("msg_", index));
        json.WriteNumber("output_index", index);
        json.WriteNumber("content_index", 0);
    }

    private void WritePart(Utf8JsonWriter json, string whole)
    {
        WritePlace(json);
        json.WritePropertyName("part");
        ResponseItems.WriteText(json, whole);
    }

    private void WriteItem(Utf8JsonWriter json, Action<Utf8JsonWriter> item)
    {
        json.WriteNumber("output_index", index);
        json.WritePropertyName("item");
        item(json);
    }

    private void WriteResponse(Utf8JsonWriter json, string name, string status, ApiAnswer? answer)
    {
        json.WritePropertyName(name);
        WriteResponse(json, status, answer);
    }

    private void WriteResponse(Utf8JsonWriter json, string status, ApiAnswer? answer)
    {
        json.WriteStartObject();
        json.WriteString("id", head.IdWith("resp_"));
        json.WriteString("object", "response");
        json.WriteNumber("created_at", head.At.ToUnixTimeSeconds());
        json.WriteString("status", status);
        json.WriteNull("error");
        if (status == "incomplete")
        {
            json.WriteStartObject("incomplete_details");
            json.WriteString("reason", answer?.Bill.StopReason is "content_filter" ? "content_filter" : "max_output_tokens");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("incomplete_details");
        }
        json.WriteString("model", head.Model);
        json.WriteBoolean("store", false);
        json.WriteStartArray("output");
        items.WriteAll(json, answer);
        json.WriteEndArray();
        if (answer is not null)
            WriteUsage(json, answer.Bill.Usage);
        json.WriteEndObject();
    }

    private static string StatusOf(ApiAnswer answer) => answer.Bill.StopReason is "length" or "content_filter" ? "incomplete" : "completed";

    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.Input);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", usage.Cached);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", usage.Input + usage.Output);
        json.WriteEndObject();
    }
}
