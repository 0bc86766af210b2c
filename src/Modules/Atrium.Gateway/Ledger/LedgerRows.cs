using Atrium.Gateway.Budgets;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Ledger;

/// <summary>Stores new rows together: what they change in common is changed once.</summary>
internal sealed class LedgerRows
{
    /// <summary>How exact "last used" of a provider key is; finer would be a write per call.</summary>
    private static readonly TimeSpan UsedStep = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, DateTimeOffset> notedUses = [];

    /// <param name="rows">Rows that were never stored before.</param>
    public void Store(WriteUnit unit, IReadOnlyList<LedgerRow> rows)
    {
        unit.Execute(LedgerRow.Insert, rows);
        // In an order that is the same on every server, so that two of them never wait for each other's rows.
        foreach (var settlement in BudgetSettlement.Sum(rows.SelectMany(row => row.Settlements)))
            settlement.Store(unit);
        foreach (var row in rows.Where(row => row.ClearsFailure))
            row.ClearFailure(unit);
        foreach (var uses in rows.Where(row => row.KeyId is not null).GroupBy(row => row.KeyId!.Value).OrderBy(uses => uses.Key))
            NoteUse(unit, uses.MaxBy(row => row.At)!);
    }

    private void NoteUse(WriteUnit unit, LedgerRow row)
    {
        if (row.At - notedUses.GetValueOrDefault(row.KeyId!.Value) < UsedStep)
            return;
        row.NoteUse(unit);
        notedUses[row.KeyId.Value] = row.At;
    }
}
