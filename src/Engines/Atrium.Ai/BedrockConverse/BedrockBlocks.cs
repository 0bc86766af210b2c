using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.BedrockConverse;

/// <summary>Writes content blocks: each an object with one member, named for its kind.</summary>
internal sealed class BedrockBlocks(Utf8JsonWriter json, Provider provider)
{
    private int _documents;

    /// <summary>False for what no block is made of: other kinds, and text without a letter, which the service refuses.</summary>
    public static bool IsWritable(AIContent content) => content switch
    {
        TextReasoningContent => false,
        TextContent text => !string.IsNullOrWhiteSpace(text.Text),
        DataContent or UriContent or HostedFileContent or FunctionResultContent => true,
        _ => false,
    };

    public void WriteText(string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    public void WriteCachePoint()
    {
        json.WriteStartObject();
        json.WriteStartObject("cachePoint");
        json.WriteString("type", "default");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteThought(string text, string signature)
    {
        json.WriteStartObject();
        json.WriteStartObject("reasoningContent");
        json.WriteStartObject("reasoningText");
        json.WriteString("text", text);
        json.WriteString("signature", signature);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteRedactedThought(string data)
    {
        json.WriteStartObject();
        json.WriteStartObject("reasoningContent");
        json.WriteString("redactedContent", data);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteUse(FunctionCallContent use, string id)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolUse");
        json.WriteString("toolUseId", id);
        json.WriteString("name", use.Name);
        json.WritePropertyName("input");
        json.WriteRawValue(ToolCalls.Arguments(use));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteResult(FunctionResultContent result, string id)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolResult");
        json.WriteString("toolUseId", id);
        json.WriteStartArray("content");
        WriteText(Conversation.Text(result) is { Length: > 0 } text ? text : "(nothing)");
        foreach (var image in Conversation.Images(result))
            WriteImage(image);
        json.WriteEndArray();
        json.WriteString("status", result.Exception is null ? "success" : "error");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes what a person sends: text, pictures, documents. Nothing is fetched from elsewhere.</summary>
    public void Write(AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                WriteText(text.Text);
                break;
            case DataContent { MediaType: "image/jpeg" or "image/png" or "image/gif" or "image/webp" } image:
                WriteImage(image);
                break;
            case DataContent { MediaType: "application/pdf" } document:
                // Names are for the model, must differ, and may have few signs.
                WriteFile("document", "pdf", document, $"Document {++_documents}");
                break;
            case DataContent data when data.HasTopLevelMediaType("text"):
                WriteText(Encoding.UTF8.GetString(data.Data.Span));
                break;
            default:
                throw ProviderException.Unsupported(provider, $"it does not read {(content as DataContent)?.MediaType ?? "files by their address"}");
        }
    }

    private void WriteImage(DataContent image)
    {
        if (!provider.Capabilities.ImagesIn)
            throw ProviderException.Unsupported(provider, "it does not read images");
        WriteFile("image", image.MediaType["image/".Length..], image, name: null);
    }

    private void WriteFile(string kind, string format, DataContent data, string? name)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("format", format);
        if (name is not null)
            json.WriteString("name", name);
        json.WriteStartObject("source");
        json.WriteString("bytes", data.Base64Data.Span);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
