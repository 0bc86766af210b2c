namespace Atrium.Ai;

/// <summary>Names in <see cref="Microsoft.Extensions.AI.UsageDetails.AdditionalCounts"/> that this library sets.</summary>
public static class UsageKeys
{
    /// <summary>Input tokens written to the provider's prompt cache.</summary>
    public const string CacheWriteTokens = "cacheWriteTokens";

    /// <summary>The price the provider says it charged, in pico-dollars (10⁻¹² USD).</summary>
    public const string ChargedPicoDollars = "chargedPicoDollars";

    /// <summary>1 when the counts are estimates of ours, absent when the provider counted.</summary>
    public const string Estimated = "estimated";
}
