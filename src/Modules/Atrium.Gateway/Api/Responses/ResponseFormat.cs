using System.Text.Json;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Responses;

/// <summary>Writes answers in OpenAI's newer format.</summary>
/// <param name="includesProofs">True for a program that wants a provider's proof on its thoughts, to send them back.</param>
internal sealed class ResponseFormat(AnswerHead head, bool includesProofs) : IAnswerFormat
{
    private ResponseEvents? events;

    public void WriteWhole(Utf8JsonWriter json, ApiAnswer answer)
    {
        var items = new ResponseItems(head, null);
        foreach (var part in answer.Parts)
            items.Add(part);
        WriteResponse(json, StatusOf(answer), items.All, answer);
    }

    public void Begin(ApiStream stream)
    {
        events = new ResponseEvents(stream, head, includesProofs);
        events.Send("response.created", json => WriteResponse(json, "response", "in_progress", null));
        events.Send("response.in_progress", json => WriteResponse(json, "response", "in_progress", null));
    }

    public void Add(ApiStream stream, AIContent part) => events!.Items.Add(part);

    public void End(ApiStream stream, ApiAnswer answer)
    {
        events!.Items.Close();
        var status = StatusOf(answer);
        events.Send("response." + status, json => WriteResponse(json, "response", status, answer));
    }

    public void Fail(ApiStream stream, ApiFailure failure) => events!.Send("error", json =>
    {
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        json.WriteString("param", failure.Parameter);
    });

    private void WriteResponse(Utf8JsonWriter json, string name, string status, ApiAnswer? answer)
    {
        json.WritePropertyName(name);
        WriteResponse(json, status, answer is null ? [] : events!.Items.All, answer);
    }

    private void WriteResponse(Utf8JsonWriter json, string status, List<ResponseItem> items, ApiAnswer? answer)
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
        foreach (var item in items)
            item.Write(json, "completed", includesProofs);
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
        json.WriteNumber("cache_write_tokens", usage.CacheWritten);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", usage.Input + usage.Output);
        json.WriteEndObject();
    }
}
