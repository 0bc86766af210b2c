using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Atrium.Contracts.Accounts;
using Atrium.Gateway.Ledger;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Costs;

/// <summary>What each person used in a month, by model: for those who bill it.</summary>
internal static class ExportStatement
{
    private static readonly string[] Columns =
        ["person", "person_id", "provider", "model", "requests", "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "images", "dollars", "unpriced_requests"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs/admin/statement", Handle).WithName("ExportStatement").WithSummary("What each person used in a month, by model, as a table").WithTags("gateway")
            .Produces<string>(StatusCodes.Status200OK, Csv.Type)
            .RequireAuthorization(Policies.Admin).WithLimit(LimitClass.Search).ReadingLedger();

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> Handle(
        HttpContext context, CostReader costs, IPeople people, TimeProvider clock, [Required, StringLength(7)] string month, CancellationToken cancellation)
    {
        if (!DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) || first.Year < 2000 || CostRange.StartOf(first) > clock.GetUtcNow())
            return Problems.Invalid("month", "This is a month such as 2026-11, not one to come.");
        var rows = await costs.ReadStatementAsync(CostRange.StartOf(first), CostRange.StartOf(first.AddMonths(1)), cancellation);
        var names = await people.FindNamesAsync([.. rows.Select(row => row.PersonId).Distinct()], cancellation);
        var text = Csv.AppendLine(new StringBuilder(), Columns);
        foreach (var row in rows.OrderBy(row => names.GetValueOrDefault(row.PersonId), StringComparer.OrdinalIgnoreCase).ThenBy(row => row.PersonId).ThenBy(row => row.Provider, StringComparer.Ordinal).ThenBy(row => row.Model, StringComparer.Ordinal))
            Csv.AppendLine(text, [names.GetValueOrDefault(row.PersonId), row.PersonId.ToString(), row.Provider, row.Model, .. Counts(row), row.Cost.ToString(), Text(row.Unpriced)]);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"statement-{month}.csv\"";
        return TypedResults.Text(text.ToString(), Csv.Type, Encoding.UTF8);
    }

    private static IEnumerable<string> Counts(CostRow row) =>
        new[] { row.Requests, row.Input, row.Cached, row.Output, row.Reasoning, row.Images }.Select(Text);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
