using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Conversations;

/// <summary>One conversation, without its messages.</summary>
internal static partial class GetConversation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/conversations/{id:guid}", Handle)
            .WithName("GetConversation")
            .WithSummary("Reads a conversation")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Conversation>, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, CancellationToken cancellation) =>
        await Conversation.FindAsync(database, id, caller.PersonId, cancellation) is { } conversation ? TypedResults.Ok(conversation) : Problems.NotFound();
}
