using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OciGenAiChat;

/// <summary>Writes the conversation in the form of all models but Cohere's: roles in capitals, content in parts.</summary>
internal sealed class OciMessages(Utf8JsonWriter json, ProviderCall call)
{
    public void Write()
    {
        json.WriteStartArray("messages");
        if (!string.IsNullOrWhiteSpace(call.Options.Instructions))
            WriteText("SYSTEM", call.Options.Instructions);
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
            return message.Text.Length > 0 && WriteText("SYSTEM", message.Text);
        return WriteQuestion(message);
    }

    private bool WriteText(string role, string text)
    {
        Start(role);
        WriteTextPart(text);
        End();
        return true;
    }

    private bool WriteQuestion(ChatMessage message)
    {
        var contents = message.Contents.Where(content => content is TextContent { Text.Length: > 0 } or DataContent or UriContent or HostedFileContent).ToList();
        if (contents.Count == 0)
            return false;
        Start("USER");
        foreach (var content in contents)
            WritePart(content);
        End();
        return true;
    }

    private void WritePart(AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                WriteTextPart(text.Text);
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                WriteImage(data.Uri, data.Word(RequestKeys.Detail));
                break;
            case UriContent image when image.HasTopLevelMediaType("image"):
                WriteImage(image.Uri.AbsoluteUri, image.Word(RequestKeys.Detail));
                break;
            case DataContent data when data.HasTopLevelMediaType("text"):
                WriteTextPart(Encoding.UTF8.GetString(data.Data.Span));
                break;
            default:
                throw ProviderException.Unsupported(call.Provider, $"it does not read {(content as DataContent)?.MediaType ?? (content as UriContent)?.MediaType ?? "this file"}");
        }
    }

    private bool WriteAnswer(ChatMessage message)
    {
        var uses = message.Contents.OfType<FunctionCallContent>().ToList();
        var text = string.Concat(message.Contents.OfType<TextContent>().Select(content => content.Text));
        if (text.Length == 0 && uses.Count == 0)
            return false;
        json.WriteStartObject();
        json.WriteString("role", "ASSISTANT");
        if (text.Length > 0)
        {
            json.WriteStartArray("content");
            WriteTextPart(text);
            json.WriteEndArray();
        }
        if (uses.Count > 0)
        {
            json.WriteStartArray("toolCalls");
            foreach (var use in uses)
                WriteCall(use);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        return true;
    }

    private void WriteCall(FunctionCallContent use)
    {
        json.WriteStartObject();
        json.WriteString("id", use.CallId);
        json.WriteString("type", "FUNCTION");
        json.WriteString("name", use.Name);
        json.WriteString("arguments", ToolCalls.Arguments(use));
        json.WriteEndObject();
    }

    private bool WriteResults(ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            RefuseImages(call, result);
            json.WriteStartObject();
            json.WriteString("role", "TOOL");
            json.WriteString("toolCallId", result.CallId);
            json.WriteStartArray("content");
            WriteTextPart(Conversation.Text(result));
            End();
        }
        return true;
    }

    /// <summary>A result is text here.</summary>
    public static void RefuseImages(ProviderCall call, FunctionResultContent result)
    {
        if (Conversation.Images(result).Any())
            throw ProviderException.Unsupported(call.Provider, "it reads no pictures in results of tools");
    }

    private void WriteTextPart(string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "TEXT");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private void WriteImage(string address, string? detail)
    {
        if (!call.Provider.Capabilities.ImagesIn)
            throw ProviderException.Unsupported(call.Provider, "it does not read images");
        json.WriteStartObject();
        json.WriteString("type", "IMAGE");
        json.WriteStartObject("imageUrl");
        json.WriteString("url", address);
        json.WriteString("detail", detail switch { "low" => "LOW", "high" => "HIGH", _ => "AUTO" });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Start(string role)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteStartArray("content");
    }

    private void End()
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
