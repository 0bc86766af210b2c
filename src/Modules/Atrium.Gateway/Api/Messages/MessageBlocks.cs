using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Messages;

/// <summary>Writes the blocks of an answer in Anthropic's format.</summary>
internal static class MessageBlocks
{
    public static void WriteAll(Utf8JsonWriter json, ApiAnswer answer)
    {
        var citations = answer.Parts.SelectMany(AnswerParts.CitationsOf).ToList();
        var last = answer.Parts.OfType<TextContent>().LastOrDefault(text => text.Text.Length > 0);
        json.WriteStartArray("content");
        foreach (var part in answer.Parts)
            Write(json, part, ReferenceEquals(part, last) ? citations : []);
        json.WriteEndArray();
    }

    public static void WriteCitation(Utf8JsonWriter json, CitationAnnotation citation)
    {
        json.WriteStartObject();
        json.WriteString("type", "web_search_result_location");
        json.WriteString("url", citation.Url!.AbsoluteUri);
        json.WriteString("title", citation.Title);
        json.WriteString("cited_text", citation.Snippet ?? "");
        // Only Anthropic's own search knows what this leads to.
        json.WriteString("encrypted_index", "");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AIContent part, List<CitationAnnotation> citations)
    {
        switch (part)
        {
            case TextContent { Text.Length: > 0 } text:
                json.WriteStartObject();
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                WriteCitations(json, citations);
                json.WriteEndObject();
                break;
            case TextReasoningContent thought:
                WriteThought(json, thought);
                break;
            case FunctionCallContent call:
                json.WriteStartObject();
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.CallId);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                json.WriteRawValue(AnswerParts.ArgumentsOf(call));
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteThought(Utf8JsonWriter json, TextReasoningContent thought)
    {
        json.WriteStartObject();
        if (AnswerParts.RedactedOf(thought) is { } data)
        {
            json.WriteString("type", "redacted_thinking");
            json.WriteString("data", data);
        }
        else
        {
            json.WriteString("type", "thinking");
            json.WriteString("thinking", thought.Text);
            json.WriteString("signature", AnswerParts.SignatureOf(thought) ?? "");
        }
        json.WriteEndObject();
    }

    private static void WriteCitations(Utf8JsonWriter json, List<CitationAnnotation> citations)
    {
        if (citations.Count == 0)
            return;
        json.WriteStartArray("citations");
        foreach (var citation in citations)
            WriteCitation(json, citation);
        json.WriteEndArray();
    }
}
