using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Groups;

/// <summary>The groups of the house, newest first.</summary>
internal static class ListGroups
{
    /// <param name="Next">The cursor of the next page; null at the end.</param>
    internal sealed record Response(IReadOnlyList<Group> Items, Guid? Next);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/admin/groups", Handle)
        .WithName(nameof(ListGroups))
        .WithSummary("The groups of the house")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Database database, CancellationToken cancellation, Guid? cursor = null, [Range(1, 100)] int limit = 50)
    {
        var rows = await database.QueryAsync<Group>($"{Group.Select} {(cursor is null ? "" : "WHERE g.id < @cursor")} ORDER BY g.id DESC LIMIT @Count", new { cursor, Count = limit + 1 }, cancellation);
        return TypedResults.Ok(new Response([.. rows.Take(limit)], rows.Count > limit ? rows[limit - 1].Id : null));
    }
}
