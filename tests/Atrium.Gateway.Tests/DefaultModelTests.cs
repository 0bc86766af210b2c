using Atrium.Contracts.Gateway;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

public sealed class DefaultModelTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const string Path = "/api/user/default-models";

    [Theory, BothEngines]
    public async Task A_persona_speaks_with_its_model_and_a_module_asks_with_its_own(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        await person.ChooseAsync(houses.Second, "groq", "sim-vision");
        await person.ChooseAsync(houses.First, "openai", "sim-fast");
        await SetAsync(person, "diszi", "groq/sim-reasoner");
        await SetAsync(person, "assistant", "gpt-5.4");
        async Task<string> RouteAsync(ChatCall call) => (await house.AskAsync(call)).OfType<ChatRouted>().Select(route => $"{route.Provider}/{route.Model}").Single();
        var call = Talk.Call(person, "hello") with { Module = "assistant" };

        (await RouteAsync(call with { Persona = "diszi" })).ShouldBe("groq/sim-reasoner");
        (await RouteAsync(call with { Persona = "zily" })).ShouldBe("openai/gpt-5.4");
        (await RouteAsync(call)).ShouldBe("openai/gpt-5.4");
        (await RouteAsync(call with { Persona = "diszi", Model = "openai/sim-vision" })).ShouldBe("openai/sim-vision");
        (await RouteAsync(Talk.Call(person, "hello"))).ShouldBe("openai/sim-fast");
        await SetAsync(person, "assistant", "offline/offline-lite");
        (await RouteAsync(call)).ShouldBe("offline/offline-lite");
        await SetAsync(person, "assistant", null);
        (await RouteAsync(call)).ShouldBe("openai/sim-fast");
    }

    [Theory, BothEngines]
    public async Task Every_use_of_this_house_is_listed_with_ones_own_models(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());

        var saved = await SetAsync(person, "zily", " openai/gpt-5.4 ");
        await SetAsync(person, "diszi", "a");
        await SetAsync(person, "diszi", "");
        var items = (await person.GetAsync(Path)).GetProperty("items").EnumerateArray().ToList();

        saved.ShouldBe("""{"use":"zily","model":"openai/gpt-5.4"}""");
        items.Select(item => item.GetProperty("use").GetString()).Take(3).ShouldBe(["diszi", "zily", "assistant"]);
        items.ShouldAllBe(item => item.GetProperty("use").GetString() == "zily" || item.GetProperty("model").GetString() == null);
        (await other.GetAsync(Path)).GetProperty("items").EnumerateArray().ShouldAllBe(item => item.GetProperty("model").GetString() == null);
    }

    [Theory, BothEngines]
    public async Task What_this_house_has_not_is_not_there_and_a_model_has_a_length(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        foreach (var use in new[] { "nobody", "gateway", "Diszi", new string('a', 500) })
            (await person.SendAsync(HttpMethod.Put, $"{Path}/{use}", new { model = "m" })).Status.ShouldBe(404, use);
        foreach (var body in new object[] { new { model = new string('m', 201) }, "", "null", "[]", "{\"model\":5}", "{\"model\":{}}" })
            (await person.SendAsync(HttpMethod.Put, Path + "/diszi", body)).Status.ShouldBe(400, body.ToString());
    }

    [Theory, BothEngines]
    public async Task A_model_on_the_persons_own_computer_is_never_replaced_by_another_provider(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();
        await person.ChooseAsync(houses.First);
        (await person.SendAsync(HttpMethod.Put, "/api/user/ai-fallbacks", new { items = new[] { new { provider = "openai" } } })).Status.ShouldBe(200);

        var events = await house.AskAsync(Talk.Call(person, mark, "ollama-browser/llama3.2:3b"));

        events.OfType<ChatRouted>().Select(route => $"{route.Provider}/{route.Model}").ShouldBe(["ollama-browser/llama3.2:3b", "offline/offline-lite"]);
        events.OfType<ChatRouted>().Last().FellBackFrom!.Code.ShouldBe("browser-only");
        houses.First.Simulation.Requests.ShouldNotContain(request => request.Body.Contains(mark));
    }

    private static async Task<string> SetAsync(TestPerson person, string use, string? model)
    {
        var (status, item) = await person.SendAsync(HttpMethod.Put, $"{Path}/{use}", new { model });
        status.ShouldBe(200);
        return item.ToString();
    }
}
