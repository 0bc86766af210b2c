using Atrium.Contracts.Gateway;
using Atrium.Gateway.Budgets;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Limits;
using Atrium.Gateway.Prices;

namespace Atrium.Gateway.Ledger;

/// <summary>For whom and what a call was made.</summary>
/// <param name="ApiKeyId">The API key a program called with.</param>
/// <param name="ThingId">The conversation or document it was for.</param>
internal sealed record BilledCall(Guid PersonId, string Module, string Feature, Guid? ApiKeyId, Guid? ThingId);

/// <summary>The money side of one call: its cost, its row in the ledger, and what budgets get back.</summary>
internal sealed class CallBill(BilledCall call, ChatRoute route, BudgetHold? hold, CallTurn? turn, PriceTable prices, LedgerBook ledger, TimeProvider clock)
{
    /// <summary>Ends the call. What it held of budgets stays held until its row is durable.</summary>
    /// <returns>The cost in US dollars, null when the price is unknown, and a task that ends when the row is durable.</returns>
    public (decimal? Cost, Task Durable) Close(Usage usage, CallStatus status)
    {
        var now = clock.GetUtcNow();
        var cost = route.IsFree ? 0 : prices.CostOf(route.ProviderId, route.Model, usage, now);
        turn?.Tokens = usage.Input + usage.Output;
        var settlements = hold?.Settle(usage, cost) ?? [];
        var entry = new LedgerEntry(call.PersonId, route.Key?.Id, call.Module, call.Feature, route.ProviderId, route.Model, usage, cost, status)
        {
            ApiKeyId = call.ApiKeyId,
            ThingId = call.ThingId,
            At = now,
            MarksKey = route.Key?.IsOutdated(now) is true,
            Settlements = settlements,
        };
        var durable = StoreAsync(entry, settlements);
        hold?.SettleWith(durable);
        return (cost, durable);
    }

    public static TokenUsage Counts(Usage usage) => new(usage.Input, usage.Cached, usage.Output, usage.Reasoning, usage.IsEstimated) { CacheWritten = usage.CacheWritten };

    private async Task StoreAsync(LedgerEntry entry, IReadOnlyList<BudgetSettlement> settlements)
    {
        await ledger.AddAsync(entry);
        hold?.Close(settlements);
    }
}
