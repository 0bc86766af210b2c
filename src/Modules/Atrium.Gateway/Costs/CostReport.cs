using System.Text.Json.Serialization;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Costs;

/// <summary>Sums of the ledger in the shape that older clients read: snake_case, dollars rounded to cents, UTC days.</summary>
internal static class CostReport
{
    public const int LongestDays = 365;
    private const long MicrosecondsPerDay = 86_400_000_000;

    public sealed record Response
    {
        [JsonPropertyName("period_days")]
        public required int PeriodDays { get; init; }

        [JsonPropertyName("start_date")]
        public required DateOnly StartDate { get; init; }

        [JsonPropertyName("end_date")]
        public required DateOnly EndDate { get; init; }

        [JsonPropertyName("total_cost")]
        public required decimal TotalCost { get; init; }

        [JsonPropertyName("total_requests")]
        public required long TotalRequests { get; init; }

        [JsonPropertyName("total_images")]
        public required long TotalImages { get; init; }

        [JsonPropertyName("by_model")]
        public required IReadOnlyDictionary<string, ModelSum> ByModel { get; init; }

        [JsonPropertyName("daily")]
        public required IReadOnlyList<DaySum> Daily { get; init; }
    }

    public sealed record ModelSum
    {
        [JsonPropertyName("cost")]
        public required decimal Cost { get; init; }

        [JsonPropertyName("requests")]
        public required long Requests { get; init; }

        [JsonPropertyName("input_tokens")]
        public required long InputTokens { get; init; }

        [JsonPropertyName("output_tokens")]
        public required long OutputTokens { get; init; }

        [JsonPropertyName("images")]
        public required long Images { get; init; }
    }

    public sealed record DaySum
    {
        [JsonPropertyName("date")]
        public required DateOnly Date { get; init; }

        [JsonPropertyName("cost")]
        public required decimal Cost { get; init; }

        [JsonPropertyName("requests")]
        public required long Requests { get; init; }
    }

    /// <param name="personId">Null: everybody.</param>
    /// <param name="days">How far back the first day is; today counts too.</param>
    public static async Task<Response> ReadAsync(Database database, Guid? personId, int days, DateTimeOffset now, CancellationToken cancellation)
    {
        var end = DateOnly.FromDateTime(now.UtcDateTime);
        var start = end.AddDays(-days);
        var from = new DateTimeOffset(start.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var owner = personId is null ? "" : "AND person_id = @personId";
        var rows = await database.QueryAsync<SumRow>(
            $"""
            SELECT at / {MicrosecondsPerDay} AS day, model, COUNT(*) AS requests, CAST(COALESCE(SUM(cost), 0) AS BIGINT) AS cost,
                CAST(SUM(input_tokens) AS BIGINT) AS input, CAST(SUM(output_tokens) AS BIGINT) AS output, CAST(SUM(images) AS BIGINT) AS images
            FROM gateway_ledger
            WHERE at >= @from {owner}
            GROUP BY at / {MicrosecondsPerDay}, model
            """,
            new { from, personId },
            cancellation);
        return new Response
        {
            PeriodDays = days,
            StartDate = start,
            EndDate = end,
            TotalCost = Cents(rows),
            TotalRequests = rows.Sum(row => row.Requests),
            TotalImages = rows.Sum(row => row.Images),
            ByModel = rows.GroupBy(row => row.Model).OrderByDescending(model => model.Sum(row => row.Cost.Dollars)).ThenBy(model => model.Key, StringComparer.Ordinal).ToDictionary(model => model.Key, SumOf),
            Daily = [.. rows.GroupBy(row => row.Day).OrderBy(day => day.Key).Select(day => new DaySum { Date = DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day.Key)), Cost = Cents(day), Requests = day.Sum(row => row.Requests) })],
        };
    }

    private static ModelSum SumOf(IEnumerable<SumRow> rows) => new()
    {
        Cost = Cents(rows),
        Requests = rows.Sum(row => row.Requests),
        InputTokens = rows.Sum(row => row.Input),
        OutputTokens = rows.Sum(row => row.Output),
        Images = rows.Sum(row => row.Images),
    };

    // Summed exactly first, rounded once; always with two decimals.
    private static decimal Cents(IEnumerable<SumRow> rows) => 0.00m + decimal.Round(rows.Sum(row => row.Cost.Dollars), 2, MidpointRounding.AwayFromZero);

    internal sealed record SumRow
    {
        public required long Day { get; init; }

        public required string Model { get; init; }

        public required long Requests { get; init; }

        public required Money Cost { get; init; }

        public required long Input { get; init; }

        public required long Output { get; init; }

        public required long Images { get; init; }
    }
}
