using System.ComponentModel.DataAnnotations;
using Atrium.Ai;
using Atrium.Gateway.Keys;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Fallbacks;

/// <summary>Replaces the caller's list. Offline Lite is not part of it: it always comes last.</summary>
internal static class ChangeFallbacks
{
    public sealed record Request
    {
        [MaxLength(Fallback.Most)]
        public required IReadOnlyList<Item> Items { get; init; }
    }

    public sealed record Item
    {
        [StringLength(64, MinimumLength = 1)]
        public required string Provider { get; init; }

        [StringLength(200)]
        public string? Model { get; init; }

        /// <summary>One of the caller's keys for this provider.</summary>
        public Guid? KeyId { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(FallbackView.Route, Handle).WithName("ChangeFallbacks").WithSummary("Say who answers when the chosen provider does not").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<FallbackView.Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, ProviderCatalogue catalogue, KeyRing keys, Database database, CancellationToken cancellation)
    {
        var own = await keys.ListAsync(caller.PersonId, cancellation);
        var fallbacks = new List<Fallback>();
        foreach (var (item, index) in request.Items.Select((item, index) => (item, index)))
        {
            // JSON's null gets past the type of a list's elements.
            if (item is null)
                return Problems.Invalid($"items[{index}]", "This is missing.");
            if (catalogue.Find(item.Provider) is not { IsUsable: true })
                return Problems.Invalid($"items[{index}].provider", "There is no such provider, or it cannot be used.");
            if (item.KeyId is { } id && !own.Any(key => key.Id == id && key.Provider == item.Provider))
                return Problems.Invalid($"items[{index}].keyId", "You have no such key for this provider.");
            fallbacks.Add(new Fallback { Provider = item.Provider, Model = string.IsNullOrWhiteSpace(item.Model) ? null : item.Model.Trim(), KeyId = item.KeyId });
        }
        await database.WriteAsync(unit => Fallback.Store(unit, caller.PersonId, fallbacks), cancellation);
        return TypedResults.Ok(FallbackView.Of(fallbacks));
    }
}
