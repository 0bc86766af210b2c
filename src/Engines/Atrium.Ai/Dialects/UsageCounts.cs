using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Token counts in the one way they are counted here: input with its cached and written parts, output with its reasoning part.</summary>
internal static class UsageCounts
{
    public static UsageDetails Of(long? input, long? output, long? cached = null, long? reasoning = null, long? cacheWrite = null)
    {
        var details = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = (input ?? 0) + (output ?? 0),
            CachedInputTokenCount = cached,
            ReasoningTokenCount = reasoning,
        };
        details.Add(UsageKeys.CacheWriteTokens, cacheWrite);
        return details;
    }

    /// <summary>Adds a count that has no property of its own, unless it is unknown.</summary>
    public static void Add(this UsageDetails details, string key, long? value)
    {
        if (value is { } count)
            (details.AdditionalCounts ??= [])[key] = count;
    }
}
