using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Keys;

/// <summary>Lists the caller's provider keys, newest first, with what each has cost this month.</summary>
internal static class ListKeys
{
    public sealed record Response(IReadOnlyList<KeyView.Item> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/provider-keys", Handle).WithName("ListProviderKeys").WithSummary("Your keys at AI providers, without their secrets").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Ok<Response>> Handle(Caller caller, KeyRing keys, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var spent = await database.QueryAsync<SpentRow>(
            """
            SELECT key_id, CAST(COALESCE(SUM(cost), 0) AS BIGINT) AS cost FROM gateway_ledger
            WHERE person_id = @PersonId AND at >= @Month AND key_id IS NOT NULL
            GROUP BY key_id
            """,
            new { caller.PersonId, Month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero) },
            cancellation);
        var byKey = spent.ToDictionary(row => row.KeyId, row => row.Cost);
        var items = (await keys.ListAsync(caller.PersonId, cancellation)).Select(key => KeyView.Of(key) with { SpentThisMonth = byKey.GetValueOrDefault(key.Id) });
        return TypedResults.Ok(new Response([.. items]));
    }

    internal sealed record SpentRow
    {
        public required Guid KeyId { get; init; }

        public required Money Cost { get; init; }
    }
}
