using System.ComponentModel.DataAnnotations;
using Atrium.Assistant.Messages;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Personas;

/// <summary>One plain answer from Diszi or Zily, kept as a conversation.</summary>
internal static partial class Chat
{
    public sealed record Request
    {
        [AllowedValues("diszi", "zily", null)]
        public string? Persona { get; init; }

        [MaxLength(Messages.Message.TextLength)]
        public required string Message { get; init; }

        /// <summary>Absent: a new conversation.</summary>
        public Guid? ConversationId { get; init; }
    }

    public sealed record Response(string Reply, Guid ConversationId, string? Provider, string? Model);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/ai/chat", Handle)
            .WithName("Chat")
            .WithSummary("Asks a persona and waits for the whole answer")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Chat);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Request request, Caller caller, PlainAnswers answers, CancellationToken cancellation)
    {
        var (conversationId, answer, problem) = await answers.AskAsync(caller.PersonId, request.ConversationId, request.Persona, "message", request.Message, cancellation);
        return problem is not null ? problem : TypedResults.Ok(new Response(MessageParts.TextOf(answer!.Parts), conversationId, answer.Provider, answer.Model));
    }
}
