using Atrium.Assistant.Attachments;
using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Conversations;

/// <summary>Every hour removes for good what was deleted 30 days ago, and files that no message used within a day. Works in pieces.</summary>
internal sealed partial class PurgeDeletedConversations(Database database, AttachmentFiles files, Readiness readiness, TimeProvider clock, ILogger<PurgeDeletedConversations> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan UnusedKept = TimeSpan.FromDays(1);
    private const int Piece = 500;

    public async Task PurgeAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var conversations = await database.QueryAsync<Guid>(
            $"SELECT id FROM assistant_conversations WHERE deleted_at < @Limit AND running_id IS NULL ORDER BY deleted_at LIMIT {Piece}", new { Limit = now - Kept }, cancellation);
        foreach (var id in conversations)
            await PurgeAsync(id, cancellation);
        var unused = await database.QueryAsync<Guid>(
            $"SELECT id FROM assistant_attachments WHERE conversation_id IS NULL AND created_at < @Limit ORDER BY created_at LIMIT {Piece}", new { Limit = now - UnusedKept }, cancellation);
        foreach (var id in unused)
            await DeleteFileAsync(id, cancellation);
        if (conversations.Count + unused.Count > 0)
            LogPurged(conversations.Count, unused.Count);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (readiness.IsReady)
                    await PurgeAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailure(exception);
            }
        }
    }

    private async Task PurgeAsync(Guid id, CancellationToken cancellation)
    {
        foreach (var file in await database.QueryAsync<Guid>("SELECT id FROM assistant_attachments WHERE conversation_id = @id", new { id }, cancellation))
            await DeleteFileAsync(file, cancellation);
        while (await database.ExecuteAsync(
            $"DELETE FROM assistant_messages WHERE id IN (SELECT id FROM assistant_messages WHERE conversation_id = @id LIMIT {Piece})", new { id }, cancellation) == Piece)
        {
        }
        await database.ExecuteAsync("DELETE FROM assistant_summaries WHERE conversation_id = @id", new { id }, cancellation);
        await database.ExecuteAsync("DELETE FROM assistant_drafts WHERE conversation_id = @id", new { id }, cancellation);
        await database.ExecuteAsync("DELETE FROM assistant_conversations WHERE id = @id AND deleted_at IS NOT NULL", new { id }, cancellation);
    }

    private async Task DeleteFileAsync(Guid id, CancellationToken cancellation)
    {
        await files.DeleteAsync(id, cancellation);
        await database.ExecuteAsync("DELETE FROM assistant_attachments WHERE id = @id", new { id }, cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Purged {Conversations} conversations and {Files} unused files")]
    private partial void LogPurged(int conversations, int files);

    [LoggerMessage(LogLevel.Error, "Purging failed; the next round tries again")]
    private partial void LogFailure(Exception exception);
}
