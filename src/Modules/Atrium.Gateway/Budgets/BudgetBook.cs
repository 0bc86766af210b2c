using Atrium.Contracts.Accounts;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Budgets;

/// <summary>Reads budgets with what is spent of them in their present period.</summary>
internal sealed class BudgetBook(Database database, IPeople people, TimeProvider clock)
{
    /// <param name="personId">Whose own account counts where each person has one; null for what is not a person's.</param>
    public async Task<IReadOnlyList<BudgetView.Item>> ReadAsync(IReadOnlyList<Budget> budgets, Guid? personId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var groups = (await people.ListGroupsAsync(cancellation)).ToDictionary(group => group.Id);
        var names = await people.FindNamesAsync([.. budgets.Select(budget => Guid.TryParse(budget.Owner, out var owner) ? owner : Guid.Empty).Where(id => id != Guid.Empty).Distinct()], cancellation);
        var items = new List<BudgetView.Item>();
        foreach (var stored in budgets)
        {
            var group = stored.GroupId is { } id ? groups.GetValueOrDefault(id) : null;
            var budget = group is null ? stored : stored with { Members = group.Members };
            var sums = AccountOf(budget, personId) is { } account ? await SumAsync(budget, new BudgetAccountKey(budget.Id, account, budget.StartOf(now)), cancellation) : new SumRow { Spent = 0, Held = 0 };
            items.Add(BudgetView.Of(budget, sums.Spent, sums.Held, now) with { OwnerName = group?.Name ?? (Guid.TryParse(budget.Owner, out var owner) ? names.GetValueOrDefault(owner) : null) });
        }
        return items;
    }

    private static string? AccountOf(Budget budget, Guid? personId) =>
        budget.Owner == Budget.Each ? personId?.ToString() : budget.Owner == Budget.Everyone || budget.GroupId is not null ? "" : budget.Owner;

    private async Task<SumRow> SumAsync(Budget budget, BudgetAccountKey key, CancellationToken cancellation) =>
        (await database.QuerySingleOrDefaultAsync<SumRow>(
            $"""
            SELECT CAST(COALESCE((SELECT spent FROM gateway_budget_accounts WHERE budget_id = @BudgetId AND person = @Person AND period_start = @Start),
                    (SELECT SUM({BudgetSum.Of(budget)}) FROM gateway_ledger WHERE {BudgetSum.Where(budget)}), 0) AS BIGINT) AS spent,
                CAST(COALESCE((SELECT SUM(amount) FROM gateway_budget_leases WHERE budget_id = @BudgetId AND person = @Person AND period_start = @Start), 0) AS BIGINT) AS held
            """,
            BudgetSum.Parameters(budget, key),
            cancellation))!;

    internal sealed record SumRow
    {
        public required long Spent { get; init; }

        public required long Held { get; init; }
    }
}
