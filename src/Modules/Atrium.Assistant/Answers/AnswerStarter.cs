using Atrium.Assistant.Attachments;
using Atrium.Assistant.Browser;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Instances;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Lifecycle;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Assistant.Answers;

/// <summary>A message that a person sends.</summary>
/// <param name="ParentId">Not given: after the leaf. Null: a new root.</param>
internal sealed record NewMessage(string Text, Optional<Guid?> ParentId, AnswerWish Wish, IReadOnlyList<Guid> Attachments, string? ClientId);

/// <summary>What became of a request for an answer: started, or repeated from before, or refused.</summary>
internal sealed record StartResult(Guid MessageId, Guid AnswerId, Guid GenerationId, AnswerOrder? Order, ProblemHttpResult? Problem)
{
    public RunningAnswer? Running { get; init; }

    public static StartResult Refused(ProblemHttpResult problem) => new(default, default, default, null, problem);

    public static StartResult Started(AnswerOrder order) => new(order.Answer.ParentId ?? default, order.Answer.Id, order.GenerationId, order, null);
}

/// <summary>
/// Stores what an answer begins with, in one unit that holds the conversation's row: the owner is checked, a second running answer refused, a
/// repeated client id answered with the first. Then the answer runs by itself.
/// </summary>
internal sealed class AnswerStarter(Database database, AnswerRunner runner, InstanceLeases instances, Readiness readiness, TimeProvider clock)
{
    public Task<StartResult> PostAsync(Guid conversationId, Guid ownerId, NewMessage message, CancellationToken cancellation)
    {
        var text = PlainText.Clean(message.Text);
        var clean = message with { Text = text, Wish = Clean(message.Wish), ClientId = message.ClientId is { } client ? PlainText.Clean(client) : null };
        return StartAsync(unit => Post(unit, conversationId, ownerId, clean), cancellation);
    }

    public Task<StartResult> RegenerateAsync(Guid conversationId, Guid ownerId, Guid answerId, AnswerWish wish, CancellationToken cancellation) =>
        StartAsync(unit => Regenerate(unit, conversationId, ownerId, answerId, Clean(wish)), cancellation);

    public Task<StartResult> ContinueAsync(Guid conversationId, Guid ownerId, Guid answerId, BrowserModel? browser, CancellationToken cancellation) =>
        StartAsync(unit => Continue(unit, conversationId, ownerId, answerId, browser), cancellation);

    private async Task<StartResult> StartAsync(Func<WriteUnit, StartResult> store, CancellationToken cancellation)
    {
        if (readiness.Current == Readiness.State.Draining)
            return StartResult.Refused(Problems.Of(StatusCodes.Status503ServiceUnavailable, "restarting", "The house is restarting. Try again in a moment."));
        var result = await database.WriteAsync(store, cancellation);
        return result.Order is { } order ? result with { Running = runner.Start(order) } : result;
    }

    private StartResult Post(WriteUnit unit, Guid conversationId, Guid ownerId, NewMessage message)
    {
        if (Lock(unit, conversationId, ownerId) is not { } conversation)
            return StartResult.Refused(Problems.NotFound());
        if (message.ClientId is not null && FindRepeated(unit, conversationId, message.ClientId) is { } repeated)
            return repeated;
        if (conversation.RunningId is { } running)
            return Busy(running);
        var parentId = message.ParentId.IsGiven ? message.ParentId.Value : conversation.LeafId;
        if (parentId is not null && FindAnswer(unit, conversationId, parentId.Value) is null)
            return StartResult.Refused(Problems.Invalid("parentId", "This conversation has no such answer."));
        if (AttachmentRows.Use(unit, message.Attachments, conversationId, ownerId) is not { } attached)
            return StartResult.Refused(Problems.Invalid("attachments", "One of these files is not there, or belongs to another conversation."));
        var now = clock.GetUtcNow();
        MessagePart[] parts = message.Text.Length > 0 ? [.. attached, new TextPart(message.Text)] : [.. attached];
        var messageId = Guid.CreateVersion7(now);
        AnswerRows.InsertQuestion(unit, conversation, ownerId, messageId, parentId, parts, message.ClientId, now);
        var order = AnswerRows.InsertAnswer(unit, conversation, ownerId, instances.Own, messageId, message.Wish, now);
        if (conversation.TitleSource == TitleSource.None)
            AnswerRows.TitleByRule(unit, conversationId, message.Text.Length > 0 ? message.Text : AttachmentRows.NameOf(attached));
        return StartResult.Started(order);
    }

    private StartResult Regenerate(WriteUnit unit, Guid conversationId, Guid ownerId, Guid answerId, AnswerWish wish)
    {
        if (Lock(unit, conversationId, ownerId) is not { } conversation || FindAnswer(unit, conversationId, answerId) is not { } answer)
            return StartResult.Refused(Problems.NotFound());
        if (conversation.RunningId is { } running)
            return Busy(running);
        return StartResult.Started(AnswerRows.InsertAnswer(unit, conversation, ownerId, instances.Own, answer.ParentId!.Value, wish, clock.GetUtcNow()));
    }

    private StartResult Continue(WriteUnit unit, Guid conversationId, Guid ownerId, Guid answerId, BrowserModel? browser)
    {
        if (Lock(unit, conversationId, ownerId) is not { } conversation || FindAnswer(unit, conversationId, answerId) is not { } answer)
            return StartResult.Refused(Problems.NotFound());
        if (conversation.RunningId is { } running)
            return Busy(running);
        if (answer is { Status: MessageStatus.Complete, StopReason: not "length" })
            return StartResult.Refused(Problems.Conflict("nothing-to-continue", "This answer is whole. Ask for more in a new message."));
        return StartResult.Started(AnswerRows.Reopen(unit, conversation, ownerId, instances.Own, answer, browser, clock.GetUtcNow()));
    }

    private static AnswerWish Clean(AnswerWish wish) => wish.Model is { } model ? wish with { Model = PlainText.Clean(model) } : wish;

    private static ConversationRow? Lock(WriteUnit unit, Guid id, Guid ownerId) =>
        unit.QuerySingleOrDefault<ConversationRow>(
            $"SELECT {ConversationRow.Columns} FROM assistant_conversations c WHERE c.id = @id AND c.owner_id = @ownerId AND c.deleted_at IS NULL {unit.Dialect.ForUpdate}",
            new { id, ownerId });

    private static MessageRow? FindAnswer(WriteUnit unit, Guid conversationId, Guid id) =>
        unit.QuerySingleOrDefault<MessageRow>(
            $"SELECT {MessageRow.Columns} FROM assistant_messages m WHERE m.id = @id AND m.conversation_id = @conversationId AND m.role = 'assistant'",
            new { id, conversationId });

    private static StartResult? FindRepeated(WriteUnit unit, Guid conversationId, string clientId)
    {
        var answers = unit.Query<MessageRow>(
            $"""
            SELECT {MessageRow.Columns} FROM assistant_messages m JOIN assistant_messages q ON q.id = m.parent_id
            WHERE q.conversation_id = @conversationId AND q.client_id = @clientId AND m.conversation_id = @conversationId ORDER BY m.created_at, m.id LIMIT 1
            """,
            new { conversationId, clientId });
        return answers is [var answer] ? new StartResult(answer.ParentId!.Value, answer.Id, answer.GenerationId ?? default, null, null) : null;
    }

    private static StartResult Busy(Guid generationId)
    {
        var problem = Problems.Conflict("already-answering", "An answer is being written in this conversation. Wait for it, or stop it.");
        problem.ProblemDetails.Extensions["generationId"] = generationId;
        return StartResult.Refused(problem);
    }
}
