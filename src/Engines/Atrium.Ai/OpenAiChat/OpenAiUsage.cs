using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Reads token counts.</summary>
internal static class OpenAiUsage
{
    private const decimal PicoDollars = 1_000_000_000_000m;
    private const decimal HighestPrice = 1_000_000m;

    /// <summary>Null when the object has no counts.</summary>
    public static UsageDetails? Read(JsonElement usage, Provider provider)
    {
        var input = Json.Count(usage, "prompt_tokens");
        var output = Json.Count(usage, "completion_tokens");
        if (input is null && output is null)
            return null;
        var reasoning = Detail(usage, "completion_tokens_details", "reasoning_tokens") ?? Json.Count(usage, "reasoning_tokens");
        if (provider.Deviations.OutputExcludesReasoning)
            output = (output ?? 0) + (reasoning ?? 0);
        var details = UsageCounts.Of(
            input,
            output,
            Detail(usage, "prompt_tokens_details", "cached_tokens") ?? Json.Count(usage, "prompt_cache_hit_tokens"),
            reasoning,
            Detail(usage, "prompt_tokens_details", "cache_write_tokens"));
        details.Add(UsageKeys.ChargedPicoDollars, Charged(usage));
        return details;
    }

    private static long? Detail(JsonElement usage, string details, string name) =>
        Json.Object(usage, details) is { } inner ? Json.Count(inner, name) : null;

    private static long? Charged(JsonElement usage)
    {
        var dollars = Json.Number(usage, "cost")
            ?? Json.Number(usage, "estimated_cost")
            ?? (Json.Object(usage, "cost") is { } cost ? Json.Number(cost, "total_cost") : null);
        return dollars is >= 0 and <= HighestPrice ? (long)(dollars.Value * PicoDollars) : null;
    }
}
