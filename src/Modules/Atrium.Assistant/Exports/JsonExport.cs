using System.IO.Pipelines;
using System.Text.Json;

namespace Atrium.Assistant.Exports;

/// <summary>Writes conversations as one JSON list, message by message as they are read.</summary>
internal sealed class JsonExport(ConversationReader reader)
{
    private const int FlushLength = 64 * 1024;
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = StoredJson.Options.Encoder, Indented = true };

    public async Task WriteAsync(Stream output, IAsyncEnumerable<ExportedConversation> conversations, Guid ownerId, CancellationToken cancellation)
    {
        // The serializer flushes its writer, which must not write to a connection without waiting for it.
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        await using (var json = new Utf8JsonWriter(pipe, WriterOptions))
        {
            json.WriteStartArray();
            await foreach (var conversation in conversations.WithCancellation(cancellation))
                await WriteAsync(pipe, json, conversation, ownerId, cancellation);
            json.WriteEndArray();
        }
        await pipe.CompleteAsync();
    }

    private async Task WriteAsync(PipeWriter pipe, Utf8JsonWriter json, ExportedConversation conversation, Guid ownerId, CancellationToken cancellation)
    {
        json.WriteStartObject();
        foreach (var field in JsonSerializer.SerializeToElement(conversation, StoredJson.Options).EnumerateObject())
            field.WriteTo(json);
        json.WriteStartArray("attachments");
        await foreach (var attachment in reader.AttachmentsAsync(conversation.Id, ownerId, cancellation))
        {
            JsonSerializer.Serialize(json, attachment, StoredJson.Options);
            await pipe.FlushAsync(cancellation);
        }
        json.WriteEndArray();
        json.WriteStartArray("messages");
        await foreach (var message in reader.TreeAsync(conversation.Id, ownerId, cancellation))
        {
            JsonSerializer.Serialize(json, message, StoredJson.Options);
            if (pipe.UnflushedBytes > FlushLength)
                await pipe.FlushAsync(cancellation);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
