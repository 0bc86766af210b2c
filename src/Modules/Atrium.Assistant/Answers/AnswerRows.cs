using Atrium.Assistant.Browser;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Answers;

/// <summary>Who shall answer.</summary>
/// <param name="Model">Null: the conversation's.</param>
/// <param name="Browser">The person's own browser does, whatever else is chosen.</param>
internal sealed record AnswerWish(string? Model, BrowserModel? Browser)
{
    public string? Origin => Browser is null ? null : MessageOrigin.Browser;
}

/// <summary>The rows an answer begins with. The caller holds the conversation's row and has checked its owner.</summary>
internal static class AnswerRows
{
    private const string Insert =
        """
        INSERT INTO assistant_messages (id, conversation_id, owner_id, parent_id, role, parts, search_text, tokens, status, persona, requested_model, client_id, generation_id, instance_id, origin, created_at, finished_at)
        VALUES (@Id, @ConversationId, @OwnerId, @ParentId, @Role, @Parts, @SearchText, @Tokens, @Status, @Persona, @RequestedModel, @ClientId, @GenerationId, @InstanceId, @Origin, @Now, @FinishedAt)
        """;

    public static void InsertQuestion(WriteUnit unit, ConversationRow conversation, Guid ownerId, Guid id, Guid? parentId, IReadOnlyList<MessagePart> parts, string? clientId, DateTimeOffset now) =>
        unit.Execute(
            Insert,
            new
            {
                Id = id,
                ConversationId = conversation.Id,
                OwnerId = ownerId,
                ParentId = parentId,
                Role = MessageRole.User,
                Parts = MessageParts.ToJson(parts),
                SearchText = PlainText.Fold(MessageParts.TextOf(parts)),
                Tokens = MessageTokens.Of(parts),
                Status = MessageStatus.Complete,
                Persona = (string?)null,
                RequestedModel = (string?)null,
                ClientId = clientId,
                GenerationId = (Guid?)null,
                InstanceId = (Guid?)null,
                Origin = (string?)null,
                Now = now,
                FinishedAt = (DateTimeOffset?)now,
            });

    /// <param name="instanceId">The server that makes it.</param>
    /// <param name="wish">Who shall answer.</param>
    public static AnswerOrder InsertAnswer(WriteUnit unit, ConversationRow conversation, Guid ownerId, Guid instanceId, Guid questionId, AnswerWish wish, DateTimeOffset now)
    {
        // A moment later than the question, so that order by time is order by talk.
        var answer = new Message
        {
            Id = Guid.CreateVersion7(now.AddMilliseconds(1)),
            ParentId = questionId,
            Role = MessageRole.Assistant,
            Parts = [],
            Siblings = [],
            Status = MessageStatus.Streaming,
            Persona = conversation.Persona,
            Origin = wish.Origin,
            CreatedAt = now.AddMilliseconds(1),
            GenerationId = Guid.CreateVersion7(now),
        };
        var order = OrderFor(conversation, ownerId, answer, wish, now);
        unit.Execute(
            Insert,
            new
            {
                order.Answer.Id,
                order.ConversationId,
                OwnerId = ownerId,
                ParentId = questionId,
                order.Answer.Role,
                Parts = "[]",
                SearchText = "",
                Tokens = 0L,
                order.Answer.Status,
                order.Persona,
                RequestedModel = order.Model,
                ClientId = (string?)null,
                order.GenerationId,
                InstanceId = instanceId,
                order.Answer.Origin,
                Now = order.Answer.CreatedAt,
                FinishedAt = (DateTimeOffset?)null,
            });
        Occupy(unit, order);
        return order with { Answer = answer with { Siblings = MessageTree.Children(unit, conversation.Id, questionId) } };
    }

    /// <summary>The same message goes on under a new generation, with the model it was asked of.</summary>
    public static AnswerOrder Reopen(WriteUnit unit, ConversationRow conversation, Guid ownerId, Guid instanceId, MessageRow answer, BrowserModel? browser, DateTimeOffset now)
    {
        var wish = new AnswerWish(answer.RequestedModel, browser);
        var opened = answer with { Origin = wish.Origin ?? answer.Origin, Status = MessageStatus.Streaming, GenerationId = Guid.CreateVersion7(now), StopReason = null, Error = null, Fallback = null, FinishedAt = null };
        var message = opened.ToMessage(MessageTree.Children(unit, conversation.Id, answer.ParentId));
        var order = OrderFor(conversation, ownerId, message, wish, now) with
        {
            Before = MessageParts.FromJson(answer.Parts),
            UsageBefore = StoredJson.Read<MessageUsage>(answer.Usage),
            CostBefore = answer.Cost,
        };
        unit.Execute(
            "UPDATE assistant_messages SET status = 'streaming', generation_id = @GenerationId, instance_id = @instanceId, origin = @Origin, stop_reason = NULL, error = NULL, fallback = NULL, finished_at = NULL WHERE id = @Id",
            new { order.GenerationId, instanceId, opened.Origin, answer.Id });
        Occupy(unit, order);
        return order;
    }

    public static void TitleByRule(WriteUnit unit, Guid conversationId, string text)
    {
        var title = ConversationTitle.FromMessage(text);
        unit.Execute(
            "UPDATE assistant_conversations SET title = @title, search_title = @searchTitle, title_source = 'rule' WHERE id = @conversationId",
            new { title, searchTitle = PlainText.Fold(title), conversationId });
    }

    private static AnswerOrder OrderFor(ConversationRow conversation, Guid ownerId, Message answer, AnswerWish wish, DateTimeOffset now) => new()
    {
        GenerationId = answer.GenerationId!.Value,
        PersonId = ownerId,
        ConversationId = conversation.Id,
        Answer = answer,
        Persona = conversation.Persona,
        Model = wish.Browser is null ? wish.Model ?? conversation.Model : null,
        Browser = wish.Browser,
        SystemPrompt = conversation.SystemPrompt,
        Parameters = StoredJson.Read<ModelParameters>(conversation.Parameters)!,
        ContextMode = conversation.ContextMode,
        StartedAt = now,
        WantsTitle = conversation.TitleSource is TitleSource.None,
    };

    private static void Occupy(WriteUnit unit, AnswerOrder order) =>
        unit.Execute(
            "UPDATE assistant_conversations SET running_id = @GenerationId, leaf_id = @AnswerId, updated_at = @StartedAt WHERE id = @ConversationId",
            new { order.GenerationId, AnswerId = order.Answer.Id, order.StartedAt, order.ConversationId });
}
