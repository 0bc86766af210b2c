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

/// <summary>Asks again: a second answer beside the first, which stays.</summary>
internal static partial class RegenerateAnswer
{
    public sealed record Request
    {
        [MaxLength(Conversation.ModelLength)]
        public string? Model { get; init; }

        /// <summary>The person's own browser makes the answer; the response then holds what it sends to its model.</summary>
        public BrowserModel? Browser { get; init; }
    }

    public sealed record Response(Guid AnswerId, Guid GenerationId, BrowserCall? Call);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/conversations/{id:guid}/messages/{messageId:guid}/regenerate", Handle)
            .WithName("RegenerateAnswer")
            .WithSummary("Makes another answer beside this one")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Chat);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(Guid id, Guid messageId, Request? request, Caller caller, AnswerStarter starter, BrowserCalls calls, CancellationToken cancellation)
    {
        if (request?.Browser?.FindFault() is var (field, fault))
            return Problems.Invalid(field, fault);
        var result = await starter.RegenerateAsync(id, caller.PersonId, messageId, new AnswerWish(request?.Model, request?.Browser), cancellation);
        return result.Problem is { } problem ? problem : TypedResults.Accepted($"/api/conversations/{id}/stream", new Response(result.AnswerId, result.GenerationId, await calls.BuildAsync(result.GenerationId, cancellation)));
    }
}
