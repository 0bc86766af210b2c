using Atrium.Ai;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.HouseKeys;
using Atrium.Gateway.Providers;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Costs;

/// <summary>Reads what was spent, of one person or of all.</summary>
internal sealed class CostReader(Database database, ProviderCatalogue catalogue, IPeople people, IEnumerable<IThingTitles> titles, TimeProvider clock)
{
    private const string Dimensions = "module, feature, provider, model, key_id, api_key_id";
    private const int MostThings = 20;
    private const long MicrosecondsPerDay = 86_400_000_000;

    /// <param name="readerId">Who sees it: the titles of things are this person's alone.</param>
    /// <param name="personId">Whose calls; null for everybody's.</param>
    public async Task<CostView.Report> ReadAsync(Guid readerId, Guid? personId, CostRange range, CancellationToken cancellation)
    {
        var days = await QueryAsync($"at / {MicrosecondsPerDay} AS day, module", $"at / {MicrosecondsPerDay}, module", personId, range.Start, range.End, cancellation);
        var rows = await QueryAsync(Dimensions, Dimensions, personId, range.Start, range.End, cancellation);
        return new CostView.Report
        {
            From = range.From,
            To = range.To,
            Total = CostView.Add(days),
            Previous = CostView.Add(await QueryAsync("module", "module", personId, range.Previous.Start, range.Previous.End, cancellation)),
            Days = DaysOf(range, days),
            Models = CostView.By(rows, row => (row.Provider, row.Model), (key, sum, _) => new CostView.ModelSum(key.Provider, NameOf(key.Provider), key.Model, sum)),
            Modules = CostView.By(rows, row => row.Module, (module, sum, own) => new CostView.ModuleSum(module, sum, CostView.By(own, row => row.Feature, (feature, part, _) => new CostView.FeatureSum(feature, part)))),
            Keys = await KeysAsync(rows, personId, cancellation),
            ApiKeys = await ApiKeysAsync(rows, personId, cancellation),
            Things = await ThingsAsync(readerId, personId, range, cancellation),
            Month = await MonthAsync(personId, cancellation),
        };
    }

    /// <summary>Adds what only admins see.</summary>
    public async Task<CostView.Report> ReadAllAsync(Guid readerId, Guid? personId, CostRange range, CancellationToken cancellation)
    {
        var report = await ReadAsync(readerId, personId, range, cancellation);
        var rows = await QueryAsync("person_id", "person_id", personId, range.Start, range.End, cancellation);
        var names = await people.FindNamesAsync([.. rows.Select(row => row.PersonId)], cancellation);
        var groups = (await people.ListGroupsAsync(cancellation))
            .Select(group => new CostView.GroupSum(group.Id, group.Name, CostView.Add(rows.Where(row => group.Members.Contains(row.PersonId)))))
            .Where(group => group.Sum.Requests > 0);
        return report with
        {
            People = CostView.By(rows, row => row.PersonId, (id, sum, _) => new CostView.PersonSum(id, names.GetValueOrDefault(id), sum)),
            Groups = [.. groups.OrderByDescending(group => group.Sum.Cost).ThenBy(group => group.Name, StringComparer.Ordinal)],
        };
    }

    public Task<IReadOnlyList<CostRow>> ReadStatementAsync(DateTimeOffset start, DateTimeOffset end, CancellationToken cancellation) =>
        QueryAsync("person_id, provider, model", "person_id, provider, model", null, start, end, cancellation);

    private Task<IReadOnlyList<CostRow>> QueryAsync(string columns, string groups, Guid? personId, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellation, string more = "", string order = "") =>
        database.QueryAsync<CostRow>(
            $"SELECT {columns}, {CostRow.Sums} FROM gateway_ledger WHERE at >= @start AND at < @end {(personId is null ? "" : "AND person_id = @personId")} {more} GROUP BY {groups} {order}",
            new { start, end, personId },
            cancellation);

    private static IReadOnlyList<CostView.DaySum> DaysOf(CostRange range, IReadOnlyList<CostRow> rows)
    {
        var byDay = rows.ToLookup(row => row.Day);
        var first = range.From.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return [.. Enumerable.Range(0, range.Days).Select(offset => (Date: range.From.AddDays(offset), Rows: byDay[first + offset])).Select(day => new CostView.DaySum(
            day.Date,
            new Money(day.Rows.Sum(row => row.Cost.Dollars)),
            day.Rows.Sum(row => row.Requests),
            day.Rows.Sum(row => row.Images),
            day.Rows.OrderBy(row => row.Module, StringComparer.Ordinal).ToDictionary(row => row.Module, row => row.Cost)))];
    }

    private async Task<IReadOnlyList<CostView.KeySum>> KeysAsync(IReadOnlyList<CostRow> rows, Guid? personId, CancellationToken cancellation)
    {
        var names = (await database.QueryAsync<NameRow>(
            $"SELECT id, name, '' AS prefix FROM gateway_keys {(personId is null ? "" : "WHERE person_id IN (@personId, @OfHouse)")}", new { personId, OfHouse = HouseKey.OwnerId }, cancellation)).ToDictionary(row => row.Id);
        return CostView.By(rows, row => (row.KeyId, row.Provider), (key, sum, _) => new CostView.KeySum(key.KeyId, key.KeyId is { } id ? names.GetValueOrDefault(id)?.Name : null, key.Provider, sum));
    }

    private async Task<IReadOnlyList<CostView.ApiKeySum>> ApiKeysAsync(IReadOnlyList<CostRow> rows, Guid? personId, CancellationToken cancellation)
    {
        var used = rows.Where(row => row.ApiKeyId is not null).ToList();
        if (used.Count == 0)
            return [];
        var names = (await database.QueryAsync<NameRow>(
            $"SELECT id, name, prefix FROM gateway_api_keys {(personId is null ? "" : "WHERE person_id = @personId")}", new { personId }, cancellation)).ToDictionary(row => row.Id);
        return CostView.By(used, row => row.ApiKeyId!.Value, (id, sum, _) => new CostView.ApiKeySum(id, names.GetValueOrDefault(id)?.Name, names.GetValueOrDefault(id)?.Prefix, sum));
    }

    private async Task<IReadOnlyList<CostView.ThingSum>> ThingsAsync(Guid readerId, Guid? personId, CostRange range, CancellationToken cancellation)
    {
        var rows = await QueryAsync("module, thing_id", "module, thing_id", personId, range.Start, range.End, cancellation, "AND thing_id IS NOT NULL", $"ORDER BY COALESCE(SUM(cost), 0) DESC, thing_id LIMIT {MostThings}");
        var names = new Dictionary<Guid, string>();
        foreach (var source in titles)
        {
            var things = rows.Where(row => row.Module == source.Module).Select(row => row.ThingId!.Value).ToList();
            foreach (var (id, title) in things.Count == 0 ? new Dictionary<Guid, string>() : await source.FindAsync(readerId, things, cancellation))
                names[id] = title;
        }
        return CostView.By(rows, row => (row.Module, Id: row.ThingId!.Value), (key, sum, _) => new CostView.ThingSum(key.Module, key.Id, names.GetValueOrDefault(key.Id), sum));
    }

    private async Task<CostView.MonthSum> MonthAsync(Guid? personId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var start = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var end = start.AddMonths(1);
        var spent = CostView.Add(await QueryAsync("module", "module", personId, start, end, cancellation)).Cost;
        var lastWeek = CostView.Add(await QueryAsync("module", "module", personId, now.AddDays(-7), end, cancellation)).Cost;
        // The first hours of a month are too few to tell its pace.
        var own = spent.Dollars / Math.Max(1, (decimal)(now - start).TotalDays);
        var rest = (decimal)(end - now).TotalDays * Math.Max(lastWeek.Dollars / 7, own);
        return new CostView.MonthSum(DateOnly.FromDateTime(start.UtcDateTime), spent, new Money(spent.Dollars + decimal.Round(rest, 6)), (end - start).Days, now.Day);
    }

    private string NameOf(string provider) =>
        provider == OfflineProvider.Id ? OfflineProvider.Name : provider == BrowserProvider.Id ? BrowserProvider.Name : catalogue.Find(provider)?.Name ?? provider;

    internal sealed record NameRow
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }

        public required string Prefix { get; init; }
    }
}
