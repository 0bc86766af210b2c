using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Writes the conversation.</summary>
internal sealed partial class OpenAiChatMessages(Utf8JsonWriter json, ProviderCall call)
{
    private readonly UserContentWriter _userContent = new(json, call.Provider);

    /// <summary>True where a message of calls only must have no content, not even null.</summary>
    public bool OmitsEmptyContent { get; init; }

    /// <summary>True where what led to a call goes back as a plan.</summary>
    public bool WritesToolPlan { get; init; }

    /// <summary>True where only texts and pictures are read.</summary>
    public bool OnlyTextAndImages { init => _userContent.OnlyTextAndImages = value; }

    /// <summary>True where a message says who wrote it.</summary>
    public bool WritesNames { get; init => _userContent.WritesNames = field = value; }

    public void Write()
    {
        json.WriteStartArray("messages");
        var isEmpty = true;
        if (!string.IsNullOrWhiteSpace(call.Options.Instructions))
            WriteText("system", call.Options.Instructions);
        foreach (var message in Messages())
            isEmpty &= !WriteMessage(message);
        json.WriteEndArray();
        if (isEmpty)
            throw ProviderException.NotConfigured(call.Provider, "messages");
    }

    private IReadOnlyList<ChatMessage> Messages()
    {
        var messages = Conversation.Repair(call.Messages);
        if (!call.Provider.Deviations.MergesSameRole)
            return messages;
        var merged = new List<ChatMessage>();
        foreach (var message in messages)
        {
            if (merged.Count > 0 && merged[^1].Role == message.Role)
                merged[^1] = new ChatMessage(message.Role, [.. merged[^1].Contents, new TextContent("\n\n"), .. message.Contents]);
            else
                merged.Add(message);
        }
        return merged;
    }

    /// <summary>False when there was nothing in the message to write.</summary>
    private bool WriteMessage(ChatMessage message)
    {
        if (message.Role == ChatRole.Tool)
            return WriteResults(message);
        if (message.Role == ChatRole.Assistant)
            return WriteAssistant(message);
        if (message.Role == ChatRole.System)
            return message.Text.Length > 0 && WriteText("system", message.Text, message.AuthorName);
        return _userContent.Write(message);
    }

    private bool WriteText(string role, string text, string? author = null)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        if (WritesNames && author is not null)
            json.WriteString("name", author);
        json.WriteString("content", text);
        json.WriteEndObject();
        return true;
    }

    private bool WriteResults(ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            json.WriteStartObject();
            json.WriteString("role", "tool");
            json.WriteString("tool_call_id", CallId(result.CallId));
            json.WriteString("content", Conversation.Text(result));
            json.WriteEndObject();
        }
        // A result is text here; pictures among them follow as a person's.
        var images = message.Contents.OfType<FunctionResultContent>().SelectMany(Conversation.Images).ToList<AIContent>();
        if (images.Count > 0)
            _userContent.Write(new ChatMessage(ChatRole.User, images));
        return true;
    }

    private bool WriteAssistant(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        var text = string.Concat(message.Contents.OfType<TextContent>().Select(content => content.Text));
        if (text.Length == 0 && calls.Count == 0)
            return false;
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        if (WritesNames && message.AuthorName is { } author)
            json.WriteString("name", author);
        if (text.Length > 0)
            json.WriteString("content", text);
        else if (!OmitsEmptyContent)
            json.WriteNull("content");
        WriteReasoning(message);
        if (WritesToolPlan && calls.Count > 0 && string.Concat(message.Contents.OfType<TextReasoningContent>().Select(content => content.Text)) is { Length: > 0 } plan)
            json.WriteString("tool_plan", plan);
        WriteCalls(calls);
        json.WriteEndObject();
        return true;
    }

    private void WriteReasoning(ChatMessage message)
    {
        if (!call.Provider.Deviations.ReturnsReasoningDetails)
            return;
        var details = message.Contents.OfType<TextReasoningContent>().Select(content => content.ProtectedData).LastOrDefault(data => data is ['[', ..]);
        if (details is null || !Json.IsValid(details))
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
            json.WriteStartObject();
            json.WriteString("id", CallId(item.CallId));
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", item.Name);
            json.WriteString("arguments", ToolCalls.Text(item));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Ids made by another provider get the form this one insists on.</summary>
    private string CallId(string id) =>
        call.Provider.Deviations.ShortToolCallIds && !NineLetters().IsMatch(id) ? ToolCalls.ShortId(id, 9) : id;

    [GeneratedRegex(@"^[A-Za-z0-9]{9}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NineLetters();
}
