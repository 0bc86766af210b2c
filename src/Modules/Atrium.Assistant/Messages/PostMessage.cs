using System.ComponentModel.DataAnnotations;
using Atrium.Assistant.Answers;
using Atrium.Assistant.Browser;
using Atrium.Assistant.Conversations;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Messages;

/// <summary>Sends a message and starts its answer. The same client id again gives the first answer's ids and starts nothing.</summary>
internal static partial class PostMessage
{
    private const int MostAttachments = 10;

    public sealed record Request
    {
        [MaxLength(Message.TextLength)]
        public required string Text { get; init; }

        /// <summary>Absent: after the last message. Null: a new beginning. An edited message's parent: a branch beside it.</summary>
        public Optional<Guid?> ParentId { get; init; }

        [MaxLength(Conversation.ModelLength)]
        public string? Model { get; init; }

        [MaxLength(MostAttachments)]
        public IReadOnlyList<Guid>? Attachments { get; init; }

        [MaxLength(64)]
        public string? ClientId { get; init; }

        /// <summary>The person's own browser makes the answer; the response then holds what it sends to its model.</summary>
        public BrowserModel? Browser { get; init; }
    }

    public sealed record Response(Guid MessageId, Guid AnswerId, Guid GenerationId, BrowserCall? Call);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/conversations/{id:guid}/messages", Handle)
            .WithName("PostMessage")
            .WithSummary("Sends a message and starts its answer")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Chat);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(Guid id, Request request, Caller caller, AnswerStarter starter, BrowserCalls calls, CancellationToken cancellation)
    {
        var attachments = request.Attachments ?? [];
        if (string.IsNullOrWhiteSpace(request.Text) && attachments.Count == 0)
            return Problems.Invalid("text", "Write something, or attach a file.");
        if (request.Browser?.FindFault() is var (field, fault))
            return Problems.Invalid(field, fault);
        var result = await starter.PostAsync(id, caller.PersonId, new NewMessage(request.Text, request.ParentId, new AnswerWish(request.Model, request.Browser), [.. attachments.Distinct()], request.ClientId), cancellation);
        if (result.Problem is { } problem)
            return problem;
        return TypedResults.Accepted($"/api/conversations/{id}/stream", new Response(result.MessageId, result.AnswerId, result.GenerationId, await calls.BuildAsync(result.GenerationId, cancellation)));
    }
}
