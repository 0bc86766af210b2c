using Atrium.Platform.Configuration;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.House;

/// <summary>How often what may be asked.</summary>
internal static class ListLimits
{
    /// <param name="By"><c>person</c>, with the network address for strangers, or always the network <c>address</c>.</param>
    public sealed record Item(LimitClass Class, int Requests, int Seconds, string By);

    /// <param name="On">False while the operator has turned them off for measurements.</param>
    public sealed record Response(bool On, IReadOnlyList<Item> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/admin/limits", Handle)
        .WithName(nameof(ListLimits))
        .WithSummary("The limits of requests")
        .WithTags(AccountsModule.Name)
        .RequireAuthorization(Policies.Admin)
        .WithLimit(LimitClass.Default);

    private static Ok<Response> Handle(HouseSettings settings, RequestLimits limits) => TypedResults.Ok(new Response(
        settings.RateLimitsOn,
        [.. Enum.GetValues<LimitClass>().Where(limit => limit != LimitClass.Exempt).Select(limit => ItemOf(limit, limits.LimitOf(limit)))]));

    private static Item ItemOf(LimitClass limit, RateLimit rule) =>
        new(limit, rule.Requests, (int)rule.Window.TotalSeconds, RequestLimits.FollowsPerson(limit) ? "person" : "address");
}
