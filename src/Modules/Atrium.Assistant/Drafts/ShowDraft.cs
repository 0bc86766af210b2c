using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Drafts;

/// <summary>Shows what the caller has typed below a conversation and not sent, on whichever device it was.</summary>
internal static partial class ShowDraft
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Draft.Route, Handle)
            .WithName("ShowDraft")
            .WithSummary("Reads what was typed below a conversation and not sent")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Draft>, ProblemHttpResult>> Handle(Guid id, Caller caller, Database database, CancellationToken cancellation) =>
        await database.QuerySingleOrDefaultAsync<Draft>(
            """
            SELECT COALESCE(d.text, '') AS text, d.saved_at
            FROM assistant_conversations c LEFT JOIN assistant_drafts d ON d.conversation_id = c.id
            WHERE c.id = @id AND c.owner_id = @PersonId AND c.deleted_at IS NULL
            """,
            new { id, caller.PersonId },
            cancellation) is { } draft
            ? TypedResults.Ok(draft)
            : Problems.NotFound();
}
