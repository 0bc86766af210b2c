using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Groups;

/// <summary>Who belongs to a group, newest people first.</summary>
internal static class ListMembers
{
    internal sealed record Item
    {
        public required Guid Id { get; init; }

        public required string Username { get; init; }

        public string? DisplayName { get; init; }

        public required string Role { get; init; }

        public required DateTimeOffset AddedAt { get; init; }
    }

    /// <param name="Next">The cursor of the next page; null at the end.</param>
    internal sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/admin/groups/{id:guid}/members", Handle)
        .WithName(nameof(ListMembers))
        .WithSummary("The members of a group")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, Database database, CancellationToken cancellation, Guid? cursor = null, [Range(1, 100)] int limit = 50)
    {
        if (await database.ScalarAsync<long>("SELECT COUNT(*) FROM accounts_groups WHERE id = @id", new { id }, cancellation) == 0)
            return Problems.NotFound();
        var rows = await database.QueryAsync<Item>(
            $"""
            SELECT p.id, p.username, p.display_name, p.role, m.added_at
            FROM accounts_group_members m JOIN accounts_people p ON p.id = m.person_id
            WHERE m.group_id = @id {(cursor is null ? "" : "AND p.id < @cursor")}
            ORDER BY p.id DESC LIMIT @Count
            """,
            new { id, cursor, Count = limit + 1 },
            cancellation);
        return TypedResults.Ok(new Response([.. rows.Take(limit)], rows.Count > limit ? rows[limit - 1].Id : null));
    }
}
