using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Cache;

/// <summary>Switches the caller's cache on or off. Off, nothing that was kept is given again, and it is forgotten.</summary>
internal static class SwitchCache
{
    public sealed record Request
    {
        public required bool Enabled { get; init; }

        /// <summary>How long an answer counts.</summary>
        [Range(1, CacheChoice.LongestHours)]
        public int Hours { get; init; } = CacheChoice.DefaultHours;
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(CacheView.Route, Handle).WithName("SwitchCache").WithSummary("Keep answers to your programs for a while, or not").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Ok<CacheView.Response>> Handle(Request request, Caller caller, AnswerCache cache, Database database, TimeProvider clock, CancellationToken cancellation)
    {
        await new CacheChoice { PersonId = caller.PersonId, Enabled = request.Enabled, Hours = request.Hours }.StoreAsync(database, cancellation);
        if (!request.Enabled)
            cache.Empty(caller.PersonId);
        return TypedResults.Ok(await CacheView.ReadAsync(caller.PersonId, cache, database, clock.GetUtcNow(), cancellation));
    }
}
