using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>
/// Reads token counts. The result always counts the same way: input with its cached part, output with its reasoning part.
/// </summary>
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
        var details = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = (input ?? 0) + (output ?? 0),
            CachedInputTokenCount = Detail(usage, "prompt_tokens_details", "cached_tokens") ?? Json.Count(usage, "prompt_cache_hit_tokens"),
            ReasoningTokenCount = reasoning,
        };
        Add(details, UsageKeys.CacheWriteTokens, Detail(usage, "prompt_tokens_details", "cache_write_tokens"));
        Add(details, UsageKeys.ChargedPicoDollars, Charged(usage));
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

    private static void Add(UsageDetails details, string key, long? value)
    {
        if (value is { } count)
            (details.AdditionalCounts ??= [])[key] = count;
    }
}
