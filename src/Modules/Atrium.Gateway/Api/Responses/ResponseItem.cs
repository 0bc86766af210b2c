using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Responses;

internal enum ResponseItemKind
{
    Reasoning,
    Message,
    Call,
}

/// <summary>One item of an answer in OpenAI's newer format: a thought, a message, or a call of a tool.</summary>
internal sealed class ResponseItem(AnswerHead head, ResponseItemKind kind, int index)
{
    public ResponseItemKind Kind => kind;

    public int Index => index;

    public string Id { get; } = head.IdWith(kind switch { ResponseItemKind.Reasoning => "rs_", ResponseItemKind.Message => "msg_", _ => "fc_" }) + index;

    /// <summary>The thought, the message, or the arguments of the call.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>A provider's proof on the thought.</summary>
    public string? Proof { get; set; }

    public string CallId { get; init; } = "";

    public string Name { get; init; } = "";

    public List<CitationAnnotation> Citations { get; } = [];

    public List<JsonElement> Logprobs { get; } = [];

    /// <param name="status">in_progress: without its text, which is still to come.</param>
    public void Write(Utf8JsonWriter json, string status, bool withProof)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        switch (kind)
        {
            case ResponseItemKind.Reasoning:
                WriteReasoning(json, status, withProof);
                break;
            case ResponseItemKind.Message:
                WriteMessage(json, status);
                break;
            default:
                json.WriteString("type", "function_call");
                json.WriteString("status", status);
                json.WriteString("call_id", CallId);
                json.WriteString("name", Name);
                json.WriteString("arguments", status == "in_progress" ? "" : Text.ToString());
                break;
        }
        json.WriteEndObject();
    }

    /// <summary>The only part of a message.</summary>
    public void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WriteString("text", text);
        json.WriteStartArray("annotations");
        foreach (var citation in Citations)
            WriteCitation(json, citation);
        json.WriteEndArray();
        json.WriteStartArray("logprobs");
        foreach (var token in Logprobs)
            token.WriteTo(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteSummary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "summary_text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    public static void WriteCitation(Utf8JsonWriter json, CitationAnnotation citation)
    {
        json.WriteStartObject();
        json.WriteString("type", "url_citation");
        json.WriteString("url", citation.Url!.AbsoluteUri);
        json.WriteString("title", citation.Title ?? "");
        json.WriteNumber("start_index", 0);
        json.WriteNumber("end_index", 0);
        json.WriteEndObject();
    }

    private void WriteReasoning(Utf8JsonWriter json, string status, bool withProof)
    {
        json.WriteString("type", "reasoning");
        json.WriteStartArray("summary");
        if (status != "in_progress" && Text.Length > 0)
            WriteSummary(json, Text.ToString());
        json.WriteEndArray();
        if (withProof)
            json.WriteString("encrypted_content", Proof);
    }

    private void WriteMessage(Utf8JsonWriter json, string status)
    {
        json.WriteString("type", "message");
        json.WriteString("status", status);
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        if (status != "in_progress")
            WriteText(json, Text.ToString());
        json.WriteEndArray();
    }
}
