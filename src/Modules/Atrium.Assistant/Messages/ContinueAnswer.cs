using Atrium.Assistant.Answers;
using Atrium.Assistant.Browser;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Messages;

/// <summary>
/// Goes on with an answer that was interrupted, stopped, failed or cut at its length. The model gets its own words so far as its last message
/// and is asked to go on with the next word, which works with providers that complete a prefilled answer and with those that do not. New text is
/// added to the same message; usage and cost add up.
/// </summary>
internal static partial class ContinueAnswer
{
    public sealed record Request
    {
        /// <summary>The person's own browser makes the answer; the response then holds what it sends to its model.</summary>
        public BrowserModel? Browser { get; init; }
    }

    public sealed record Response(Guid AnswerId, Guid GenerationId, BrowserCall? Call);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/conversations/{id:guid}/messages/{messageId:guid}/continue", Handle)
            .WithName("ContinueAnswer")
            .WithSummary("Goes on with an answer that did not end")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Chat);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(Guid id, Guid messageId, Request? request, Caller caller, AnswerStarter starter, BrowserCalls calls, CancellationToken cancellation)
    {
        if (request?.Browser?.FindFault() is var (field, fault))
            return Problems.Invalid(field, fault);
        var result = await starter.ContinueAsync(id, caller.PersonId, messageId, request?.Browser, cancellation);
        return result.Problem is { } problem ? problem : TypedResults.Accepted($"/api/conversations/{id}/stream", new Response(result.AnswerId, result.GenerationId, await calls.BuildAsync(result.GenerationId, cancellation)));
    }
}
