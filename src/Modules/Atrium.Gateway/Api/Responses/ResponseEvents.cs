using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Responses;

/// <summary>Tells a program of each step of an answer, in the events of OpenAI's newer format.</summary>
internal sealed class ResponseEvents : IResponseListener
{
    private readonly ApiStream stream;
    private readonly bool includesProofs;
    private int sequence;

    public ResponseEvents(ApiStream stream, AnswerHead head, bool includesProofs)
    {
        this.stream = stream;
        this.includesProofs = includesProofs;
        Items = new ResponseItems(head, this);
    }

    public ResponseItems Items { get; }

    public void Send(string type, Action<Utf8JsonWriter> members) => stream.Event(type, json =>
    {
        json.WriteString("type", type);
        json.WriteNumber("sequence_number", sequence++);
        members(json);
    });

    public void Opened(ResponseItem item)
    {
        Send("response.output_item.added", json => WriteItem(json, item, "in_progress"));
        if (item.Kind == ResponseItemKind.Message)
            Send("response.content_part.added", json => WritePart(json, item, ""));
        else if (item.Kind == ResponseItemKind.Reasoning)
            Send("response.reasoning_summary_part.added", json => WriteSummary(json, item, ""));
    }

    public void Gained(ResponseItem item, string text) => Send(
        item.Kind switch
        {
            ResponseItemKind.Message => "response.output_text.delta",
            ResponseItemKind.Reasoning => "response.reasoning_summary_text.delta",
            _ => "response.function_call_arguments.delta",
        },
        json =>
        {
            WritePlace(json, item);
            json.WriteString("delta", text);
            if (item.Kind == ResponseItemKind.Message)
                WriteNoLogprobs(json);
        });

    public void Cited(ResponseItem item, CitationAnnotation citation) => Send("response.output_text.annotation.added", json =>
    {
        WritePlace(json, item);
        json.WriteNumber("annotation_index", item.Citations.Count - 1);
        json.WritePropertyName("annotation");
        ResponseItem.WriteCitation(json, citation);
    });

    public void Closed(ResponseItem item)
    {
        var whole = item.Text.ToString();
        switch (item.Kind)
        {
            case ResponseItemKind.Message:
                Send("response.output_text.done", json =>
                {
                    WritePlace(json, item);
                    json.WriteString("text", whole);
                    WriteNoLogprobs(json);
                });
                Send("response.content_part.done", json => WritePart(json, item, whole));
                break;
            case ResponseItemKind.Reasoning:
                Send("response.reasoning_summary_text.done", json =>
                {
                    WritePlace(json, item);
                    json.WriteString("text", whole);
                });
                Send("response.reasoning_summary_part.done", json => WriteSummary(json, item, whole));
                break;
            default:
                Send("response.function_call_arguments.done", json =>
                {
                    WritePlace(json, item);
                    json.WriteString("name", item.Name);
                    json.WriteString("arguments", whole);
                });
                break;
        }
        Send("response.output_item.done", json => WriteItem(json, item, "completed"));
    }

    private static void WritePlace(Utf8JsonWriter json, ResponseItem item)
    {
        json.WriteString("item_id", item.Id);
        json.WriteNumber("output_index", item.Index);
        if (item.Kind == ResponseItemKind.Message)
            json.WriteNumber("content_index", 0);
        else if (item.Kind == ResponseItemKind.Reasoning)
            json.WriteNumber("summary_index", 0);
    }

    private static void WritePart(Utf8JsonWriter json, ResponseItem item, string text)
    {
        WritePlace(json, item);
        json.WritePropertyName("part");
        item.WriteText(json, text);
    }

    private static void WriteSummary(Utf8JsonWriter json, ResponseItem item, string text)
    {
        WritePlace(json, item);
        json.WritePropertyName("part");
        ResponseItem.WriteSummary(json, text);
    }

    private static void WriteNoLogprobs(Utf8JsonWriter json)
    {
        json.WriteStartArray("logprobs");
        json.WriteEndArray();
    }

    private void WriteItem(Utf8JsonWriter json, ResponseItem item, string status)
    {
        json.WriteNumber("output_index", item.Index);
        json.WritePropertyName("item");
        item.Write(json, status, includesProofs);
    }
}
