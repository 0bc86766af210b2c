using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Conversations;

/// <summary>A page of the person's conversations: pinned first, then by last activity.</summary>
internal static partial class ListConversations
{
    public sealed record Item
    {
        public required Guid Id { get; init; }

        public required string Title { get; init; }

        public required string Persona { get; init; }

        public string? Model { get; init; }

        public required bool Pinned { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required DateTimeOffset UpdatedAt { get; init; }

        public required bool Running { get; init; }
    }

    public sealed record Response(IReadOnlyList<Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/conversations", Handle)
            .WithName("ListConversations")
            .WithSummary("Lists conversations, pinned first, then newest")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Caller caller,
        Database database,
        CancellationToken cancellation,
        [MaxLength(100)] string? cursor = null,
        [Range(1, 100)] int limit = 30,
        [MaxLength(200)] string? q = null)
    {
        ConversationCursor? after = null;
        if (cursor is not null && (after = ConversationCursor.Parse(cursor)) is null)
            return Problems.Invalid("cursor", "This is not a cursor of this list.");
        var rows = await database.QueryAsync<Row>(
            $"""
            SELECT c.id, c.title, c.persona, c.model, c.is_pinned, c.created_at, c.updated_at, c.running_id
            FROM assistant_conversations c
            WHERE c.owner_id = @PersonId AND c.deleted_at IS NULL
            {(after is null ? "" : "AND (c.is_pinned, c.updated_at, c.id) < (@IsPinned, @UpdatedAt, @Id)")}
            {(string.IsNullOrWhiteSpace(q) ? "" : $"AND {database.Dialect.Contains("c.search_title", "@Pattern")}")}
            ORDER BY c.is_pinned DESC, c.updated_at DESC, c.id DESC LIMIT @Count
            """,
            new { caller.PersonId, IsPinned = after?.IsPinned ?? false, UpdatedAt = after?.UpdatedAt ?? default, Id = after?.Id ?? default, Pattern = SqlDialect.EscapeLike(PlainText.Fold(q ?? "")), Count = limit + 1 },
            cancellation);
        var items = rows.Take(limit).Select(row => row.ToItem()).ToList();
        return TypedResults.Ok(new Response(items, rows.Count > limit ? ConversationCursor.Of(items[^1]) : null));
    }

    internal sealed record Row
    {
        public required Guid Id { get; init; }

        public required string Title { get; init; }

        public required string Persona { get; init; }

        public string? Model { get; init; }

        public required bool IsPinned { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required DateTimeOffset UpdatedAt { get; init; }

        public Guid? RunningId { get; init; }

        public Item ToItem() => new()
        {
            Id = Id,
            Title = Title,
            Persona = Persona,
            Model = Model,
            Pinned = IsPinned,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            Running = RunningId is not null,
        };
    }
}
