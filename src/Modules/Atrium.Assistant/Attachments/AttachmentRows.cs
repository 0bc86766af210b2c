using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Attachments;

/// <summary>A row of <c>assistant_attachments</c>.</summary>
internal sealed record AttachmentRow
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public Guid? ConversationId { get; init; }

    public required string Name { get; init; }

    public required string MediaType { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal static class AttachmentRows
{
    /// <summary>Ties uploaded files to the conversation they are sent in. A file stays with the first one.</summary>
    /// <returns>The parts of the message, or null when a file is not the person's, or is another conversation's.</returns>
    public static IReadOnlyList<MessagePart>? Use(WriteUnit unit, IReadOnlyList<Guid> ids, Guid conversationId, Guid ownerId)
    {
        var parts = new List<MessagePart>(ids.Count);
        foreach (var id in ids)
        {
            var changed = unit.Execute(
                "UPDATE assistant_attachments SET conversation_id = @conversationId WHERE id = @id AND owner_id = @ownerId AND (conversation_id IS NULL OR conversation_id = @conversationId)",
                new { conversationId, id, ownerId });
            if (changed == 0)
                return null;
            var row = unit.QuerySingleOrDefault<AttachmentRow>("SELECT id, owner_id, conversation_id, name, media_type, size, created_at FROM assistant_attachments WHERE id = @id", new { id })!;
            parts.Add(ContentSniffer.IsImage(row.MediaType) ? new ImagePart(id, row.MediaType, row.Name) : new FilePart(id, row.MediaType, row.Name, row.Size));
        }
        return parts;
    }

    public static string NameOf(IReadOnlyList<MessagePart> parts) => parts switch
    {
        [ImagePart image, ..] => image.Name,
        [FilePart file, ..] => file.Name,
        _ => "",
    };
}
