using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Conversations;

/// <summary>Takes a deletion of the last 30 days back. Restoring what is not deleted changes nothing.</summary>
internal static partial class RestoreConversation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/conversations/{id:guid}/restore", Handle)
            .WithName("RestoreConversation")
            .WithSummary("Restores a deleted conversation")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, TimeProvider clock, CancellationToken cancellation) =>
        await database.ExecuteAsync(
            "UPDATE assistant_conversations SET deleted_at = NULL WHERE id = @id AND owner_id = @PersonId AND (deleted_at IS NULL OR deleted_at >= @Limit)",
            new { id, caller.PersonId, Limit = clock.GetUtcNow() - PurgeDeletedConversations.Kept },
            cancellation) > 0
            ? TypedResults.NoContent()
            : Problems.NotFound();
}
