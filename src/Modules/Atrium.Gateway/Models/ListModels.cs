using System.Globalization;
using Atrium.Ai;
using Atrium.Gateway.Prices;
using Atrium.Gateway.Providers;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Models;

/// <summary>Lists the chat models the caller can use now, as the providers themselves list them.</summary>
internal static class ListModels
{
    public sealed record Response(IReadOnlyList<Item> Items, IReadOnlyList<Unreachable> Unreachable);

    public sealed record Item
    {
        /// <summary><c>provider/model</c>.</summary>
        public required string Id { get; init; }

        public required string Provider { get; init; }

        public required string ProviderName { get; init; }

        public required string Model { get; init; }

        public int? ContextTokens { get; init; }

        /// <summary>Most tokens of one answer.</summary>
        public int? MaxOutputTokens { get; init; }

        /// <summary>US dollars per million tokens.</summary>
        public string? InputPrice { get; init; }

        public string? OutputPrice { get; init; }

        /// <summary>For input that the provider still has from a call before.</summary>
        public string? CachedInputPrice { get; init; }

        /// <summary>True when no page of the provider confirmed the prices.</summary>
        public required bool PriceUnverified { get; init; }

        /// <summary>The day the provider ends this model.</summary>
        public DateOnly? Retires { get; init; }

        public required bool Vision { get; init; }

        public required bool Tools { get; init; }

        public required bool Reasoning { get; init; }
    }

    public sealed record Unreachable(string Provider, string Code, string Title);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/models", Handle).WithName("ListModels").WithSummary("The chat models you can use now").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static async Task<Ok<Response>> Handle(Caller caller, AvailableModels models, PriceTable prices, TimeProvider clock, CancellationToken cancellation)
    {
        var answers = await models.AskAsync(caller.PersonId, cancellation);
        var now = clock.GetUtcNow();
        var items = answers
            .SelectMany(answer => answer.Models.Where(model => model.Kind == ProviderModelKind.Chat).Select(model => ItemOf(answer.Provider, model, prices.Find(answer.Provider.Id, model.Id, now))))
            .DistinctBy(item => item.Id, StringComparer.Ordinal)
            .Append(Offline);
        return TypedResults.Ok(new Response([.. items], [.. answers.Where(answer => answer.Failure is not null).Select(answer => new Unreachable(answer.Provider.Id, answer.Failure!.Code, answer.Failure.Title))]));
    }

    private static Item Offline { get; } = new()
    {
        Id = OfflineProvider.Id + "/" + OfflineProvider.Model,
        Provider = OfflineProvider.Id,
        ProviderName = OfflineProvider.Name,
        Model = OfflineProvider.Model,
        InputPrice = "0",
        OutputPrice = "0",
        PriceUnverified = false,
        Vision = false,
        Tools = false,
        Reasoning = false,
    };

    private static Item ItemOf(Provider provider, ProviderModel model, Price? price) => new()
    {
        Id = provider.Id + "/" + model.Id,
        Provider = provider.Id,
        ProviderName = provider.Name,
        Model = model.Id,
        ContextTokens = model.ContextTokens ?? price?.Context,
        MaxOutputTokens = model.MaxOutputTokens ?? price?.MaxOutput,
        InputPrice = Text(price?.Input),
        OutputPrice = Text(price?.Output),
        CachedInputPrice = Text(price?.Cached),
        PriceUnverified = price?.Unverified ?? false,
        Retires = price?.Retires,
        Vision = model.ImagesIn ?? price?.Can.Contains("vision") ?? false,
        Tools = model.Tools ?? price?.Can.Contains("tools") ?? provider.Capabilities.Tools,
        Reasoning = price?.Can.Contains("reasoning") ?? false,
    };

    private static string? Text(decimal? price) => price?.ToString("0.######", CultureInfo.InvariantCulture);
}
