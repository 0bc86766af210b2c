using Atrium.Ai;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Ledger;

/// <summary>
/// Tokens of one call. <see cref="Cached"/> and <see cref="CacheWritten"/> are parts of <see cref="Input"/>, <see cref="Reasoning"/> of <see cref="Output"/>.
/// </summary>
internal sealed record Usage(long Input, long Cached, long CacheWritten, long Output, long Reasoning, bool IsEstimated)
{
    /// <summary>Pictures that were made.</summary>
    public long Images { get; init; }

    /// <summary>What a provider says it charged, in US dollars.</summary>
    public decimal? Charged { get; init; }

    /// <summary>Takes over a provider's counts; ones that contradict each other are cut to what is possible.</summary>
    public static Usage From(UsageDetails details)
    {
        var input = Math.Max(0, details.InputTokenCount ?? 0);
        var output = Math.Max(0, details.OutputTokenCount ?? 0);
        var cached = Math.Clamp(details.CachedInputTokenCount ?? 0, 0, input);
        return new Usage(
            input,
            cached,
            Math.Clamp(Count(details, UsageKeys.CacheWriteTokens) ?? 0, 0, input - cached),
            output,
            Math.Clamp(details.ReasoningTokenCount ?? 0, 0, output),
            Count(details, UsageKeys.Estimated) is 1)
        {
            Charged = Count(details, UsageKeys.ChargedPicoDollars) is { } pico and >= 0 ? pico / 1_000_000_000_000m : null,
        };
    }

    private static long? Count(UsageDetails details, string key) =>
        details.AdditionalCounts?.TryGetValue(key, out var value) is true ? value : null;
}
