using Atrium.Platform.Data;

namespace Atrium.Gateway.Costs;

/// <summary>Costs as people see them. Every list has the dearest first.</summary>
internal static class CostView
{
    public sealed record Report
    {
        public required DateOnly From { get; init; }

        public required DateOnly To { get; init; }

        public required Sum Total { get; init; }

        /// <summary>Of as many days before.</summary>
        public required Sum Previous { get; init; }

        /// <summary>Every day of the range.</summary>
        public required IReadOnlyList<DaySum> Days { get; init; }

        public required IReadOnlyList<ModelSum> Models { get; init; }

        public required IReadOnlyList<ModuleSum> Modules { get; init; }

        public required IReadOnlyList<KeySum> Keys { get; init; }

        public required IReadOnlyList<ApiKeySum> ApiKeys { get; init; }

        /// <summary>The twenty dearest.</summary>
        public required IReadOnlyList<ThingSum> Things { get; init; }

        /// <summary>Only for admins.</summary>
        public IReadOnlyList<PersonSum>? People { get; init; }

        /// <summary>Only for admins. A person of two groups counts in both.</summary>
        public IReadOnlyList<GroupSum>? Groups { get; init; }

        public required MonthSum Month { get; init; }
    }

    public sealed record Sum
    {
        public required Money Cost { get; init; }

        public required long Requests { get; init; }

        public required long InputTokens { get; init; }

        public required long CachedTokens { get; init; }

        public required long OutputTokens { get; init; }

        public required long ReasoningTokens { get; init; }

        public required long Images { get; init; }

        /// <summary>Calls whose counts the house had to estimate.</summary>
        public required long Estimated { get; init; }

        public required long Failed { get; init; }

        public required long Cancelled { get; init; }

        /// <summary>Calls that were answered from the cache.</summary>
        public required long FromCache { get; init; }

        /// <summary>What those would have cost.</summary>
        public required Money Saved { get; init; }

        /// <summary>Calls of models whose price is unknown: they are not in the cost.</summary>
        public required long Unpriced { get; init; }
    }

    /// <param name="Modules">What each module cost that day.</param>
    public sealed record DaySum(DateOnly Date, Money Cost, long Requests, long Images, IReadOnlyDictionary<string, Money> Modules);

    public sealed record ModelSum(string Provider, string ProviderName, string Model, Sum Sum);

    public sealed record ModuleSum(string Module, Sum Sum, IReadOnlyList<FeatureSum> Features);

    public sealed record FeatureSum(string Feature, Sum Sum);

    /// <param name="KeyId">Null: calls that need no key.</param>
    /// <param name="Name">Null: it was deleted, or is another person's.</param>
    public sealed record KeySum(Guid? KeyId, string? Name, string Provider, Sum Sum);

    /// <param name="Name">Null: it is not there any more, or is another person's.</param>
    public sealed record ApiKeySum(Guid ApiKeyId, string? Name, string? Prefix, Sum Sum);

    /// <param name="Title">Null: it is gone, or not the caller's.</param>
    public sealed record ThingSum(string Module, Guid ThingId, string? Title, Sum Sum);

    /// <param name="Username">Null: the person is not there any more.</param>
    public sealed record PersonSum(Guid PersonId, string? Username, Sum Sum);

    public sealed record GroupSum(Guid GroupId, string Name, Sum Sum);

    /// <param name="Start">Its first day.</param>
    /// <param name="Spent">Until now.</param>
    /// <param name="Expected">At its end, at the pace of the last seven days, or its own where that is faster.</param>
    /// <param name="Days">It has.</param>
    /// <param name="Day">Today.</param>
    public sealed record MonthSum(DateOnly Start, Money Spent, Money Expected, int Days, int Day);

    public static Sum Add(IEnumerable<CostRow> rows)
    {
        var all = rows as IReadOnlyCollection<CostRow> ?? [.. rows];
        return new Sum
        {
            Cost = new Money(all.Sum(row => row.Cost.Dollars)),
            Requests = all.Sum(row => row.Requests),
            InputTokens = all.Sum(row => row.Input),
            CachedTokens = all.Sum(row => row.Cached),
            OutputTokens = all.Sum(row => row.Output),
            ReasoningTokens = all.Sum(row => row.Reasoning),
            Images = all.Sum(row => row.Images),
            Estimated = all.Sum(row => row.Estimated),
            Failed = all.Sum(row => row.Failed),
            Cancelled = all.Sum(row => row.Cancelled),
            FromCache = all.Sum(row => row.FromCache),
            Saved = new Money(all.Sum(row => row.Saved.Dollars)),
            Unpriced = all.Sum(row => row.Unpriced),
        };
    }

    /// <summary>Groups rows, the dearest group first.</summary>
    public static IReadOnlyList<T> By<TKey, T>(IEnumerable<CostRow> rows, Func<CostRow, TKey> key, Func<TKey, Sum, IReadOnlyList<CostRow>, T> make) =>
        [.. rows.GroupBy(key)
            .Select(group => (group.Key, Sum: Add([.. group]), Rows: (IReadOnlyList<CostRow>)[.. group]))
            .OrderByDescending(group => group.Sum.Cost).ThenByDescending(group => group.Sum.Requests).ThenBy(group => group.Key?.ToString(), StringComparer.Ordinal)
            .Select(group => make(group.Key, group.Sum, group.Rows))];
}
