using System.Text.Json;

namespace Atrium.Assistant.Exports;

/// <summary>Writes conversations as one JSON list, message by message as they are read.</summary>
internal sealed class JsonExport(ConversationReader reader)
{
    private const int FlushLength = 64 * 1024;
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = StoredJson.Options.Encoder, Indented = true };

    public async Task WriteAsync(Stream output, IAsyncEnumerable<ExportedConversation> conversations, Guid ownerId, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(output, WriterOptions);
        json.WriteStartArray();
        await foreach (var conversation in conversations.WithCancellation(cancellation))
            await WriteAsync(json, conversation, ownerId, cancellation);
        json.WriteEndArray();
        await json.FlushAsync(cancellation);
    }

    private async Task WriteAsync(Utf8JsonWriter json, ExportedConversation conversation, Guid ownerId, CancellationToken cancellation)
    {
        json.WriteStartObject();
        foreach (var field in JsonSerializer.SerializeToElement(conversation, StoredJson.Options).EnumerateObject())
            field.WriteTo(json);
        json.WriteStartArray("attachments");
        await foreach (var attachment in reader.AttachmentsAsync(conversation.Id, ownerId, cancellation))
        {
            JsonSerializer.Serialize(json, attachment, StoredJson.Options);
            await json.FlushAsync(cancellation);
        }
        json.WriteEndArray();
        json.WriteStartArray("messages");
        await foreach (var message in reader.TreeAsync(conversation.Id, ownerId, cancellation))
        {
            JsonSerializer.Serialize(json, message, StoredJson.Options);
            if (json.BytesPending > FlushLength)
                await json.FlushAsync(cancellation);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
