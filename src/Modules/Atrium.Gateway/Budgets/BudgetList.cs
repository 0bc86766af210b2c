using Atrium.Contracts.Accounts;
using Atrium.Gateway.SharedRows;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Budgets;

/// <summary>All budgets, in memory: which of them count a call is asked before each one.</summary>
internal sealed class BudgetList(Database database, IPeople people) : ISharedRows, IDisposable
{
    public const string RowsName = "budgets";

    private readonly SemaphoreSlim gate = new(1);
    private volatile bool hasGroups;
    private volatile ILookup<string, Budget> byOwner = Array.Empty<Budget>().ToLookup(budget => budget.Owner);

    public string Name => RowsName;

    public async Task LoadAsync(CancellationToken cancellation)
    {
        // In turns, so that rows read earlier never take the place of newer ones.
        await gate.WaitAsync(cancellation);
        try
        {
            var budgets = (await database.QueryAsync<Budget>($"SELECT {Budget.Columns} FROM gateway_budgets ORDER BY created_at, id", null, cancellation)).ToLookup(budget => budget.Owner, StringComparer.Ordinal);
            hasGroups = budgets.Any(budget => budget.First().GroupId is not null);
            byOwner = budgets;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The budgets that count a call, those of groups with their members.</summary>
    public async ValueTask<IReadOnlyList<Budget>> FindAsync(BudgetedCall call, CancellationToken cancellation)
    {
        var budgets = byOwner;
        var found = budgets[Budget.Everyone].Concat(budgets[Budget.Each]).Concat(budgets[call.PersonId.ToString()]);
        if (hasGroups)
            found = found.Concat(OfGroups(budgets, await people.ListGroupsAsync(cancellation)).Where(budget => budget.Members.Contains(call.PersonId)));
        return [.. found.Where(call.CountsFor)];
    }

    /// <summary>The budgets of the groups a person belongs to.</summary>
    public async Task<IReadOnlyList<Budget>> FindOfGroupsAsync(Guid personId, CancellationToken cancellation) =>
        [.. OfGroups(byOwner, await people.ListGroupsAsync(cancellation)).Where(budget => budget.Members.Contains(personId))];

    public IEnumerable<Budget> OwnedBy(Guid personId) => byOwner[personId.ToString()];

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

    private static IEnumerable<Budget> OfGroups(ILookup<string, Budget> budgets, IReadOnlyList<PeopleGroup> groups) =>
        groups.SelectMany(group => budgets[Budget.OwnerOf(group)].Select(budget => budget with { Members = group.Members }));

    public void Dispose() => gate.Dispose();
}
