using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Budgets;

/// <summary>What a call will have to settle with one budget when its ledger row is written.</summary>
/// <param name="Used">What the call really used.</param>
/// <param name="Returned">The part of it that the server's lease had covered.</param>
internal sealed record BudgetSettlement(Guid BudgetId, string Person, DateTimeOffset Start, Guid ServerId, long Used, long Returned)
{
    /// <summary>One for each account and server, in an order that is the same everywhere.</summary>
    public static IEnumerable<BudgetSettlement> Sum(IEnumerable<BudgetSettlement> settlements) => settlements
        .GroupBy(settlement => settlement with { Used = 0, Returned = 0 })
        .Select(group => group.Key with { Used = group.Sum(settlement => settlement.Used), Returned = group.Sum(settlement => settlement.Returned) })
        .OrderBy(settlement => settlement.BudgetId).ThenBy(settlement => settlement.Person, StringComparer.Ordinal).ThenBy(settlement => settlement.Start);

    public void Store(WriteUnit unit)
    {
        unit.Execute("UPDATE gateway_budget_accounts SET spent = spent + @Used WHERE budget_id = @BudgetId AND person = @Person AND period_start = @Start", this);
        unit.Execute("UPDATE gateway_budget_leases SET amount = amount - @Returned WHERE budget_id = @BudgetId AND person = @Person AND period_start = @Start AND server_id = @ServerId", this);
    }
}

/// <summary>What a call under way holds of each budget that counts it. Let go of on every way out.</summary>
internal sealed class BudgetHold(Guid serverId) : IDisposable
{
    private readonly List<(BudgetAccount Account, string Unit, long Amount)> parts = [];
    private bool isClosed;

    public void Add(BudgetAccount account, string unit, long amount) => parts.Add((account, unit, amount));

    /// <summary>In an order that is the same for every call, so that two of them never wait for each other's rows.</summary>
    public IReadOnlyList<BudgetSettlement> Settle(Usage usage, decimal? cost)
    {
        var settlements = parts.Select(part =>
        {
            var used = UsedOf(part.Unit, part.Amount, usage, cost);
            var key = part.Account.Key;
            return new BudgetSettlement(key.BudgetId, key.Person, key.Start, serverId, used, Math.Min(used, part.Amount));
        });
        return [.. settlements.OrderBy(settlement => settlement.BudgetId).ThenBy(settlement => settlement.Person, StringComparer.Ordinal)];
    }

    /// <summary>The call has ended; until the task does, nobody must take what it holds for used up.</summary>
    public void SettleWith(Task settling)
    {
        foreach (var (account, _, _) in parts)
            account.Settling = settling;
    }

    /// <summary>After the ledger row is durable.</summary>
    public void Close(IReadOnlyList<BudgetSettlement> settlements)
    {
        if (isClosed)
            return;
        isClosed = true;
        foreach (var (account, _, amount) in parts)
            account.Release(amount, settlements.Single(settlement => settlement.BudgetId == account.Key.BudgetId).Returned);
    }

    /// <summary>A call that cost nothing leaves everything as it was.</summary>
    public void Dispose()
    {
        if (isClosed)
            return;
        isClosed = true;
        foreach (var (account, _, amount) in parts)
            account.Release(amount, 0);
    }

    private static long UsedOf(string unit, long held, Usage usage, decimal? cost) => unit switch
    {
        // Without a price nothing is known but what was held for it.
        "dollars" => cost is { } dollars ? new Money(dollars).ToPicodollars() : held,
        "tokens" => usage.Input + usage.Output,
        _ => held,
    };
}
