using Atrium.Platform.Data;

namespace Atrium.Gateway.Budgets;

/// <summary>Reads budgets with what is spent of them in their present period.</summary>
internal sealed class BudgetBook(Database database, TimeProvider clock)
{
    /// <param name="personId">Whose own account counts where each person has one; null for what is not a person's.</param>
    public async Task<IReadOnlyList<BudgetView.Item>> ReadAsync(IReadOnlyList<Budget> budgets, Guid? personId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var items = new List<BudgetView.Item>();
        foreach (var budget in budgets)
        {
            var person = budget.Owner == Budget.Everyone ? "" : budget.Owner == Budget.Each ? personId?.ToString() : budget.Owner;
            var sums = person is null ? new SumRow { Spent = 0, Held = 0 } : await SumAsync(budget, new BudgetAccountKey(budget.Id, person, budget.StartOf(now)), cancellation);
            items.Add(BudgetView.Of(budget, sums.Spent, sums.Held, now));
        }
        return items;
    }

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
