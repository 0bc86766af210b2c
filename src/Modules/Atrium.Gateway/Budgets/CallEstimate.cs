using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Prices;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Budgets;

/// <summary>The most a call is expected to use.</summary>
/// <param name="Picodollars">Null: the model's price is unknown.</param>
internal sealed record CallEstimate(long? Picodollars, long Tokens, long Messages)
{
    // Tokenizers differ: what is counted here may be off by a quarter, and writing to a provider's cache costs a quarter more.
    private const int Margin = 2;

    /// <param name="price">Null: unknown.</param>
    public static CallEstimate Of(ChatCall call, ChatRoute route, int mostOutput, Price? price) =>
        Of((long)TokenEstimate.Messages(call.Messages) * Margin, mostOutput, call.Feature, route.IsFree, price);

    /// <param name="input">The most tokens it may read.</param>
    /// <param name="mostOutput">The most tokens it may write.</param>
    /// <param name="price">Null: unknown.</param>
    public static CallEstimate Of(long input, long mostOutput, string feature, bool isFree, Price? price)
    {
        var messages = BudgetSum.Background.Contains(feature) ? 0 : 1;
        if (isFree)
            return new CallEstimate(0, input + mostOutput, messages);
        decimal?[] costs =
        [
            price?.CostOf(new Usage(input, 0, 0, mostOutput, 0, true)),
            price?.CostOf(new Usage(input, 0, 0, mostOutput, mostOutput, true)),
        ];
        return new CallEstimate(costs.Max() is { } dollars ? new Money(dollars).ToPicodollars() : null, input + mostOutput, messages);
    }

    /// <summary>A call whose use is known before it is made.</summary>
    /// <param name="price">Null: unknown.</param>
    public static CallEstimate Of(Usage usage, string feature, bool isFree, Price? price)
    {
        var dollars = isFree ? 0 : price?.CostOf(usage with { Input = usage.Input * Margin });
        return new CallEstimate(dollars is { } most ? new Money(most).ToPicodollars() : null, (usage.Input * Margin) + usage.Output, BudgetSum.Background.Contains(feature) ? 0 : 1);
    }

    public long? In(string unit) => unit switch
    {
        "dollars" => Picodollars,
        "tokens" => Tokens,
        _ => Messages,
    };
}
