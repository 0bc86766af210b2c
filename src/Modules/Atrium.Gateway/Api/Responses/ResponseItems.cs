using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.Responses;

/// <summary>Writes the items of an answer in OpenAI's newer format: a message, and each call of a tool.</summary>
internal sealed class ResponseItems(AnswerHead head)
{
    public string IdOf(string prefix, int index) => $"{head.IdWith(prefix)}{index}";

    public void WriteAll(Utf8JsonWriter json, ApiAnswer? answer)
    {
        if (answer is null)
            return;
        var index = 0;
        if (answer.Text is { Length: > 0 } text)
            WriteMessage(json, text, index++, "completed");
        foreach (var call in answer.Calls)
            WriteCall(json, call, index++, "completed", AnswerParts.ArgumentsOf(call));
    }

    public void WriteMessage(Utf8JsonWriter json, string? text, int index, string status)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteString("id", IdOf("msg_", index));
        json.WriteString("status", status);
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        if (text is not null)
            WriteText(json, text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void WriteCall(Utf8JsonWriter json, FunctionCallContent call, int index, string status, string arguments)
    {
        json.WriteStartObject();
        json.WriteString("type", "function_call");
        json.WriteString("id", IdOf("fc_", index));
        json.WriteString("call_id", call.CallId);
        json.WriteString("name", call.Name);
        json.WriteString("arguments", arguments);
        json.WriteString("status", status);
        json.WriteEndObject();
    }

    public static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WriteString("text", text);
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
