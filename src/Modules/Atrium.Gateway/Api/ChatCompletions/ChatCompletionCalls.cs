using System.Text.Json;
using Atrium.Ai;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api.ChatCompletions;

/// <summary>Writes tool calls, whole or in pieces under the number of their call.</summary>
internal sealed class ChatCompletionCalls
{
    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);
    private readonly HashSet<string> withArguments = new(StringComparer.Ordinal);

    public static void WriteWhole(Utf8JsonWriter json, List<FunctionCallContent> calls)
    {
        if (calls.Count == 0)
            return;
        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            json.WriteStartObject();
            WriteCall(json, call.CallId, call.Name, AnswerParts.WordsOf(call));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public void WritePiece(Utf8JsonWriter json, ToolCallPiece piece) => WriteOne(json, piece.CallId, piece.Name, piece.Arguments);

    /// <returns>True when there is still something to write of a call: all of it, or the arguments that never came.</returns>
    public bool IsOpen(FunctionCallContent call) => !withArguments.Contains(call.CallId);

    public void WriteEnd(Utf8JsonWriter json, FunctionCallContent call) => WriteOne(json, call.CallId, call.Name, AnswerParts.WordsOf(call));

    private void WriteOne(Utf8JsonWriter json, string id, string name, string arguments)
    {
        var isNew = !indexes.TryGetValue(id, out var index);
        if (isNew)
            indexes[id] = index = indexes.Count;
        if (arguments.Length > 0)
            withArguments.Add(id);
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        if (isNew)
        {
            WriteCall(json, id, name, arguments);
        }
        else
        {
            json.WriteStartObject("function");
            json.WriteString("arguments", arguments);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteCall(Utf8JsonWriter json, string id, string name, string arguments)
    {
        json.WriteString("id", id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", name);
        json.WriteString("arguments", arguments);
        json.WriteEndObject();
    }
}
