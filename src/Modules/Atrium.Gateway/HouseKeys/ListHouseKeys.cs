using Atrium.Gateway.Keys;
using Atrium.Gateway.Ledger;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.HouseKeys;

/// <summary>Lists the keys of the house, newest first, with what each has cost this month, and those the operator offers in settings.</summary>
internal static class ListHouseKeys
{
    public sealed record Response(IReadOnlyList<KeyView.Item> Items, IReadOnlyList<Offer> Offered);

    /// <param name="Setting">Where the operator has put a key.</param>
    public sealed record Offer(string Setting, string Provider);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(HouseKey.Route, Handle).WithName("ListHouseKeys").WithSummary("The provider keys of the house, without their secrets").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Ok<Response>> Handle(KeyRing keys, Database database, HouseSettings house, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var spent = (await database.QueryAsync<SpentRow>(
            """
            SELECT key_id, CAST(COALESCE(SUM(cost), 0) AS BIGINT) AS cost FROM gateway_ledger
            WHERE at >= @Month AND key_id IN (SELECT id FROM gateway_keys WHERE person_id = @OwnerId)
            GROUP BY key_id
            """,
            new { Month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero), HouseKey.OwnerId },
            cancellation)).ToDictionary(row => row.KeyId, row => row.Cost);
        var items = (await keys.ListAsync(HouseKey.OwnerId, cancellation)).Select(key => KeyView.Of(key) with { SpentThisMonth = spent.GetValueOrDefault(key.Id) });
        return TypedResults.Ok(new Response([.. items], [.. house.OfferedKeys.Keys.Order(StringComparer.Ordinal).Select(setting => new Offer(setting, HouseKey.ProviderOfSetting[setting]))]));
    }

    internal sealed record SpentRow
    {
        public required Guid KeyId { get; init; }

        public required Money Cost { get; init; }
    }
}
