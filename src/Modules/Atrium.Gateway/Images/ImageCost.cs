using Atrium.Gateway.Prices;
using Atrium.Gateway.WholeCalls;

namespace Atrium.Gateway.Images;

/// <summary>What pictures cost.</summary>
internal static class ImageCost
{
    /// <summary>A price per picture stands for all that comes out; what goes in is charged beside it where it has a rate. Else tokens count.</summary>
    public static decimal? Of(Price price, Consumption used) => price.Image is { } each
        ? (used.Images * each) + ((price with { Output = 0, Reasoning = 0, LongContext = null }).CostOf(used.Usage) ?? 0)
        : price.CostOf(used.Usage);
}
