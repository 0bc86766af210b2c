using Atrium.Contracts.Gateway;
using Atrium.Gateway.Budgets;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Prices;
using Atrium.Platform.Data;

namespace Atrium.Gateway.WholeCalls;

/// <summary>Puts one call into the ledger and settles what was held for it.</summary>
/// <param name="price">Null: unknown.</param>
internal sealed class WholeMeter(ChatCall call, ChatRoute route, Guid? apiKeyId, BudgetHold hold, Price? price, LedgerBook ledger)
{
    /// <summary>Returns when the row is in the ledger.</summary>
    public async Task<ChatBilled> BillAsync(Usage usage, CallStatus status)
    {
        var cost = CostOf(usage);
        var settlements = hold.Settle(usage, cost);
        await ledger.AddAsync(new LedgerEntry(call.PersonId, route.Key?.Id, call.Module, call.Feature, route.ProviderId, route.Model, usage, cost, status)
        {
            ApiKeyId = apiKeyId,
            ThingId = call.ThingId,
            Settlements = settlements,
        });
        hold.Close(settlements);
        return new ChatBilled(new TokenUsage(usage.Input, usage.Cached, usage.Output, usage.Reasoning, usage.IsEstimated), cost, null);
    }

    private decimal? CostOf(Usage usage)
    {
        if (route.IsFree)
            return 0;
        // The ledger's precision, so that what is shown and what is stored are the same number.
        return (usage.Charged ?? price?.CostOf(usage)) is { } dollars ? Money.FromPicodollars(new Money(dollars).ToPicodollars()).Dollars : null;
    }
}
