using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Atrium.Assistant.Answers;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Messages;

/// <summary>A page of the branch that is shown, upwards from its leaf or from a message. The running answer comes with what it has said so far.</summary>
internal static partial class ListMessages
{
    public sealed record Response(IReadOnlyList<Message> Items, Guid? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/conversations/{id:guid}/messages", Handle)
            .WithName("ListMessages")
            .WithSummary("Reads messages of the shown branch, oldest first, upwards page by page")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, Caller caller, Database database, RunningAnswers running, CancellationToken cancellation, Guid? before = null, [Range(1, 100)] int limit = 60)
    {
        // Asked first: an answer that ends in between is then read from its row, never half from each.
        var live = running.FindByConversation(id);
        var page = await database.ReadAsync(connection => ReadAsync(connection, id, caller.PersonId, before, limit, cancellation), cancellation);
        if (page is null)
            return Problems.NotFound();
        var items = page.Items.Select(message => message.Status == MessageStatus.Streaming && live?.Order.Answer.Id == message.Id ? live.Current with { Siblings = message.Siblings } : message).ToList();
        return TypedResults.Ok(page with { Items = items });
    }

    private static async Task<Response?> ReadAsync(DbConnection connection, Guid id, Guid ownerId, Guid? before, int limit, CancellationToken cancellation)
    {
        var end = await connection.QuerySingleOrDefaultAsync<EndRow>(new CommandDefinition(
            """
            SELECT c.leaf_id, b.id AS before_id, b.parent_id AS before_parent_id
            FROM assistant_conversations c LEFT JOIN assistant_messages b ON b.id = @before AND b.conversation_id = c.id
            WHERE c.id = @id AND c.owner_id = @ownerId AND c.deleted_at IS NULL
            """,
            new { id, ownerId, before },
            cancellationToken: cancellation));
        if (end is null || (before is not null && end.BeforeId is null))
            return null;
        if ((before is null ? end.LeafId : end.BeforeParentId) is not { } endId)
            return new Response([], null);
        var rows = await MessageTree.BranchAsync(connection, id, endId, limit, cancellation);
        var siblings = await MessageTree.SiblingsAsync(connection, id, endId, limit, cancellation);
        var items = rows.Select(row => row.ToMessage([.. siblings[row.ParentId ?? Guid.Empty]])).ToList();
        return new Response(items, items is [{ ParentId: not null } oldest, ..] ? oldest.Id : null);
    }

    internal sealed record EndRow
    {
        public Guid? LeafId { get; init; }

        public Guid? BeforeId { get; init; }

        public Guid? BeforeParentId { get; init; }
    }
}
