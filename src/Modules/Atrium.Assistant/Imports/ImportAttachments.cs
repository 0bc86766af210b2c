using Atrium.Assistant.Attachments;
using Atrium.Assistant.Exports;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Imports;

/// <summary>The files of imported conversations, judged by their bytes like an upload.</summary>
internal sealed class ImportAttachments(Database database, AttachmentFiles files, TimeProvider clock, Guid ownerId, Action<string, string> problem)
{
    /// <summary>Seals and keeps the files that the document carries.</summary>
    public async Task<SavedAttachments> SaveAsync(ImportedConversation conversation, ImportIds ids, CancellationToken cancellation)
    {
        var saved = new SavedAttachments();
        foreach (var file in conversation.Attachments)
        {
            if (file.Content is not { Length: > 0 } content || ContentSniffer.Sniff(content) is not { } mediaType)
            {
                problem(conversation.Title, $"The file {FileName.Clean(file.Name)} is not in the document, or is of a kind that is not kept.");
                continue;
            }
            var row = new AttachmentRow
            {
                Id = ids.OfAttachment(file.Id),
                OwnerId = ownerId,
                ConversationId = ids.Conversation,
                Name = FileName.Clean(file.Name),
                MediaType = mediaType,
                Size = content.Length,
                CreatedAt = clock.GetUtcNow(),
            };
            if (await database.ScalarAsync<long>("SELECT COUNT(*) FROM assistant_attachments WHERE id = @Id", row, cancellation) == 0)
                await files.SaveAsync(ownerId, row.Id, content, cancellation);
            saved.Add(file.Id, row);
        }
        return saved;
    }
}

/// <summary>Files by the id they have in the document.</summary>
internal sealed class SavedAttachments
{
    private readonly Dictionary<Guid, AttachmentRow> rows = [];

    public IReadOnlyCollection<AttachmentRow> Values => rows.Values;

    public void Add(Guid id, AttachmentRow row) => rows[id] = row;

    /// <summary>Points parts to the files as they are here; what is missing becomes a line of text.</summary>
    public List<MessagePart> Translate(IReadOnlyList<MessagePart> parts) => [.. parts.Select(Translate)];

    private MessagePart Translate(MessagePart part) => part switch
    {
        ImagePart image => Find(image.AttachmentId, image.Name),
        FilePart file => Find(file.AttachmentId, file.Name),
        _ => part,
    };

    private MessagePart Find(Guid id, string name) => !rows.TryGetValue(id, out var row)
        ? new TextPart($"*[File: {FileName.Clean(name)}]*")
        : ContentSniffer.IsImage(row.MediaType)
            ? new ImagePart(row.Id, row.MediaType, row.Name)
            : new FilePart(row.Id, row.MediaType, row.Name, row.Size);
}
