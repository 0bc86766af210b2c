using Atrium.Gateway.SharedRows;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Budgets;

/// <summary>All budgets, in memory: which of them count a call is asked before each one.</summary>
internal sealed class BudgetList(Database database) : ISharedRows, IDisposable
{
    public const string RowsName = "budgets";

    private readonly SemaphoreSlim gate = new(1);
    private volatile ILookup<string, Budget> byOwner = Array.Empty<Budget>().ToLookup(budget => budget.Owner);

    public string Name => RowsName;

    public async Task LoadAsync(CancellationToken cancellation)
    {
        // In turns, so that rows read earlier never take the place of newer ones.
        await gate.WaitAsync(cancellation);
        try
        {
            byOwner = (await database.QueryAsync<Budget>($"SELECT {Budget.Columns} FROM gateway_budgets ORDER BY created_at, id", null, cancellation)).ToLookup(budget => budget.Owner, StringComparer.Ordinal);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The budgets that count a call.</summary>
    public IReadOnlyList<Budget> Of(BudgetedCall call)
    {
        var budgets = byOwner;
        return [.. budgets[Budget.Everyone].Concat(budgets[Budget.Each]).Concat(budgets[call.PersonId.ToString()]).Where(call.CountsFor)];
    }

    /// <summary>Changes budgets, here at once and on other servers soon.</summary>
    public async Task<T> ChangeAsync<T>(Func<WriteUnit, T> change, CancellationToken cancellation)
    {
        var result = await database.WriteAsync(
            unit =>
            {
                SharedRowsVersion.Raise(unit, RowsName);
                return change(unit);
            },
            cancellation);
        await LoadAsync(cancellation);
        return result;
    }

    public void Dispose() => gate.Dispose();
}
