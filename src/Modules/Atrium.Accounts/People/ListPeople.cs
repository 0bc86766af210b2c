using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.People;

/// <summary>Everybody with an account, newest first, or those whose name or address contains a text.</summary>
internal static class ListPeople
{
    /// <param name="Next">The cursor of the next page; null at the end.</param>
    internal sealed record Response(IReadOnlyList<PersonItem> Items, Guid? Next);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/admin/people", Handle)
        .WithName(nameof(ListPeople))
        .WithSummary("The people of the house")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Search);

    private static async Task<Ok<Response>> Handle(
        Database database, CancellationToken cancellation, [MaxLength(EmailAddress.Longest), Printable] string? search = null, Guid? cursor = null, [Range(1, 100)] int limit = 50)
    {
        var rows = await database.QueryAsync<PersonItem>(
            $"""
            {PersonItem.Select} WHERE 1 = 1
            {(search is null ? "" : $"AND ({database.Dialect.Contains("p.username_key", "@Name")} OR {database.Dialect.Contains("p.email_key", "@Email")})")}
            {(cursor is null ? "" : "AND p.id < @cursor")}
            ORDER BY p.id DESC LIMIT @Count
            """,
            new { Name = SqlDialect.EscapeLike(Username.Fold(search ?? "")), Email = SqlDialect.EscapeLike(EmailAddress.Fold(search ?? "")), cursor, Count = limit + 1 },
            cancellation);
        return TypedResults.Ok(new Response([.. rows.Take(limit)], rows.Count > limit ? rows[limit - 1].Id : null));
    }
}
