using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Prices;

/// <summary>Lists what models cost, by provider, model and day.</summary>
internal static class ListPrices
{
    private const int PageLength = 100;

    public sealed record Response(IReadOnlyList<PriceView.Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(PriceView.Route, Handle).WithName("ListPrices").WithSummary("What models cost").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default);

    private static Results<Ok<Response>, ProblemHttpResult> Handle(PriceTable table, [StringLength(200)] string? search = null, [StringLength(1_000)] string? cursor = null)
    {
        var prices = table.All.Where(price => string.IsNullOrWhiteSpace(search) || $"{price.Provider}/{price.Model}".Contains(search.Trim(), StringComparison.OrdinalIgnoreCase));
        if (!string.IsNullOrEmpty(cursor))
        {
            if (Read(cursor) is not { } last)
                return Problems.Invalid("cursor", "This is not a cursor.");
            prices = prices.Where(price => Compare(KeyOf(price), last) > 0);
        }
        var page = prices.Take(PageLength + 1).ToList();
        return TypedResults.Ok(new Response([.. page.Take(PageLength).Select(PriceView.Of)], page.Count > PageLength ? Write(KeyOf(page[PageLength - 1])) : null));
    }

    // In the order of the table: days and sources run backwards.
    private static string[] KeyOf(Price price) =>
        [price.Provider, price.Model, (DateOnly.MaxValue.DayNumber - (price.From?.DayNumber ?? 0)).ToString("D8", CultureInfo.InvariantCulture), (9 - (int)price.Source).ToString(CultureInfo.InvariantCulture)];

    private static int Compare(string[] one, string[] other) =>
        one.Zip(other, string.CompareOrdinal).FirstOrDefault(order => order != 0);

    private static string Write(string[] key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\n', key)));

    private static string[]? Read(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split('\n') is { Length: 4 } key ? key : null;
    }
}
