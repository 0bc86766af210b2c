namespace Atrium.Platform.Configuration;

/// <summary>What the operator says some models cost, in US dollars per million tokens or per picture; null: what the price table says.</summary>
public sealed record PriceSettings(decimal? ClaudeInput, decimal? ClaudeOutput, decimal? GeminiInput, decimal? GeminiOutput, decimal? NanoBananaImage)
{
    internal static PriceSettings Read(SettingReader reader) => new(
        Rate(reader, "CLAUDE_INPUT_COST_PER_M", "Dollars per million tokens read by Claude Sonnet, over the price table."),
        Rate(reader, "CLAUDE_OUTPUT_COST_PER_M", "Dollars per million tokens written by Claude Sonnet, over the price table."),
        Rate(reader, "GEMINI_INPUT_COST_PER_M", "Dollars per million tokens read by Gemini Pro, over the price table."),
        Rate(reader, "GEMINI_OUTPUT_COST_PER_M", "Dollars per million tokens written by Gemini Pro, over the price table."),
        Rate(reader, "NANO_BANANA_COST_PER_IMAGE", "Dollars per picture of Gemini Pro Image, over the price table."));

    private static decimal? Rate(SettingReader reader, string name, string description) => reader.Parsed(name, null, description, Parse);

    private static decimal? Parse(string? text) =>
        text is null ? null
        : decimal.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var rate) && rate <= 10_000 ? rate
        : throw new FormatException("must be an amount of dollars from 0 to 10000, such as 0.134.");
}
