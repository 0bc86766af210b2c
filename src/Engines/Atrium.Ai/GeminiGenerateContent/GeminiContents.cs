using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.GeminiGenerateContent;

/// <summary>Writes <c>systemInstruction</c> and <c>contents</c>.</summary>
internal sealed class GeminiContents(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
{
    /// <summary>What the service takes for the signature of a call that another model made.</summary>
    /// <remarks>Source: ai.google.dev, "Thought signatures".</remarks>
    private const string ForeignCall = "skip_thought_signature_validator";

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public void Write()
    {
        var messages = Conversation.Repair(call.Messages);
        var system = Conversation.SystemTexts(call.Options, messages, refused.Contains(GeminiRequest.Format)).Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
        var foldsSystem = refused.Contains(GeminiRequest.SystemInstruction) && system.Count > 0;
        if (system.Count > 0 && !foldsSystem)
            WriteContent("systemInstruction", role: null, system);
        json.WriteStartArray("contents");
        var rest = messages.Where(message => message.Role != ChatRole.System && message.Contents.Any(IsWritable)).ToList();
        if (rest.Count == 0)
            throw ProviderException.NotConfigured(call.Provider, "messages");
        if (foldsSystem)
            WriteContent(name: null, "user", system);
        else if (rest[0].Role == ChatRole.Assistant)
            WriteContent(name: null, "user", [Conversation.Opening]);
        foreach (var message in rest)
            WriteMessage(message);
        json.WriteEndArray();
    }

    private static bool IsWritable(AIContent content) => content switch
    {
        TextReasoningContent => false,
        TextContent text => text.Text.Length > 0,
        DataContent or UriContent or HostedFileContent or FunctionCallContent or FunctionResultContent => true,
        _ => false,
    };

    private void WriteContent(string? name, string? role, IReadOnlyList<string> texts)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        if (role is not null)
            json.WriteString("role", role);
        json.WriteStartArray("parts");
        foreach (var text in texts)
            WriteTextPart(text, signature: null);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteMessage(ChatMessage message)
    {
        var isAnswer = message.Role == ChatRole.Assistant;
        json.WriteStartObject();
        json.WriteString("role", isAnswer ? "model" : "user");
        json.WriteStartArray("parts");
        if (isAnswer)
            WriteAnswer(message);
        else
            foreach (var content in message.Contents.Where(IsWritable))
                WritePart(content);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A signature goes back on the part it came with: it is kept before that part.</summary>
    private void WriteAnswer(ChatMessage message)
    {
        string? signature = null;
        var mustSign = call.Model.Contains("gemini-3", StringComparison.OrdinalIgnoreCase);
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextReasoningContent thought:
                    signature = ThoughtSignature.Unwrap(GeminiAnswer.Signed, thought.ProtectedData) ?? signature;
                    continue;
                case TextContent { Text.Length: > 0 } text:
                    WriteTextPart(text.Text, signature);
                    break;
                case FunctionCallContent use:
                    WriteCall(use, signature ?? (mustSign ? ForeignCall : null));
                    // Of calls made together only the first is signed.
                    mustSign = false;
                    break;
                case DataContent data:
                    WriteData(data, signature);
                    break;
                default:
                    continue;
            }
            signature = null;
        }
        if (signature is not null)
            WriteTextPart("", signature);
    }

    private void WriteCall(FunctionCallContent use, string? signature)
    {
        _names[use.CallId] = use.Name;
        json.WriteStartObject();
        json.WriteStartObject("functionCall");
        WriteId(use.CallId);
        json.WriteString("name", use.Name);
        json.WritePropertyName("args");
        json.WriteRawValue(ToolCalls.Arguments(use));
        json.WriteEndObject();
        WriteSignature(signature);
        json.WriteEndObject();
    }

    private void WritePart(AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                WriteTextPart(text.Text, signature: null);
                break;
            case FunctionResultContent result:
                WriteResult(result);
                break;
            case DataContent data when data.HasTopLevelMediaType("text"):
                WriteTextPart(Encoding.UTF8.GetString(data.Data.Span), signature: null);
                break;
            case DataContent data:
                WriteData(data, signature: null);
                break;
            case HostedFileContent file:
                WriteFile(file.FileId, file.MediaType);
                break;
            default:
                // The service fetches nothing from elsewhere.
                throw ProviderException.Unsupported(call.Provider, "it does not read files by their address");
        }
    }

    private void WriteResult(FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteStartObject("functionResponse");
        WriteId(result.CallId);
        json.WriteString("name", _names.GetValueOrDefault(result.CallId, "tool"));
        json.WriteStartObject("response");
        json.WriteString(result.Exception is null ? "output" : "error", Conversation.Text(result));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        foreach (var image in Conversation.Images(result))
            WriteData(image, signature: null);
    }

    /// <summary>Ids of ours are not sent: the service gave the call none.</summary>
    private void WriteId(string id)
    {
        if (!id.StartsWith(GeminiAnswer.OwnIds, StringComparison.Ordinal))
            json.WriteString("id", id);
    }

    private void WriteTextPart(string text, string? signature)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        WriteSignature(signature);
        json.WriteEndObject();
    }

    private void WriteData(DataContent data, string? signature)
    {
        if (data.HasTopLevelMediaType("image") && !call.Provider.Capabilities.ImagesIn)
            throw ProviderException.Unsupported(call.Provider, "it does not read images");
        json.WriteStartObject();
        json.WriteStartObject("inlineData");
        json.WriteString("mimeType", data.MediaType);
        json.WriteString("data", data.Base64Data.Span);
        json.WriteEndObject();
        WriteSignature(signature);
        json.WriteEndObject();
    }

    private void WriteFile(string address, string? mediaType)
    {
        json.WriteStartObject();
        json.WriteStartObject("fileData");
        if (mediaType is not null)
            json.WriteString("mimeType", mediaType);
        json.WriteString("fileUri", address);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteSignature(string? signature)
    {
        if (signature is not null)
            json.WriteString("thoughtSignature", signature);
    }
}
