using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class ModelListTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    public async Task Lists_each_keys_own_models_and_names_what_could_not_be_asked(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        await person.ChooseAsync(houses.First, "groq");
        await person.ChooseAsync(new { provider = "mistral", apiKey = "bad-" + Talk.NewKey(), name = "Spare", baseUrl = houses.Second.OpenAiBaseUrl });

        var list = await person.GetAsync("/api/models");

        var items = list.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("id").GetString()!);
        new[] { "groq/sim-fast", "groq/sim-reasoner", "groq/sim-vision", "offline/offline-lite" }.ShouldBeSubsetOf(items.Keys);
        items.Keys.ShouldNotContain("groq/sim-embedding");
        items["groq/sim-fast"].GetProperty("contextTokens").GetInt32().ShouldBe(128_000);
        items["groq/sim-fast"].GetProperty("providerName").GetString().ShouldBe("Groq");
        var unreachable = list.GetProperty("unreachable").EnumerateArray().ShouldHaveSingleItem();
        unreachable.GetProperty("provider").GetString().ShouldBe("mistral");
        unreachable.GetProperty("code").GetString().ShouldBe("key-refused");
        unreachable.GetProperty("title").GetString()!.ShouldContain("'Spare'");
    }

    [Theory, BothEngines]
    public async Task Asks_a_provider_at_most_every_ten_minutes_and_again_after_a_failure(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var clock = new FakeClock();
        var settings = new Dictionary<string, string>(houses.Settings) { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority };
        await using var house = await TestHouse.StartAsync(engine, settings, services => services.AddSingleton<TimeProvider>(clock));
        var person = await house.PersonAsync();
        await person.ChooseAsync(simulator);
        int Asked() => simulator.Simulation.Requests.Count(request => request.Path == "/v1/models");

        await person.GetAsync("/api/models");
        await person.GetAsync("/api/models");
        var soon = Asked();
        clock.Advance(TimeSpan.FromMinutes(11));
        await person.GetAsync("/api/models");

        soon.ShouldBe(1);
        Asked().ShouldBe(2);
    }

    [Theory, BothEngines]
    public async Task A_changed_address_is_asked_anew(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();

        await person.ChooseAsync(new { provider = "openai-compatible", apiKey = Talk.NewKey(), baseUrl = houses.First.OpenAiBaseUrl });
        var before = await person.GetAsync("/api/models");
        await person.ChooseAsync(new { provider = "openai-compatible", apiKey = "bad-" + Talk.NewKey(), baseUrl = houses.Second.OpenAiBaseUrl });
        var after = await person.GetAsync("/api/models");

        before.GetProperty("unreachable").GetArrayLength().ShouldBe(0);
        after.GetProperty("unreachable").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Nobody_sees_another_persons_models(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (owner, other) = (await house.PersonAsync(), await house.PersonAsync());
        await owner.ChooseAsync(houses.First);

        await owner.GetAsync("/api/models");
        var seen = await other.GetAsync("/api/models");

        seen.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("provider").GetString().ShouldBe("offline");
    }
}
