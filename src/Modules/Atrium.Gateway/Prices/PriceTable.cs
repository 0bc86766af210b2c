using System.Text.Json;
using System.Text.RegularExpressions;

namespace Atrium.Gateway.Prices;

/// <summary>What models cost, by provider, model and day. Read once from the rows that come with the house.</summary>
internal sealed partial class PriceTable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly ILookup<(string Provider, string Model), Price> rows;

    public PriceTable(IEnumerable<Price> prices) =>
        rows = prices.OrderByDescending(price => price.From ?? DateOnly.MinValue).ToLookup(price => (price.Provider, price.Model));

    /// <returns>The row valid on the UTC day of <paramref name="at"/>; null when the model's price is unknown.</returns>
    public Price? Find(string provider, string model, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return Newest(provider, model, day) ?? Newest(provider, DatedId().Replace(model, ""), day);
    }

    public static PriceTable ReadEmbedded()
    {
        using var json = typeof(PriceTable).Assembly.GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("prices.json is not embedded.");
        return new PriceTable(JsonSerializer.Deserialize<List<Price>>(json, Json) ?? throw new JsonException("The price table is null."));
    }

    private Price? Newest(string provider, string model, DateOnly day) =>
        rows[(provider, model)].FirstOrDefault(price => price.From is null || price.From <= day);

    // Providers list dated ids beside the plain one, at the same price: gpt-5.4-2026-03-05, claude-haiku-4-5-20251001.
    [GeneratedRegex(@"-20\d\d-?\d\d-?\d\d$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DatedId();
}
