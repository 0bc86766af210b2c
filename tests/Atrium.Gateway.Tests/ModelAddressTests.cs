using Atrium.Ai;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Prices;

namespace Atrium.Gateway.Tests;

public sealed class ModelAddressTests
{
    [Theory]
    [InlineData(null, "openai", "openai", null)]
    [InlineData("gpt-5.4", "openai", "openai", "gpt-5.4")]
    [InlineData("openai/gpt-5.4", "openai", "openai", "gpt-5.4")]
    [InlineData("groq/qwen/qwen3-32b", "openai", "groq", "qwen/qwen3-32b")]
    [InlineData("anthropic/claude-sonnet-5", "openai", "anthropic", "claude-sonnet-5")]
    [InlineData("anthropic/claude-sonnet-4.6", "openrouter", "openrouter", "anthropic/claude-sonnet-4.6")]
    [InlineData("openrouter/anthropic/claude-sonnet-4.6", "openrouter", "openrouter", "anthropic/claude-sonnet-4.6")]
    [InlineData("openrouter/auto", "openrouter", "openrouter", "openrouter/auto")]
    [InlineData("openrouter/auto", "groq", "openrouter", "openrouter/auto")]
    [InlineData("meta-llama/llama-4", "openai", "openai", "meta-llama/llama-4")]
    [InlineData("openai/gpt-oss-120b", "openai-compatible", "openai-compatible", "openai/gpt-oss-120b")]
    [InlineData("offline/offline-lite", "openai", "offline", "offline-lite")]
    [InlineData("/odd", "openai", "openai", "/odd")]
    [InlineData("openai/", "openai", "openai", "openai/")]
    [Keeps("Z-044")]
    public void A_name_goes_to_the_provider_it_names_or_to_the_chosen_one(string? name, string chosen, string provider, string? model) =>
        ModelAddress.Of(name, chosen, ProviderCatalogue.Default, id => id is "groq" or "openrouter" or "offline").ShouldBe(new ModelAddress(provider, model));

    [Fact]
    [Keeps("Z-030")]
    public void Every_provider_with_known_models_has_a_model_for_each_persona_that_is_not_about_to_end()
    {
        var personas = PersonaModels.ReadEmbedded();
        var prices = PriceTable.ReadEmbedded();

        personas.Keys.Count.ShouldBeGreaterThan(40);
        foreach (var (persona, provider) in personas.Keys)
        {
            var model = personas.Find(persona, provider)!;
            var row = ProviderCatalogue.Default.Find(provider).ShouldNotBeNull(provider);
            var price = prices.Find(provider, model, new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero));
            (price is { Retires: null } || row.Models.Contains(model)).ShouldBeTrue($"{provider} {model}");
        }
        personas.Keys.Count(key => key.Persona == "diszi").ShouldBe(personas.Keys.Count(key => key.Persona == "zily"));
    }
}
