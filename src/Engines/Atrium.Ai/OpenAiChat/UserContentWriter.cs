using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Writes what a person sends: text, pictures, sound, documents.</summary>
internal sealed class UserContentWriter(Utf8JsonWriter json, Provider provider)
{
    /// <summary>True where neither sound nor files are read.</summary>
    public bool OnlyTextAndImages { get; set; }

    /// <summary>True where a message says who wrote it.</summary>
    public bool WritesNames { get; set; }

    /// <summary>False when the message is empty and was left out.</summary>
    public bool Write(ChatMessage message)
    {
        var parts = message.Contents.Where(content => content is TextContent { Text.Length: > 0 } or DataContent or UriContent or HostedFileContent).ToList();
        if (parts.Count == 0)
            return false;
        json.WriteStartObject();
        json.WriteString("role", "user");
        if (WritesNames && message.AuthorName is { } author)
            json.WriteString("name", author);
        if (parts.TrueForAll(part => part is TextContent))
        {
            // Plain text as a plain string: many hosts know no other form.
            json.WriteString("content", string.Concat(parts.Cast<TextContent>().Select(part => part.Text)));
        }
        else
        {
            json.WriteStartArray("content");
            foreach (var part in parts)
                WritePart(part);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        return true;
    }

    private void WritePart(AIContent part)
    {
        json.WriteStartObject();
        switch (part)
        {
            case TextContent text:
                WriteText(text.Text);
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                WriteImage(data.Uri, data.Word(RequestKeys.Detail));
                break;
            case UriContent image when image.HasTopLevelMediaType("image"):
                WriteImage(image.Uri.AbsoluteUri, image.Word(RequestKeys.Detail));
                break;
            case DataContent data when data.HasTopLevelMediaType("text"):
                WriteText(Encoding.UTF8.GetString(data.Data.Span));
                break;
            case DataContent { MediaType: "audio/wav" or "audio/mpeg" or "audio/mp3" } sound when !OnlyTextAndImages:
                WriteSound(sound);
                break;
            case DataContent { MediaType: "application/pdf" } document when !OnlyTextAndImages:
                WriteFile("file_data", document.Uri, document.Name ?? "document.pdf");
                break;
            case HostedFileContent file when !OnlyTextAndImages:
                WriteFile("file_id", file.FileId, name: null);
                break;
            default:
                throw ProviderException.Unsupported(provider, $"it does not read {(part as DataContent)?.MediaType ?? (part as UriContent)?.MediaType ?? "this file"}");
        }
        json.WriteEndObject();
    }

    private void WriteText(string text)
    {
        json.WriteString("type", "text");
        json.WriteString("text", text);
    }

    private void WriteImage(string address, string? detail)
    {
        if (!provider.Capabilities.ImagesIn)
            throw ProviderException.Unsupported(provider, "it does not read images");
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", address);
        if (detail is not null)
            json.WriteString("detail", detail);
        json.WriteEndObject();
    }

    private void WriteSound(DataContent sound)
    {
        json.WriteString("type", "input_audio");
        json.WriteStartObject("input_audio");
        json.WriteString("data", sound.Base64Data.Span);
        json.WriteString("format", sound.MediaType is "audio/wav" ? "wav" : "mp3");
        json.WriteEndObject();
    }

    private void WriteFile(string field, string value, string? name)
    {
        json.WriteString("type", "file");
        json.WriteStartObject("file");
        if (name is not null)
            json.WriteString("filename", name);
        json.WriteString(field, value);
        json.WriteEndObject();
    }
}
