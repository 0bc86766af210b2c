using Atrium.Gateway.Ledger;
using Atrium.Gateway.Prices;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Tests;

public sealed class PriceTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    [Keeps("H-041")]
    public void The_row_valid_on_the_day_in_UTC_is_taken()
    {
        var prices = PriceTable.ReadEmbedded();

        prices.Find("google-gemini", "gemini-3.8-flash", new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero))!.Input.ShouldBe(0.75m);
        prices.Find("google-gemini", "gemini-3.8-flash", new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero))!.Input.ShouldBe(1.5m);
        prices.Find("google-gemini", "gemini-3.8-flash", new DateTimeOffset(2027, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)))!.Input.ShouldBe(0.75m);
    }

    [Theory]
    [InlineData("gpt-5.4", 2.5)]
    [InlineData("gpt-5.4-2026-03-05", 2.5)]
    [InlineData("gpt-5.4-mini-20260305", 0.75)]
    public void A_dated_id_costs_what_the_plain_one_does(string model, double input) =>
        PriceTable.ReadEmbedded().Find("openai", model, Today)!.Input.ShouldBe((decimal)input);

    [Theory]
    [InlineData("openai", "gpt-99")]
    [InlineData("groq", "gpt-5.4")]
    [InlineData("openai", "")]
    public void An_unknown_model_has_no_price(string provider, string model) =>
        PriceTable.ReadEmbedded().Find(provider, model, Today).ShouldBeNull();

    [Fact]
    public void Cached_written_and_reasoned_tokens_cost_their_own_rates()
    {
        var price = new Price { Provider = "p", Model = "m", Input = 3, Output = 15, Cached = 0.3m, CacheWrite = 3.75m, Reasoning = 20 };

        price.CostOf(new Usage(1_000, 200, 100, 50, 10, false)).ShouldBe(((700 * 3m) + (200 * 0.3m) + (100 * 3.75m) + (40 * 15m) + (10 * 20m)) / 1_000_000m);
    }

    [Fact]
    public void A_long_call_costs_the_long_rates_from_the_first_token()
    {
        var price = new Price { Provider = "p", Model = "m", Input = 2, Output = 10, Cached = 0.2m, LongContext = new LongContextPrice { Above = 1_000, Input = 4, Output = 15 } };

        price.CostOf(new Usage(1_000, 0, 0, 1, 0, false)).ShouldBe(2_010m / 1_000_000m);
        price.CostOf(new Usage(1_001, 1, 0, 1, 0, false)).ShouldBe((4_000m + 0.4m + 15m) / 1_000_000m);
    }

    [Fact]
    public void A_price_without_a_needed_rate_is_unknown_not_free() =>
        new Price { Provider = "p", Model = "m", Image = 0.04m }.CostOf(new Usage(1, 0, 0, 1, 0, false)).ShouldBeNull();

    [Fact]
    public void Contradicting_counts_are_cut_to_what_is_possible()
    {
        var usage = Usage.From(new UsageDetails { InputTokenCount = 10, CachedInputTokenCount = 15, OutputTokenCount = -4, ReasoningTokenCount = 9 });

        usage.ShouldBe(new Usage(10, 10, 0, 0, 0, false));
    }

    [Fact]
    public void Every_row_of_the_table_can_be_charged_to_the_pico_dollar()
    {
        var providers = new[] { "openai", "anthropic", "groq", "openrouter" };
        var models = new[] { "gpt-5.4", "claude-sonnet-5", "llama-3.3-70b-versatile", "deepseek/deepseek-v3.2" };
        for (var index = 0; index < providers.Length; index++)
        {
            var picodollars = PriceTable.ReadEmbedded().Find(providers[index], models[index], Today)!.CostOf(new Usage(1, 0, 0, 1, 0, false))!.Value * 1_000_000_000_000m;
            picodollars.ShouldBe(decimal.Truncate(picodollars));
        }
    }
}
