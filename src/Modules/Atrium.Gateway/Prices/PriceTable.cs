using System.Text.Json;
using System.Text.RegularExpressions;
using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Prices;

/// <summary>What models cost, by provider, model and day, in memory: the rows that came with the house, and over them the operator's and the admin's.</summary>
internal sealed partial class PriceTable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly IReadOnlyList<Price> ownRows;
    private volatile ILookup<(string Provider, string Model), Price> rows;

    public PriceTable(IEnumerable<Price> prices)
    {
        ownRows = [.. prices];
        rows = Order(ownRows);
    }

    /// <summary>By provider, model and day, the newest first, and those that count more before those they beat.</summary>
    public IEnumerable<Price> All => rows.OrderBy(model => model.Key.Provider, StringComparer.Ordinal).ThenBy(model => model.Key.Model, StringComparer.Ordinal).SelectMany(model => model);

    /// <returns>The row valid on the UTC day of <paramref name="at"/>; null when the model's price is unknown.</returns>
    public Price? Find(string provider, string model, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return Newest(provider, model, day) ?? Newest(provider, DatedId().Replace(model, ""), day);
    }

    /// <returns>Dollars to the pico-dollar, as the ledger keeps them: what the provider says it charged, else by the table; null when the price is unknown.</returns>
    public decimal? CostOf(string provider, string model, Usage usage, DateTimeOffset at) =>
        (usage.Charged ?? Find(provider, model, at)?.CostOf(usage)) is { } dollars ? Money.FromPicodollars(new Money(dollars).ToPicodollars()).Dollars : null;

    /// <returns>Where to go from a model that its provider has ended; null when it is not known to have ended, or nobody follows it.</returns>
    public string? SuccessorOf(string provider, string model, DateTimeOffset at) =>
        Find(provider, model, at) is { Retires: { } day, Successor: { } successor } && day <= DateOnly.FromDateTime(at.UtcDateTime) ? successor : null;

    /// <summary>Takes the admin's rows in place of those that were taken before. What they do not say of a model stays as it came with the house.</summary>
    public void Take(IEnumerable<Price> byAdmin)
    {
        var known = Order(ownRows);
        rows = Order(ownRows.Concat(byAdmin.Select(price => known[(price.Provider, price.Model)].FirstOrDefault() is { } own
            ? price with { Context = own.Context, MaxOutput = own.MaxOutput, Can = own.Can, Retires = own.Retires, Successor = own.Successor }
            : price)));
    }

    public static PriceTable ReadEmbedded() => new(ReadEmbeddedRows());

    public static IReadOnlyList<Price> ReadEmbeddedRows()
    {
        using var json = typeof(PriceTable).Assembly.GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("prices.json is not embedded.");
        return JsonSerializer.Deserialize<List<Price>>(json, Json) ?? throw new JsonException("The price table is null.");
    }

    private static ILookup<(string Provider, string Model), Price> Order(IEnumerable<Price> prices) =>
        prices.OrderByDescending(price => price.From ?? DateOnly.MinValue).ThenByDescending(price => price.Source).ToLookup(price => (price.Provider, price.Model));

    private Price? Newest(string provider, string model, DateOnly day) =>
        rows[(provider, model)].FirstOrDefault(price => price.From is null || price.From <= day);

    // Providers list dated ids beside the plain one, at the same price: gpt-5.4-2026-03-05, claude-haiku-4-5-20251001.
    [GeneratedRegex(@"-20\d\d-?\d\d-?\d\d$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DatedId();
}
