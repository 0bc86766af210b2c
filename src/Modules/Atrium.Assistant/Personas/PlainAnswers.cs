using Atrium.Assistant.Answers;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Assistant.Personas;

/// <summary>One question, one whole answer, for callers that do not stream. It is an ordinary conversation behind.</summary>
internal sealed class PlainAnswers(Database database, AnswerStarter starter, TimeProvider clock)
{
    /// <param name="field">The request's own name for the text.</param>
    /// <param name="persona">For a new conversation; an existing one keeps its own.</param>
    public async Task<(Guid ConversationId, Message? Answer, ProblemHttpResult? Problem)> AskAsync(Guid personId, Guid? conversationId, string? persona, string field, string text, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Message.TextLength)
            return (default, null, Problems.Invalid(field, $"A message has 1 to {Message.TextLength} letters."));
        var id = conversationId ?? await CreateAsync(personId, persona, cancellation);
        var started = await starter.PostAsync(id, personId, new NewMessage(text, default, new AnswerWish(null, null), [], null), cancellation);
        if (started.Problem is { } problem)
            return (id, null, problem);
        // The answer is made and kept even when the caller goes away before it is whole.
        return await started.Running!.Completion.WaitAsync(cancellation) is not { Status: MessageStatus.Complete } answer
            ? (id, null, Explain(await started.Running.Completion))
            : (id, answer, null);
    }

    private async Task<Guid> CreateAsync(Guid personId, string? persona, CancellationToken cancellation)
    {
        var conversation = NewConversation.For(personId, persona, clock);
        await database.WriteAsync(conversation.Insert, cancellation);
        return conversation.Id;
    }

    private static ProblemHttpResult Explain(Message? answer) => answer?.Error is { } error
        ? Problems.Of(StatusCodes.Status502BadGateway, error.Code, error.Title)
        : Problems.Of(StatusCodes.Status503ServiceUnavailable, "interrupted", "The answer was stopped before it was whole. Ask again.");
}
