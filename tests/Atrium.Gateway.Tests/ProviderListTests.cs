using Atrium.Testing;

namespace Atrium.Gateway.Tests;

public sealed class ProviderListTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private static readonly string[] Order = ["Major", "Fast, for developers", "Hosts of open models", "Many models, one key", "Other clouds", "Local"];

    [Theory, BothEngines]
    [Keeps("Z-031")]
    public async Task Lists_every_provider_by_category_in_order(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        var items = (await person.GetAsync("/api/providers")).GetProperty("items").EnumerateArray().ToList();

        var ranks = items.Select(item => Array.IndexOf(Order, item.GetProperty("categories")[0].GetString())).ToList();
        ranks.ShouldAllBe(rank => rank >= 0);
        ranks.ShouldBeInOrder();
        ranks.Distinct().Count().ShouldBe(Order.Length);
        items.Select(item => item.GetProperty("id").GetString()).ShouldBeUnique();
        foreach (var id in new[] { "openai", "anthropic", "openrouter", "openai-compatible", "ollama", "ollama-cloud", "offline" })
            items.ShouldContain(item => item.GetProperty("id").GetString() == id);
    }

    [Theory, BothEngines]
    public async Task Says_what_a_provider_needs_and_marks_closed_ones_with_their_replacement(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        var items = (await person.GetAsync("/api/providers")).GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("id").GetString()!);

        var openai = items["openai"];
        openai.GetProperty("usable").GetBoolean().ShouldBeTrue();
        openai.GetProperty("needsKey").GetBoolean().ShouldBeTrue();
        openai.GetProperty("keyHosts")[0].GetString().ShouldBe("api.openai.com");
        openai.GetProperty("settings").EnumerateArray().ShouldNotContain(setting => setting.GetProperty("name").GetString() == "apiKey");
        items["octoai"].GetProperty("status").GetString().ShouldBe("closed");
        items["octoai"].GetProperty("usable").GetBoolean().ShouldBeFalse();
        items["offline"].GetProperty("usable").GetBoolean().ShouldBeTrue();
        items["offline"].GetProperty("needsKey").GetBoolean().ShouldBeFalse();
    }

    [Theory, BothEngines]
    [Keeps("Z-053")]
    public async Task Tells_strangers_nothing(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);

        foreach (var path in new[] { "/api/providers", "/api/user/ai-provider", "/api/provider-keys", "/api/models", "/api/providers/status", "/api/user/ai-fallbacks", "/api/user/default-models", "/api/costs", "/api/costs/today", "/api/costs/admin/all" })
        {
            using var response = await house.Client.GetAsync(path);
            ((int)response.StatusCode).ShouldBe(401, path);
        }
    }
}
