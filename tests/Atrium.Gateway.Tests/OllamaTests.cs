using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>The operator's own Ollama, allow-listed, and Ollama's cloud.</summary>
public sealed class OllamaTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    [Keeps("Z-035")]
    public async Task Installed_models_are_listed_and_answer_without_a_key_and_cost_nothing(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();

        await person.ChooseAsync(new { provider = "ollama", baseUrl = houses.First.OllamaBaseUrl });
        var listed = (await person.GetAsync("/api/models")).GetProperty("items").EnumerateArray().Where(item => item.GetProperty("provider").GetString() == "ollama").Select(item => item.GetProperty("model").GetString()!).ToList();
        var events = await house.AskAsync(Talk.Call(person, mark, "ollama/" + listed[0]));

        events.OfType<ChatRouted>().ShouldHaveSingleItem().ShouldBe(new ChatRouted("ollama", ProviderCatalogue.Default.Find("ollama")!.Name, listed[0], null));
        events.Text().ShouldNotBeEmpty();
        events.OfType<ChatBilled>().Single().Cost.ShouldBe(0);
        houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark)).Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Theory, BothEngines]
    [Keeps("Z-035")]
    public async Task Cloud_models_are_listed_and_answer_with_the_persons_key(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var (key, mark) = (Talk.NewKey(), Talk.NewKey());

        await person.ChooseAsync(new { provider = "ollama-cloud", apiKey = key, baseUrl = houses.First.OllamaBaseUrl });
        var listed = (await person.GetAsync("/api/models")).GetProperty("items").EnumerateArray().Where(item => item.GetProperty("provider").GetString() == "ollama-cloud").Select(item => item.GetProperty("model").GetString()!).ToList();
        var events = await house.AskAsync(Talk.Call(person, mark, "ollama-cloud/" + listed[0]));

        events.OfType<ChatRouted>().ShouldHaveSingleItem().Provider.ShouldBe("ollama-cloud");
        events.Text().ShouldNotBeEmpty();
        houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark)).Carries(key).ShouldBeTrue();
    }
}
