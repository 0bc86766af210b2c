using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OllamaChat;

/// <summary>Writes the conversation: text and pictures of a message lie beside each other, arguments are objects.</summary>
internal sealed class OllamaMessages(Utf8JsonWriter json, ProviderCall call)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public void Write()
    {
        json.WriteStartArray("messages");
        if (!string.IsNullOrWhiteSpace(call.Options.Instructions))
            WriteText("system", call.Options.Instructions);
        var isEmpty = true;
        foreach (var message in Conversation.Repair(call.Messages))
            isEmpty &= !WriteMessage(message);
        json.WriteEndArray();
        if (isEmpty)
            throw ProviderException.NotConfigured(call.Provider, "messages");
    }

    /// <summary>False when there was nothing in the message to write.</summary>
    private bool WriteMessage(ChatMessage message)
    {
        if (message.Role == ChatRole.Tool)
            return WriteResults(message);
        if (message.Role == ChatRole.Assistant)
            return WriteAnswer(message);
        if (message.Role == ChatRole.System)
            return message.Text.Length > 0 && WriteText("system", message.Text);
        return WriteQuestion(message);
    }

    private bool WriteText(string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", text);
        json.WriteEndObject();
        return true;
    }

    private bool WriteQuestion(ChatMessage message)
    {
        var texts = new List<string>();
        var images = new List<DataContent>();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent text:
                    texts.Add(text.Text);
                    break;
                case DataContent data when data.HasTopLevelMediaType("image") && call.Provider.Capabilities.ImagesIn:
                    images.Add(data);
                    break;
                case DataContent data when data.HasTopLevelMediaType("text"):
                    texts.Add("\n\n" + Encoding.UTF8.GetString(data.Data.Span));
                    break;
                case UriContent or HostedFileContent:
                    throw ProviderException.Unsupported(call.Provider, "it does not read files by their address");
                case DataContent data:
                    throw ProviderException.Unsupported(call.Provider, $"it does not read {data.MediaType}");
            }
        }
        var question = string.Concat(texts);
        if (question.Length == 0 && images.Count == 0)
            return false;
        json.WriteStartObject();
        json.WriteString("role", "user");
        json.WriteString("content", question);
        WriteImages(images);
        json.WriteEndObject();
        return true;
    }

    private void WriteImages(IReadOnlyList<DataContent> images)
    {
        if (images.Count == 0)
            return;
        json.WriteStartArray("images");
        foreach (var image in images)
            json.WriteStringValue(image.Base64Data.Span);
        json.WriteEndArray();
    }

    private bool WriteAnswer(ChatMessage message)
    {
        var uses = message.Contents.OfType<FunctionCallContent>().ToList();
        var text = string.Concat(message.Contents.OfType<TextContent>().Select(content => content.Text));
        if (text.Length == 0 && uses.Count == 0)
            return false;
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        json.WriteString("content", text);
        // What led to a call helps the model go on from its result; what led to a finished answer only costs room.
        var thoughts = uses.Count == 0 ? "" : string.Concat(message.Contents.OfType<TextReasoningContent>().Select(content => content.Text));
        if (thoughts.Length > 0)
            json.WriteString("thinking", thoughts);
        WriteCalls(uses);
        json.WriteEndObject();
        return true;
    }

    private void WriteCalls(List<FunctionCallContent> uses)
    {
        if (uses.Count == 0)
            return;
        json.WriteStartArray("tool_calls");
        for (var i = 0; i < uses.Count; i++)
        {
            _names[uses[i].CallId] = uses[i].Name;
            json.WriteStartObject();
            json.WriteString("id", uses[i].CallId);
            json.WriteStartObject("function");
            json.WriteNumber("index", i);
            json.WriteString("name", uses[i].Name);
            json.WritePropertyName("arguments");
            json.WriteRawValue(ToolCalls.Arguments(uses[i]));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private bool WriteResults(ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            json.WriteStartObject();
            json.WriteString("role", "tool");
            json.WriteString("tool_call_id", result.CallId);
            json.WriteString("tool_name", _names.GetValueOrDefault(result.CallId, "tool"));
            json.WriteString("content", Conversation.Text(result));
            WriteImages([.. Conversation.Images(result)]);
            json.WriteEndObject();
        }
        return true;
    }
}
