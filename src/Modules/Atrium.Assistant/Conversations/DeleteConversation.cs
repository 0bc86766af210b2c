using Atrium.Assistant.Answers;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Conversations;

/// <summary>Puts a conversation away for 30 days, in which it can be restored, and stops its running answer.</summary>
internal static partial class DeleteConversation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/conversations/{id:guid}", Handle)
            .WithName("DeleteConversation")
            .WithSummary("Deletes a conversation; it can be restored for 30 days")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, RunningAnswers running, TimeProvider clock, CancellationToken cancellation)
    {
        var changed = await database.ExecuteAsync(
            "UPDATE assistant_conversations SET deleted_at = @Now WHERE id = @id AND owner_id = @PersonId AND deleted_at IS NULL",
            new { Now = clock.GetUtcNow(), id, caller.PersonId },
            cancellation);
        if (changed == 0)
            return Problems.NotFound();
        running.FindByConversation(id)?.Stop();
        return TypedResults.NoContent();
    }
}
