using Atrium.Platform.Configuration;

namespace Atrium.Gateway.Prices;

/// <summary>Prices that the operator has set by the names of an earlier program: each changes one rate of a family of models, from the day on that the row it changes begins.</summary>
internal static class SettingPrices
{
    public static IEnumerable<Price> Over(IReadOnlyList<Price> rows, HouseSettings house)
    {
        var prices = house.Prices;
        return rows.Select(row => FamilyOf(row) switch
        {
            Family.ClaudeSonnet => With(row, prices.ClaudeInput, prices.ClaudeOutput, null),
            Family.GeminiPro => With(row, prices.GeminiInput, prices.GeminiOutput, null),
            Family.NanoBanana => With(row, null, null, prices.NanoBananaImage),
            _ => null,
        }).OfType<Price>();
    }

    private static Family FamilyOf(Price row) => row switch
    {
        { Provider: "anthropic" } when row.Model.StartsWith("claude-sonnet-", StringComparison.Ordinal) => Family.ClaudeSonnet,
        { Provider: "google-gemini", Image: null } when row.Model.Contains("-pro", StringComparison.Ordinal) => Family.GeminiPro,
        { Provider: "google-gemini" } when row.Model.Contains("-pro-image", StringComparison.Ordinal) => Family.NanoBanana,
        _ => Family.None,
    };

    // The rates that hang on a changed one (cached, long context) rise and fall with it.
    private static Price? With(Price row, decimal? input, decimal? output, decimal? image)
    {
        if (input is null && output is null && image is null)
            return null;
        var factor = input is { } changed && row.Input is > 0 ? changed / row.Input.Value : 1;
        var outputFactor = output is { } written && row.Output is > 0 ? written / row.Output.Value : 1;
        return row with
        {
            Source = PriceSource.Setting,
            Input = input ?? row.Input,
            Output = output ?? row.Output,
            Image = image ?? row.Image,
            Cached = row.Cached * factor,
            CacheWrite = row.CacheWrite * factor,
            LongContext = row.LongContext is { } longer
                ? longer with { Input = longer.Input * factor, Output = longer.Output * outputFactor, Cached = longer.Cached * factor }
                : null,
        };
    }

    private enum Family
    {
        None,
        ClaudeSonnet,
        GeminiPro,
        NanoBanana,
    }
}
