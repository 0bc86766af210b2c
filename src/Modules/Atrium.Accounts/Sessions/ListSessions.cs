using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Sessions;

/// <summary>Where I am signed in, most recently seen first.</summary>
internal static class ListSessions
{
    private const int Limit = 100;

    public sealed record Response(IReadOnlyList<Item> Items);

    public sealed record Item(Guid Id, bool Current, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Browser, string Network);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/sessions", Handle)
        .WithName(nameof(ListSessions))
        .WithSummary("Sessions of the signed-in person")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Caller caller, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync<SessionRow>(
            $"{SessionRow.Select} WHERE person_id = @PersonId AND revoked_at IS NULL AND expires_at > @now ORDER BY last_seen_at DESC, id DESC LIMIT {Limit}",
            new { caller.PersonId, now = clock.GetUtcNow() },
            cancellation);
        return TypedResults.Ok(new Response(
            [.. rows.Select(row => new Item(row.Id, row.Id == caller.SessionId, row.CreatedAt, row.LastSeenAt, row.Browser, row.Network))]));
    }
}
