using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Profiles;

/// <summary>The groups I belong to, by name.</summary>
internal static class ListMyGroups
{
    private const int Most = 500;

    internal sealed record Item
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }
    }

    internal sealed record Response(IReadOnlyList<Item> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/me/groups", Handle)
        .WithName(nameof(ListMyGroups))
        .WithSummary("My groups")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.SignedIn)
        .WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Caller caller, Database database, CancellationToken cancellation) =>
        TypedResults.Ok(new Response(await database.QueryAsync<Item>(
            $"SELECT g.id, g.name FROM accounts_groups g JOIN accounts_group_members m ON m.group_id = g.id WHERE m.person_id = @PersonId ORDER BY g.name_key LIMIT {Most}",
            caller,
            cancellation)));
}
