using Atrium.Assistant.Attachments;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Imports;

/// <summary>
/// Stores imported conversations in pieces that leave room for other writers: a unit ends after 500 rows or 4 ms, whichever comes first. Rows that are
/// there already stay as they are, so the same file again changes nothing.
/// </summary>
internal sealed class ImportWriter(Database database, AttachmentFiles files, TimeProvider clock, Guid ownerId)
{
    private const int UnitRows = 500;
    private const int QueuedRows = 200;
    private const int QueuedLetters = 512 * 1024;
    private static readonly TimeSpan UnitTime = TimeSpan.FromMilliseconds(4);

    private readonly Queue<ImportStatement> queue = new();
    private int queuedLetters;

    public ImportReport Report { get; private set; } = new();

    public void Note(string what, string why) => Report = Report.With(what, why);

    public async Task AddAsync(ImportedConversation conversation, CancellationToken cancellation)
    {
        if (conversation.OwnId is { } id && await RestoreAsync(id, cancellation))
        {
            Report = Report with { Skipped = Report.Skipped + 1 };
            return;
        }
        var ids = new ImportIds(ownerId, conversation);
        var attachments = await new ImportAttachments(database, files, clock, ownerId, Note).SaveAsync(conversation, ids, cancellation);
        var tally = new ImportTally();
        var rows = new ImportRows(ownerId, conversation, ids, tally, clock);
        Add(rows.Begin());
        foreach (var attachment in attachments.Values)
            Add(rows.Attachment(attachment));
        foreach (var message in conversation.Messages)
        {
            var parts = attachments.Translate(Cut(conversation, message));
            Add(rows.Message(message, parts));
            await WriteAsync(isLast: false, cancellation);
        }
        Add(rows.End());
        await WriteAsync(isLast: false, cancellation);
    }

    /// <summary>Writes what waits.</summary>
    public Task FlushAsync(CancellationToken cancellation) => WriteAsync(isLast: true, cancellation);

    private void Add(ImportStatement statement)
    {
        queue.Enqueue(statement);
        queuedLetters += statement.Letters;
    }

    private async Task WriteAsync(bool isLast, CancellationToken cancellation)
    {
        while (queue.Count > 0 && (isLast || queue.Count >= QueuedRows || queuedLetters >= QueuedLetters))
        {
            var changed = await database.WriteAsync(Write, cancellation);
            foreach (var count in changed)
                Took(queue.Dequeue(), count);
        }
    }

    /// <returns>How many rows each of the first statements changed. They leave the queue only once this is durable.</returns>
    private List<int> Write(WriteUnit unit)
    {
        var begun = clock.GetTimestamp();
        var changed = new List<int>();
        foreach (var statement in queue)
        {
            changed.Add(unit.Execute(statement.Sql, statement.Parameters));
            if (changed.Count == UnitRows || clock.GetElapsedTime(begun) >= UnitTime)
                break;
        }
        return changed;
    }

    private void Took(ImportStatement statement, int changed)
    {
        queuedLetters -= statement.Letters;
        var tally = statement.Tally;
        switch (statement.Kind)
        {
            case ImportStatementKind.Conversation:
                tally.IsNew = changed > 0;
                break;
            case ImportStatementKind.Message:
                tally.Messages += changed;
                break;
            case ImportStatementKind.End:
                Report = Report with
                {
                    Conversations = Report.Conversations + (tally.IsNew ? 1 : 0),
                    Messages = Report.Messages + tally.Messages,
                    Skipped = Report.Skipped + (!tally.IsNew && tally.Messages == 0 ? 1 : 0),
                };
                break;
        }
    }

    /// <returns>True when the conversation itself is here: nothing is to be imported but, at most, its deletion taken back.</returns>
    private async Task<bool> RestoreAsync(Guid id, CancellationToken cancellation)
    {
        if (await database.ScalarAsync<long>("SELECT COUNT(*) FROM assistant_conversations WHERE id = @id AND owner_id = @ownerId", new { id, ownerId }, cancellation) == 0)
            return false;
        await database.ExecuteAsync("UPDATE assistant_conversations SET deleted_at = NULL WHERE id = @id AND owner_id = @ownerId AND deleted_at IS NOT NULL", new { id, ownerId }, cancellation);
        return true;
    }

    /// <summary>Keeps the first million letters of a message, and says so.</summary>
    private List<MessagePart> Cut(ImportedConversation conversation, ImportedMessage message)
    {
        var room = ImportRows.MostLetters;
        var parts = new List<MessagePart>(message.Parts.Count);
        foreach (var part in message.Parts)
        {
            var (kept, length) = ImportRows.Shorten(part, room);
            room -= length;
            parts.Add(kept);
        }
        if (!parts.SequenceEqual(message.Parts))
            Note(conversation.Title, $"A message is longer than {ImportRows.MostLetters} letters and was cut there.");
        return parts;
    }
}
