using System.ComponentModel.DataAnnotations;
using Atrium.Assistant.Messages;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Drafts;

/// <summary>Keeps what the caller has typed below a conversation; the last device to save is right. Empty text removes it.</summary>
internal static partial class SaveDraft
{
    public sealed record Request
    {
        [Required(AllowEmptyStrings = true), StringLength(Message.TextLength)]
        public required string Text { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(Draft.Route, Handle)
            .WithName("SaveDraft")
            .WithSummary("Keeps what was typed below a conversation and not sent; empty text removes it")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Request request, Caller caller, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var draft = new { id, caller.PersonId, Text = PlainText.Clean(request.Text), Now = clock.GetUtcNow() };
        return await database.WriteAsync(unit => Save(unit, draft), cancellation) ? TypedResults.NoContent() : Problems.NotFound();

        static bool Save(WriteUnit unit, object draft)
        {
            // Also without a text a row is written first: it is what says that the conversation is the caller's.
            var saved = unit.Execute(
                """
                INSERT INTO assistant_drafts (conversation_id, owner_id, text, saved_at)
                SELECT c.id, c.owner_id, @Text, @Now FROM assistant_conversations c WHERE c.id = @id AND c.owner_id = @PersonId AND c.deleted_at IS NULL
                ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at
                """,
                draft);
            unit.Execute("DELETE FROM assistant_drafts WHERE conversation_id = @id AND owner_id = @PersonId AND text = ''", draft);
            return saved > 0;
        }
    }
}
