using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>
/// Writes the conversation. Services refuse a tool call without its result and a result without its call, which a stopped answer or a
/// shortened conversation leaves behind: missing results are filled in, stray ones left out.
/// </summary>
internal sealed partial class OpenAiChatMessages(Utf8JsonWriter json, ProviderCall call)
{
    private const string NotRun = "The tool was not run.";

    private readonly List<string> _openCalls = [];
    private readonly UserContentWriter _userContent = new(json, call.Provider);

    public void Write()
    {
        json.WriteStartArray("messages");
        var isEmpty = true;
        if (!string.IsNullOrWhiteSpace(call.Options.Instructions))
            WriteText("system", call.Options.Instructions);
        foreach (var message in Messages())
            isEmpty &= !WriteMessage(message);
        CloseCalls();
        json.WriteEndArray();
        if (isEmpty)
            throw ProviderException.NotConfigured(call.Provider, "messages");
    }

    private IEnumerable<ChatMessage> Messages()
    {
        if (!call.Provider.Deviations.MergesSameRole)
            return call.Messages;
        var merged = new List<ChatMessage>();
        foreach (var message in call.Messages)
        {
            if (merged.Count > 0 && merged[^1].Role == message.Role && message.Role != ChatRole.Tool)
                merged[^1] = new ChatMessage(message.Role, [.. merged[^1].Contents, new TextContent("\n\n"), .. message.Contents]);
            else
                merged.Add(message);
        }
        return merged;
    }

    /// <summary>False when there was nothing in the message to write.</summary>
    private bool WriteMessage(ChatMessage message)
    {
        var wrote = WriteResults(message);
        if (message.Role == ChatRole.Tool)
            return wrote;
        CloseCalls();
        if (message.Role == ChatRole.Assistant)
            return WriteAssistant(message) || wrote;
        if (message.Role == ChatRole.System)
            return message.Text.Length > 0 ? WriteText("system", message.Text) : wrote;
        return _userContent.Write(message) || wrote;
    }

    private bool WriteText(string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", text);
        json.WriteEndObject();
        return true;
    }

    private bool WriteResults(ChatMessage message)
    {
        var wrote = false;
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            if (!_openCalls.Remove(result.CallId))
                continue;
            WriteResult(result.CallId, Text(result));
            wrote = true;
        }
        return wrote;
    }

    private void CloseCalls()
    {
        foreach (var id in _openCalls)
            WriteResult(id, NotRun);
        _openCalls.Clear();
    }

    private void WriteResult(string callId, string text)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", CallId(callId));
        json.WriteString("content", text);
        json.WriteEndObject();
    }

    private bool WriteAssistant(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        var text = string.Concat(message.Contents.OfType<TextContent>().Select(content => content.Text));
        if (text.Length == 0 && calls.Count == 0)
            return false;
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        if (text.Length > 0)
            json.WriteString("content", text);
        else
            json.WriteNull("content");
        WriteReasoning(message);
        WriteCalls(calls);
        json.WriteEndObject();
        return true;
    }

    private void WriteReasoning(ChatMessage message)
    {
        if (!call.Provider.Deviations.ReturnsReasoningDetails)
            return;
        var details = message.Contents.OfType<TextReasoningContent>().Select(content => content.ProtectedData).LastOrDefault(data => data is ['[', ..]);
        if (details is null || !IsJson(details))
            return;
        json.WritePropertyName("reasoning_details");
        json.WriteRawValue(details);
    }

    private void WriteCalls(List<FunctionCallContent> calls)
    {
        if (calls.Count == 0)
            return;
        json.WriteStartArray("tool_calls");
        foreach (var item in calls)
        {
            _openCalls.Add(item.CallId);
            json.WriteStartObject();
            json.WriteString("id", CallId(item.CallId));
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", item.Name);
            json.WriteString("arguments", item.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, Json.Compact) : "{}");
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Text(FunctionResultContent result) => result.Result switch
    {
        null => result.Exception is { } failure ? $"Error: {failure.Message}" : "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => Json.Text(element)!,
        TextContent content => content.Text,
        IEnumerable<AIContent> contents => string.Concat(contents.OfType<TextContent>().Select(content => content.Text)),
        var value => JsonSerializer.Serialize(value, Json.Compact.GetTypeInfo(value.GetType())),
    };

    /// <summary>Ids made by another provider get the form this one insists on, the same each time.</summary>
    private string CallId(string id)
    {
        if (!call.Provider.Deviations.ShortToolCallIds || NineLetters().IsMatch(id))
            return id;
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..9];
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9]{9}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NineLetters();
}
