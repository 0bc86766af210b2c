using Atrium.Ai;
using Atrium.Gateway.Keys;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Providers;

/// <summary>Lists every provider of the catalogue by category, and Offline Lite.</summary>
internal static class ListProviders
{
    public sealed record Response(IReadOnlyList<Item> Items);

    public sealed record Item
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required IReadOnlyList<string> Categories { get; init; }

        /// <summary>active or closed.</summary>
        public required string Status { get; init; }

        /// <summary>The id to use instead of a closed one.</summary>
        public string? Replacement { get; init; }

        public string? Note { get; init; }

        /// <summary>False when the house does not speak its language, or the service is closed.</summary>
        public required bool Usable { get; init; }

        public required bool NeedsKey { get; init; }

        /// <summary>False when there is no single key: what proves the person is among the settings.</summary>
        public required bool TakesKey { get; init; }

        public string? KeyUrl { get; init; }

        public required IReadOnlyList<string> KeyPrefixes { get; init; }

        public string? KeyPattern { get; init; }

        public required IReadOnlyList<Setting> Settings { get; init; }

        public string? BaseUrl { get; init; }

        public required bool AllowsBaseUrl { get; init; }

        public string? DefaultModel { get; init; }

        public required Capabilities Capabilities { get; init; }

        /// <summary>Hosts a key is sent to when no address is changed; empty when they follow from settings.</summary>
        public required IReadOnlyList<string> KeyHosts { get; init; }

        /// <summary>True where the caller may use a key of the house; otherwise absent.</summary>
        public bool? SharedKey { get; init; }
    }

    public sealed record Setting(string Name, bool Required, bool Secret, string? Note);
    public sealed record Capabilities(bool Tools, bool Vision, bool JsonSchema, bool Embeddings, bool Images);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/providers", Handle).WithName("ListProviders").WithSummary("Every AI provider, by category").WithTags("gateway").RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Caller caller, ProviderCatalogue catalogue, KeyRing keys, CancellationToken cancellation)
    {
        var shared = (await keys.ListUsableAsync(caller.PersonId, cancellation)).Where(key => key.IsOfHouse).Select(key => key.Provider).ToHashSet(StringComparer.Ordinal);
        var items = catalogue.Providers.OrderBy(provider => ProviderCategories.RankOf(provider.Categories)).Select(provider => ItemOf(provider) with { SharedKey = shared.Contains(provider.Id) ? true : null });
        return TypedResults.Ok(new Response([.. items, Offline]));
    }

    private static Item Offline { get; } = new()
    {
        Id = OfflineProvider.Id,
        Name = OfflineProvider.Name,
        Categories = [ProviderCategories.Local],
        Status = "active",
        Usable = true,
        NeedsKey = false,
        TakesKey = false,
        KeyPrefixes = [],
        Settings = [],
        AllowsBaseUrl = false,
        DefaultModel = OfflineProvider.Model,
        Capabilities = new Capabilities(false, false, false, false, false),
        KeyHosts = [],
    };

    private static Item ItemOf(Provider provider) => new()
    {
        Id = provider.Id,
        Name = provider.Name,
        Categories = ProviderCategories.TitlesOf(provider.Categories),
        Status = provider.Status == ProviderStatus.Discontinued ? "closed" : "active",
        Replacement = provider.UseInstead is [var first, ..] ? first : null,
        Note = provider.StatusNote,
        Usable = provider.IsUsable,
        NeedsKey = provider.Settings.Any(setting => setting is { Name: "apiKey", Required: true }),
        TakesKey = provider.Settings.Any(setting => setting.Name == "apiKey"),
        KeyUrl = provider.KeyPage,
        KeyPrefixes = provider.KeyPrefixes,
        KeyPattern = provider.KeyPattern,
        // The key and the address have fields of their own in every form.
        Settings = [.. provider.Settings.Where(setting => setting.Name is not ("apiKey" or "baseUrl")).Select(setting => new Setting(setting.Name, setting.Required, setting.Secret, setting.Example))],
        BaseUrl = provider.BaseUrl,
        AllowsBaseUrl = true,
        DefaultModel = provider.DefaultModel,
        Capabilities = new Capabilities(provider.Capabilities.Tools, provider.Capabilities.ImagesIn, provider.Capabilities.JsonSchema, provider.Capabilities.Embeddings, provider.Capabilities.ImagesOut),
        KeyHosts = KeyHosts.Of(provider),
    };
}
