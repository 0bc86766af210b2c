using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Invitations;

/// <summary>Invitations, newest first: open, used and too old.</summary>
internal static class ListInvitations
{
    public sealed record Item
    {
        public required Guid Id { get; init; }

        public required string Role { get; init; }

        public required string Note { get; init; }

        public string? CreatedBy { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required DateTimeOffset ExpiresAt { get; init; }

        public DateTimeOffset? UsedAt { get; init; }

        /// <summary>The name of the person it let in.</summary>
        public string? UsedBy { get; init; }
    }

    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/admin/invitations", Handle)
        .WithName(nameof(ListInvitations))
        .WithSummary("Invitations")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Database database, CancellationToken cancellation, Guid? cursor = null, [Range(1, 100)] int limit = 50)
    {
        var rows = await database.QueryAsync<Item>(
            $"""
            SELECT i.id, i.role, i.note, maker.username AS created_by, i.created_at, i.expires_at, i.used_at, guest.username AS used_by
            FROM accounts_invitations i
            LEFT JOIN accounts_people maker ON maker.id = i.created_by
            LEFT JOIN accounts_people guest ON guest.id = i.used_by
            {(cursor is null ? "" : "WHERE i.id < @cursor")}
            ORDER BY i.id DESC LIMIT @Count
            """,
            new { cursor, Count = limit + 1 },
            cancellation);
        return TypedResults.Ok(new Response([.. rows.Take(limit)], rows.Count > limit ? rows[limit - 1].Id : null));
    }
}
