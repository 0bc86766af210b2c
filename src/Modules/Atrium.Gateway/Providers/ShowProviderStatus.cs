using Atrium.Ai;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Models;
using Atrium.Gateway.Resilience;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Providers;

/// <summary>Says how the caller's keys are doing, from what is known already: nobody is asked.</summary>
internal static class ShowProviderStatus
{
    /// <param name="Models">Chat models known to be open to the caller, Offline Lite with them.</param>
    public sealed record Response(int Models, IReadOnlyList<Item> Items);

    public sealed record Item
    {
        public required string Provider { get; init; }

        public required string ProviderName { get; init; }

        public required Guid KeyId { get; init; }

        public required string KeyName { get; init; }

        public required KeyState State { get; init; }

        /// <summary>Null until the list of models was asked for within ten minutes.</summary>
        public int? Models { get; init; }
    }

    public enum KeyState
    {
        Ready,

        /// <summary>Its provider failed several times in a row and is left alone for a while.</summary>
        Paused,

        Off,

        /// <summary>It must be entered again.</summary>
        NeedsSecret,
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/providers/status", Handle).WithName("ShowProviderStatus").WithSummary("How your keys are doing").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(
        Caller caller, KeyRing keys, ModelSources sources, ModelLists lists, CallGuards guards, ProviderCatalogue catalogue, CancellationToken cancellation)
    {
        var items = new List<Item>();
        foreach (var key in await keys.ListAsync(caller.PersonId, cancellation))
        {
            if (catalogue.Find(key.Provider) is { } provider)
                items.Add(ItemOf(key, provider, sources.Of(key, provider).Identity, lists, guards));
        }
        return TypedResults.Ok(new Response(1 + items.Where(item => item.State == KeyState.Ready).Sum(item => item.Models ?? 0), items));
    }

    private static Item ItemOf(ProviderKey key, Provider provider, string identity, ModelLists lists, CallGuards guards) => new()
    {
        Provider = provider.Id,
        ProviderName = provider.Name,
        KeyId = key.Id,
        KeyName = key.Name,
        State = !key.Enabled ? KeyState.Off : !key.HasSecrets ? KeyState.NeedsSecret : guards.IsPaused(identity) ? KeyState.Paused : KeyState.Ready,
        Models = lists.CountKnown(identity),
    };
}
