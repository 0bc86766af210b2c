using System.Text;
using Atrium.Assistant.Messages;
using Atrium.Contracts.Vault;
using Atrium.Platform.Data;
using Atrium.Platform.Files;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Attachments;

/// <summary>The sealed bytes of attachments. Each file has a key of its own that belongs to its owner.</summary>
internal sealed class AttachmentFiles(ISealer sealer, FileStore files)
{
    private const string Purpose = "assistant.attachment";
    private const int DiskFull = 28;

    /// <exception cref="StorageFullException">The disk is full; nothing was kept.</exception>
    public async Task SaveAsync(Guid ownerId, Guid id, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var sealedBytes = await sealer.SealAsync(new SealedObject(ownerId, id, Purpose), bytes, cancellation);
        try
        {
            await files.WriteAsync(AssistantModule.Name, id, sealedBytes, cancellation);
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == DiskFull)
        {
            throw new StorageFullException(exception);
        }
    }

    /// <returns>Null when the file or its key is gone.</returns>
    public async Task<byte[]?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellation) =>
        await files.ReadAsync(AssistantModule.Name, id, cancellation) is { } sealedBytes
            ? await sealer.OpenAsync(new SealedObject(ownerId, id, Purpose), sealedBytes, cancellation)
            : null;

    /// <summary>The key first: without it every copy of the bytes is unreadable.</summary>
    public async Task DeleteAsync(Guid id, CancellationToken cancellation)
    {
        await sealer.DestroyAsync(id, cancellation);
        files.Delete(AssistantModule.Name, id);
    }

    public PromptAttachments ReaderFor(Guid ownerId) => new(this, ownerId);
}

/// <summary>Puts a person's files into one prompt, as long as there is room for their bytes.</summary>
internal sealed class PromptAttachments(AttachmentFiles files, Guid ownerId)
{
    private const long MostBytes = 24 * 1024 * 1024;

    private long left = MostBytes;

    /// <summary>Pictures as pictures, text files as text, PDF as a document.</summary>
    public async Task<List<AIContent>> ToContentsAsync(IReadOnlyList<MessagePart> parts, CancellationToken cancellation)
    {
        var contents = new List<AIContent>();
        foreach (var part in parts)
        {
            var content = part switch
            {
                TextPart { Text.Length: > 0 } text => new TextContent(text.Text),
                ImagePart image => await ToContentAsync(image.AttachmentId, image.MediaType, image.Name, cancellation),
                FilePart file => await ToContentAsync(file.AttachmentId, file.MediaType, file.Name, cancellation),
                _ => null,
            };
            if (content is not null)
                contents.Add(content);
        }
        return contents;
    }

    private async Task<AIContent> ToContentAsync(Guid id, string mediaType, string name, CancellationToken cancellation)
    {
        var bytes = left > 0 ? await files.ReadAsync(ownerId, id, cancellation) : null;
        if (bytes is null || bytes.Length > left)
            return new TextContent($"[The file {name} is not included here.]");
        left -= bytes.Length;
        return mediaType == ContentSniffer.Text
            ? new TextContent($"File {name}:\n\n{Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')}\n\n")
            : new DataContent(bytes, mediaType) { Name = name };
    }
}
