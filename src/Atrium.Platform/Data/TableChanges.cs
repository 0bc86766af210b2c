using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Atrium.Platform.Data;

/// <summary>
/// Counts for each table the units of this process that wrote to it. Whoever keeps rows in memory sees by the count whether they may have changed.
/// What other processes write is not counted.
/// </summary>
internal sealed partial class TableChanges
{
    /// <summary>Statements are few and fixed; those with a list of changing length in them must not fill the memory.</summary>
    private const int MostStatements = 5_000;

    private readonly ConcurrentDictionary<string, Counter> counters = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Counter[]> statements = new(StringComparer.Ordinal);

    public Counter CounterOf(string table) => counters.GetOrAdd(table, static _ => new Counter());

    /// <summary>The tables a statement writes to; none for one that only reads.</summary>
    public IReadOnlyList<Counter> WrittenBy(string sql)
    {
        if (statements.TryGetValue(sql, out var known))
            return known;
        Counter[] found = [.. Written().Matches(sql).Select(match => match.Groups["table"].Value).Distinct(StringComparer.OrdinalIgnoreCase).Select(CounterOf)];
        if (statements.Count < MostStatements)
            statements.TryAdd(sql, found);
        return found;
    }

    [GeneratedRegex(@"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?<table>\w+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Written();

    internal sealed class Counter
    {
        private long count;

        public long Count => Volatile.Read(ref count);

        public void Add() => Interlocked.Increment(ref count);
    }
}
