using Atrium.Assistant.Messages;
using Atrium.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Assistant.Answers;

/// <summary>Puts finished answers into the main database, where they are durable.</summary>
internal sealed partial class AnswerStore(Database database, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<AnswerStore> logger)
{
    private const int AttemptsWhenStopping = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Stores the message and frees its conversation. While the database is away it tries again; the pieces stay in the streams database.</summary>
    /// <returns>The stored message, or null when the process ends before the database came back.</returns>
    public async Task<Message?> FinishAsync(RunningAnswer answer, AnswerEnd end)
    {
        var parts = answer.Parts;
        var finished = answer.Current with
        {
            Status = end.Status,
            StopReason = end.StopReason,
            Usage = MessageUsage.Sum(answer.Order.UsageBefore, end.Usage),
            Cost = Sum(answer.Order.CostBefore, end.Cost),
            Error = end.Error,
            FinishedAt = clock.GetUtcNow(),
            GenerationId = null,
        };
        for (var attemptsLeft = AttemptsWhenStopping; attemptsLeft > 0; attemptsLeft -= lifetime.ApplicationStopping.IsCancellationRequested ? 1 : 0)
        {
            try
            {
                await database.WriteAsync(unit => Write(unit, answer.Order, finished, parts, end.Cost), CancellationToken.None);
                return finished;
            }
            catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException)
            {
                LogWaiting(exception, finished.Id);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
        return null;
    }

    /// <summary>Frees the conversation of an answer that cannot be stored as it is, and says so in the message.</summary>
    public Task AbandonAsync(AnswerOrder order) =>
        database.WriteAsync(
            unit =>
            {
                var changed = new { Now = clock.GetUtcNow(), order.Answer.Id, order.ConversationId, order.GenerationId };
                unit.Execute("UPDATE assistant_messages SET status = 'interrupted', finished_at = @Now WHERE id = @Id AND generation_id = @GenerationId AND status = 'streaming'", changed);
                unit.Execute("UPDATE assistant_conversations SET running_id = NULL WHERE id = @ConversationId AND running_id = @GenerationId", changed);
            },
            CancellationToken.None);

    private static void Write(WriteUnit unit, AnswerOrder order, Message finished, IReadOnlyList<MessagePart> parts, Money? newCost)
    {
        var text = MessageParts.TextOf(parts);
        unit.Execute(
            """
            UPDATE assistant_messages
            SET parts = @Parts, search_text = @SearchText, tokens = @Tokens, status = @Status, stop_reason = @StopReason, provider = @Provider, provider_name = @ProviderName,
                model = @Model, usage = @Usage, cost = @Cost, error = @Error, fallback = @Fallback, finished_at = @FinishedAt
            WHERE id = @Id AND generation_id = @GenerationId
            """,
            new
            {
                Parts = MessageParts.ToJson(parts),
                SearchText = PlainText.Fold(text),
                Tokens = MessageTokens.Of(parts),
                finished.Status,
                finished.StopReason,
                finished.Provider,
                finished.ProviderName,
                finished.Model,
                Usage = StoredJson.Write(finished.Usage),
                finished.Cost,
                Error = StoredJson.Write(finished.Error),
                Fallback = StoredJson.Write(finished.Fallback),
                finished.FinishedAt,
                finished.Id,
                order.GenerationId,
            });
        unit.Execute(
            "UPDATE assistant_conversations SET running_id = NULL, cost = cost + @NewCost, updated_at = @FinishedAt WHERE id = @ConversationId AND running_id = @GenerationId",
            new { NewCost = newCost ?? Money.Zero, finished.FinishedAt, order.ConversationId, order.GenerationId });
    }

    private static Money? Sum(Money? first, Money? second) => first is null || second is null ? first ?? second : first.Value + second.Value;

    [LoggerMessage(LogLevel.Warning, "Answer {Message} waits for the database")]
    private partial void LogWaiting(Exception exception, Guid message);
}
