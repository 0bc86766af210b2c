using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Atrium.Ai;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Prices;

/// <summary>Sets what a model costs from a day on, which may lie ahead. What was charged before stays as it was.</summary>
internal static class SetPrice
{
    private const decimal Most = 1_000_000m;

    public sealed record Request : PriceView.Rates
    {
        [StringLength(64, MinimumLength = 1)]
        public required string Provider { get; init; }

        [StringLength(200, MinimumLength = 1), Printable]
        public required string Model { get; init; }

        /// <summary>The first UTC day it counts; nothing: since ever.</summary>
        public DateOnly? From { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut(PriceView.AdminRoute, Handle).WithName("SetPrice").WithSummary("Set what a model costs from a day on").WithTags("gateway")
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<PriceView.Item>, ProblemHttpResult>> Handle(
        Request request, HttpContext context, ProviderCatalogue catalogue, StoredPrices prices, PriceTable table, TimeProvider clock, CancellationToken cancellation)
    {
        if (catalogue.Find(request.Provider) is null)
            return Problems.Invalid("provider", "There is no such provider.");
        if (request.Model.Trim() is not { Length: > 0 } model)
            return Problems.Invalid("model", "Say which.");
        if (WrongField(request) is { } field)
            return Problems.Invalid(field, "This is an amount of dollars from 0 to 1000000; a model has at least one, and input and output go together.");
        if (request.From is { Year: < 2000 or > 2100 })
            return Problems.Invalid("from", "This is a day from 2000 to 2100.");
        var details = new Dictionary<string, string> { ["model"] = $"{request.Provider}/{model}" };
        if (request.From is { } day)
            details["from"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var audit = AuditEntry.Of(context, AuditActions.PriceSet) with { Details = details };
        return await prices.SetAsync(PriceOf(request, model), audit, clock.GetUtcNow(), cancellation) is { } id && table.All.FirstOrDefault(price => price.Id == id) is { } stored
            ? TypedResults.Ok(PriceView.Of(stored))
            : Problems.Conflict("too-many-prices", $"There are {StoredPrices.Most} prices. Delete one you do not need.");
    }

    private static string? WrongField(Request request)
    {
        (string Field, Money? Rate)[] rates =
        [
            ("input", request.Input), ("output", request.Output), ("cached", request.Cached), ("cacheWrite", request.CacheWrite), ("reasoning", request.Reasoning),
            ("image", request.Image), ("request", request.Request),
            ("longContext.input", request.LongContext?.Input), ("longContext.output", request.LongContext?.Output), ("longContext.cached", request.LongContext?.Cached),
        ];
        return rates.FirstOrDefault(rate => rate.Rate is { Dollars: < 0 or > Most }).Field
            ?? (request.Input is null && request.Image is null && request.Request is null ? "input" : null)
            ?? (request.Input is null != request.Output is null ? "output" : null)
            ?? (request.LongContext is not null && request.Input is null ? "input" : null);
    }

    private static Price PriceOf(Request request, string model) => new()
    {
        Provider = request.Provider,
        Model = model,
        From = request.From,
        Input = request.Input?.Dollars,
        Output = request.Output?.Dollars,
        Cached = request.Cached?.Dollars,
        CacheWrite = request.CacheWrite?.Dollars,
        Reasoning = request.Reasoning?.Dollars,
        Image = request.Image?.Dollars,
        Request = request.Request?.Dollars,
        LongContext = request.LongContext is { } longer
            ? new LongContextPrice { Above = longer.Above, Input = longer.Input.Dollars, Output = longer.Output.Dollars, Cached = longer.Cached?.Dollars }
            : null,
    };
}
