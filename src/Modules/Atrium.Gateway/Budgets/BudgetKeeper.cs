using System.Collections.Concurrent;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Chat;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Budgets;

/// <summary>
/// Holds money for each call before it is made, so that calls at the same time, here and on other servers, do not spend the same twice. At the
/// very end of a budget one call at a time may begin that could need more than is left.
/// </summary>
internal sealed partial class BudgetKeeper(Database database, BudgetList budgets, HouseSettings house, TimeProvider clock, ILogger<BudgetKeeper> logger)
{
    private const int Attempts = 8;

    /// <summary>Longer than the longest period, and calls that ran into the next one.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(62);

    /// <summary>A server takes at most this part of a budget ahead of its calls.</summary>
    private const int SliceDivisor = 20;

    // Fixed, so that all servers count the same.
    private static readonly Guid MessagesPerDayId = new("7a1c5a3e-0000-7000-8000-6d6573736167");

    private readonly Guid serverId = Guid.CreateVersion7(clock.GetUtcNow());
    private readonly ConcurrentDictionary<BudgetAccountKey, BudgetAccount> accounts = new();

    /// <returns>The hold, or why the call must not be made.</returns>
    public async Task<(BudgetHold Hold, ChatFailure? Refusal)> HoldAsync(BudgetedCall call, CallEstimate estimate, CancellationToken cancellation)
    {
        var hold = new BudgetHold(serverId);
        try
        {
            foreach (var budget in await FindAsync(call, cancellation))
            {
                if (estimate.In(budget.Unit) is not { } amount)
                    return Refuse(hold, Failures.PriceUnknown(call.ProviderName));
                var account = AccountOf(budget, call.PersonId);
                if ((amount == 0 ? 0 : await HoldAsync(budget, account, amount, cancellation)) is not { } held)
                    return Refuse(hold, Failures.BudgetReached(budget));
                hold.Add(account, budget.Unit, held);
            }
            return (hold, null);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Gives back what no call holds: of quiet accounts, or of all when the server stops.</summary>
    public async Task ReturnAsync(TimeSpan quiet, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, account) in accounts)
        {
            var free = account.TakeFree(now - quiet);
            if (free > 0)
                await database.WriteAsync(unit => BudgetLease.GiveBack(unit, key, serverId, free), cancellation);
            if (account.End + quiet < now && account.Look() is { Free: 0, IsIdle: true })
                accounts.TryRemove(key, out _);
        }
    }

    /// <summary>Forgets what was spent of periods that nobody asks for any more; the ledger keeps it.</summary>
    public Task ForgetAsync(CancellationToken cancellation) =>
        database.WriteAsync(
            unit =>
            {
                var before = clock.GetUtcNow() - Kept;
                unit.Execute("DELETE FROM gateway_budget_leases WHERE period_start < @before", new { before });
                unit.Execute("DELETE FROM gateway_budget_accounts WHERE period_start < @before", new { before });
            },
            cancellation);

    private async ValueTask<IReadOnlyList<Budget>> FindAsync(BudgetedCall call, CancellationToken cancellation)
    {
        var stored = await budgets.FindAsync(call, cancellation);
        return house.MessagesPerDay == 0 ? stored : [.. stored, MessagesPerDay(house.MessagesPerDay)];
    }

    private static Budget MessagesPerDay(int most) => new()
    {
        Id = MessagesPerDayId,
        Owner = Budget.Each,
        SetBy = Budget.ByAdmin,
        Kind = "all",
        Subject = "",
        Period = "day",
        Unit = "messages",
        Amount = most,
        AlertPercent = 100,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private BudgetAccount AccountOf(Budget budget, Guid personId)
    {
        var start = budget.StartOf(clock.GetUtcNow());
        return accounts.GetOrAdd(new BudgetAccountKey(budget.Id, budget.AccountOf(personId), start), static (key, budget) => new BudgetAccount(key, budget.EndOf(key.Start), budget.Amount), budget);
    }

    /// <returns>What is held; null when the budget does not allow the call.</returns>
    private async Task<long?> HoldAsync(Budget budget, BudgetAccount account, long amount, CancellationToken cancellation)
    {
        if (account.Amount == budget.Amount && account.TryHold(amount, clock.GetUtcNow()))
            return amount;
        await account.Asking.WaitAsync(cancellation);
        try
        {
            if (account.Amount != budget.Amount)
                await AdjustAsync(budget, account, cancellation);
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (account.TryHold(amount, clock.GetUtcNow()))
                    return amount;
                var (free, isIdle) = account.Look();
                var now = clock.GetUtcNow();
                var ahead = account.Ahead(amount, budget.Amount / SliceDivisor, now);
                var question = new LeaseQuestion(serverId, amount - free, amount - free + ahead, isIdle);
                var grant = await database.WriteAsync(unit => BudgetLease.Take(unit, budget, account.Key, question, now), cancellation);
                if (grant.IsAlert)
                    LogNearlyUsed(budget.Id, budget.Kind, budget.Period, budget.AlertPercent);
                account.Grow(grant.Amount);
                if (grant.IsLast && account.HoldLast() is { } last)
                    return last;
                if (!grant.IsRefused && !grant.IsLast)
                    continue;
                // What an ended call held and did not use comes back when its row is written.
                if (account.Settling.IsCompleted && account.Look() is var (left, isQuiet) && left == free && isQuiet == isIdle)
                    return null;
                await account.Settling;
            }
            return null;
        }
        finally
        {
            account.Asking.Release();
        }
    }

    /// <summary>What was leased of a budget before its amount was changed may be more than is left of it now.</summary>
    private async Task AdjustAsync(Budget budget, BudgetAccount account, CancellationToken cancellation)
    {
        var free = account.TakeFree(DateTimeOffset.MaxValue);
        if (free > 0)
            await database.WriteAsync(unit => BudgetLease.GiveBack(unit, account.Key, serverId, free), cancellation);
        account.Amount = budget.Amount;
    }

    private static (BudgetHold, ChatFailure?) Refuse(BudgetHold hold, ChatFailure failure)
    {
        hold.Dispose();
        return (hold, failure);
    }

    [LoggerMessage(LogLevel.Warning, "Budget {Id} ({Kind}, {Period}) is used to more than {Percent} %")]
    private partial void LogNearlyUsed(Guid id, string kind, string period, long percent);
}
