using System.Globalization;
using System.Text;
using Atrium.Contracts.Accounts;
using Atrium.Gateway.HouseKeys;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.Costs;

/// <summary>Calls as a table, newest first, sent piece by piece.</summary>
internal sealed class CallExport(Database database, IPeople people)
{
    private const int PieceLength = 500;

    private static readonly string[] Columns =
    [
        "at", "module", "feature", "provider", "model", "status", "input_tokens", "cached_tokens", "cache_written_tokens", "output_tokens", "reasoning_tokens", "images", "estimated",
        "cost", "saved", "key", "api_key", "thing_id", "id",
    ];

    /// <param name="personId">Null: everybody's.</param>
    /// <param name="withPeople">Names whose each call is.</param>
    public async Task WriteAsync(HttpContext context, Guid? personId, bool withPeople, CostRange range, CancellationToken cancellation)
    {
        var response = context.Response;
        response.ContentType = Csv.Type + "; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"calls-{range}.csv\"";
        var names = await NamesAsync(personId, cancellation);
        var usernames = new Dictionary<Guid, string>();
        await response.WriteAsync(Csv.AppendLine(new StringBuilder(), withPeople ? ["person", .. Columns] : Columns).ToString(), cancellation);
        CallCursor? before = null;
        for (var isLast = false; !isLast;)
        {
            var rows = await CallRow.ListAsync(database, personId, range, before, PieceLength, cancellation);
            isLast = rows.Count < PieceLength;
            before = rows.Count == 0 ? null : CallCursor.Of(rows[^1]);
            if (withPeople)
                await NameAsync(usernames, rows, cancellation);
            var text = new StringBuilder();
            foreach (var row in rows)
            {
                var cells = CellsOf(row, names);
                Csv.AppendLine(text, withPeople ? [usernames.GetValueOrDefault(row.PersonId) ?? row.PersonId.ToString(), .. cells] : cells);
            }
            await response.WriteAsync(text.ToString(), cancellation);
        }
    }

    private async Task NameAsync(Dictionary<Guid, string> usernames, IReadOnlyList<CallRow> rows, CancellationToken cancellation)
    {
        foreach (var (id, name) in await people.FindNamesAsync([.. rows.Select(row => row.PersonId).Distinct().Where(id => !usernames.ContainsKey(id))], cancellation))
            usernames[id] = name;
    }

    private static string?[] CellsOf(CallRow row, Dictionary<Guid, string> names) =>
    [
        row.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), row.Module, row.Feature, row.Provider, row.Model, row.Status,
        Text(row.InputTokens), Text(row.CachedTokens), Text(row.CacheWrittenTokens), Text(row.OutputTokens), Text(row.ReasoningTokens), Text(row.Images), row.Estimated ? "yes" : "no",
        row.Cost?.ToString(), row.Saved?.ToString(), NameOf(row.KeyId, names), NameOf(row.ApiKeyId, names), row.ThingId?.ToString(), row.Id.ToString(),
    ];

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string? NameOf(Guid? id, Dictionary<Guid, string> names) => id is { } key ? names.GetValueOrDefault(key) ?? key.ToString() : null;

    private async Task<Dictionary<Guid, string>> NamesAsync(Guid? personId, CancellationToken cancellation)
    {
        var mine = personId is null ? "" : "WHERE person_id IN (@personId, @OfHouse)";
        var rows = await database.QueryAsync<NameRow>($"SELECT id, name FROM gateway_keys {mine} UNION ALL SELECT id, name FROM gateway_api_keys {mine}", new { personId, OfHouse = HouseKey.OwnerId }, cancellation);
        return rows.ToDictionary(row => row.Id, row => row.Name);
    }

    internal sealed record NameRow
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }
    }
}
