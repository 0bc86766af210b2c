using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.AnthropicMessages;

/// <summary>Writes content blocks.</summary>
internal sealed class AnthropicBlocks(Utf8JsonWriter json, Provider provider)
{
    /// <summary>The content whose block gets the mark of the prompt cache.</summary>
    public AIContent? Marked { get; set; }

    /// <summary>False for what no block is made of: other kinds, and text without a letter, which the service refuses.</summary>
    public static bool IsWritable(AIContent content) => content switch
    {
        TextReasoningContent => false,
        TextContent text => !string.IsNullOrWhiteSpace(text.Text),
        DataContent or UriContent or HostedFileContent or FunctionResultContent => true,
        _ => false,
    };

    public void WriteText(string text, bool isMarked = false, AIContent? content = null)
    {
        Start("text");
        json.WriteString("text", text);
        End(isMarked, content);
    }

    public void WriteThinking(string thinking, string signature)
    {
        Start("thinking");
        json.WriteString("thinking", thinking);
        json.WriteString("signature", signature);
        json.WriteEndObject();
    }

    public void WriteRedactedThinking(string data)
    {
        Start("redacted_thinking");
        json.WriteString("data", data);
        json.WriteEndObject();
    }

    public void WriteUse(FunctionCallContent use, string id)
    {
        Start("tool_use");
        json.WriteString("id", id);
        json.WriteString("name", use.Name);
        json.WritePropertyName("input");
        json.WriteRawValue(ToolCalls.Arguments(use));
        End(isMarked: false, use);
    }

    public void WriteResult(FunctionResultContent result, string id)
    {
        Start("tool_result");
        json.WriteString("tool_use_id", id);
        json.WriteStartArray("content");
        if (Conversation.Text(result) is var text && !string.IsNullOrWhiteSpace(text))
            WriteText(text);
        foreach (var image in Conversation.Images(result))
            WriteImage(image, isMarked: false);
        json.WriteEndArray();
        if (result.Exception is not null)
            json.WriteBoolean("is_error", true);
        End(ReferenceEquals(result, Marked), result);
    }

    /// <summary>Writes what a person sends: text, pictures, documents.</summary>
    public void Write(AIContent content)
    {
        var isMarked = ReferenceEquals(content, Marked);
        switch (content)
        {
            case TextContent text:
                WriteText(text.Text, isMarked, text);
                break;
            case DataContent { MediaType: "image/jpeg" or "image/png" or "image/gif" or "image/webp" } image:
                WriteImage(image, isMarked);
                break;
            case UriContent image when image.HasTopLevelMediaType("image"):
                WriteAddress("image", image, isMarked);
                break;
            case DataContent { MediaType: "application/pdf" } document:
                WriteDocument(document, isMarked);
                break;
            case UriContent { MediaType: "application/pdf" } document:
                WriteAddress("document", document, isMarked);
                break;
            case DataContent data when data.HasTopLevelMediaType("text"):
                WriteText(Encoding.UTF8.GetString(data.Data.Span), isMarked, data);
                break;
            default:
                throw ProviderException.Unsupported(provider, $"it does not read {(content as DataContent)?.MediaType ?? (content as UriContent)?.MediaType ?? "this file"}");
        }
    }

    private void WriteImage(DataContent image, bool isMarked)
    {
        if (!provider.Capabilities.ImagesIn)
            throw ProviderException.Unsupported(provider, "it does not read images");
        Start("image");
        WriteBase64(image);
        End(isMarked, image);
    }

    private void WriteDocument(DataContent document, bool isMarked)
    {
        Start("document");
        WriteBase64(document);
        if (document.Name is { Length: > 0 } name)
            json.WriteString("title", name);
        End(isMarked, document);
    }

    private void WriteBase64(DataContent data)
    {
        json.WriteStartObject("source");
        json.WriteString("type", "base64");
        json.WriteString("media_type", data.MediaType);
        json.WriteString("data", data.Base64Data.Span);
        json.WriteEndObject();
    }

    private void WriteAddress(string type, UriContent content, bool isMarked)
    {
        Start(type);
        json.WriteStartObject("source");
        json.WriteString("type", "url");
        json.WriteString("url", content.Uri.AbsoluteUri);
        json.WriteEndObject();
        End(isMarked, content);
    }

    private void Start(string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
    }

    /// <summary>A mark of the caller's own is written as it is.</summary>
    private void End(bool isMarked, AIContent? content = null)
    {
        if (Extras.Object(content?.AdditionalProperties, RequestKeys.CacheControl) is { } mark)
        {
            json.WritePropertyName(RequestKeys.CacheControl);
            mark.WriteTo(json);
        }
        else if (isMarked)
        {
            json.WriteStartObject("cache_control");
            json.WriteString("type", "ephemeral");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
