using System.Text;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Prices;
using Atrium.Gateway.Providers;
using Atrium.Platform.Data;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Chat;

/// <summary>Counts one call from its updates and puts it into the ledger, once.</summary>
internal sealed class Meter(ChatCall call, ChatRoute route, PriceTable prices, LedgerBook ledger, TimeProvider clock)
{
    private readonly StringBuilder answer = new();
    private Usage? counted;
    private ChatFinishReason? reason;
    private bool isBilled;

    /// <summary>True after the first word, thought or tool call.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>True when something was used for certain.</summary>
    public bool HasUsed => HasSpoken || counted is { Input: > 0 } or { Output: > 0 };

    /// <summary>Takes the counts out of an update.</summary>
    /// <returns>True when something is left to show.</returns>
    public bool Take(ChatResponseUpdate update)
    {
        reason = update.FinishReason ?? reason;
        for (var index = update.Contents.Count - 1; index >= 0; index--)
        {
            if (update.Contents[index] is not UsageContent usage)
                continue;
            counted = Usage.From(usage.Details);
            update.Contents.RemoveAt(index);
        }
        foreach (var content in update.Contents)
            answer.Append(TextOf(content));
        HasSpoken |= update.Contents.Count > 0;
        return update.Contents.Count > 0;
    }

    /// <summary>Takes over what a failing provider had counted.</summary>
    public void Take(UsageDetails? details) => counted = details is null ? counted : Usage.From(details);

    /// <summary>Returns when the row is in the ledger. Without counts of the provider it is an estimate.</summary>
    public async Task<ChatBilled> BillAsync(CallStatus status)
    {
        if (isBilled)
            throw new InvalidOperationException("A call is billed once.");
        isBilled = true;
        var usage = counted ?? Usage.From(TokenEstimate.Usage(call.Messages, answer.ToString()));
        var cost = CostOf(usage);
        await ledger.AddAsync(new LedgerEntry(
            call.PersonId, route.Key?.Id, call.Module, call.Feature, route.Provider?.Id ?? OfflineProvider.Id, ModelName, usage, cost, status));
        return new ChatBilled(new TokenUsage(usage.Input, usage.Cached, usage.Output, usage.Reasoning, usage.IsEstimated), cost, reason?.Value);
    }

    /// <summary>Bills a call that its asker stopped, or let go.</summary>
    public async Task BillAbandonedAsync()
    {
        if (!isBilled)
            await BillAsync(CallStatus.Cancelled);
    }

    private string ModelName => route.Provider is null ? OfflineProvider.Model : route.Model;

    private decimal? CostOf(Usage usage)
    {
        if (route.Provider is not { } provider || provider.Categories is ["local"] && !provider.NeedsKey)
            return 0;
        var cost = usage.Charged ?? prices.Find(provider.Id, route.Model, clock.GetUtcNow())?.CostOf(usage);
        // The ledger's precision, so that what is shown and what is stored are the same number.
        return cost is { } dollars ? Money.FromPicodollars(new Money(dollars).ToPicodollars()).Dollars : null;
    }

    private static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent tool => tool.Name + string.Join(' ', tool.Arguments?.Select(argument => $"{argument.Key} {argument.Value}") ?? []),
        _ => null,
    };
}
