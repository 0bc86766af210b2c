using Atrium.Contracts.Gateway;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class FallbackListTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const string Path = "/api/user/ai-fallbacks";

    [Theory, BothEngines]
    public async Task Keeps_a_persons_list_in_order_and_replaces_it_whole(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var keyId = await StoreAsync(person, "groq", houses.Second.OpenAiBaseUrl, Talk.NewKey());

        var (saved, list) = await person.SendAsync(HttpMethod.Put, Path, new { items = new object[] { new { provider = "mistral" }, new { provider = "groq", model = " sim-fast ", keyId }, new { provider = "openai", model = "gpt-5.4" } } });
        var shown = await person.GetAsync(Path);
        var (_, emptied) = await person.SendAsync(HttpMethod.Put, Path, new { items = Array.Empty<object>() });

        saved.ShouldBe(200);
        shown.ToString().ShouldBe(list.ToString());
        shown.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("provider").GetString()).ShouldBe(["mistral", "groq", "openai"]);
        shown.GetProperty("items")[1].GetProperty("model").GetString().ShouldBe("sim-fast");
        shown.GetProperty("items")[1].GetProperty("keyId").GetGuid().ShouldBe(keyId);
        emptied.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await other.GetAsync(Path)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task Refuses_what_could_never_answer(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var foreign = await StoreAsync(other, "openai", houses.First.OpenAiBaseUrl, Talk.NewKey());
        var own = await StoreAsync(person, "openai", houses.First.OpenAiBaseUrl, Talk.NewKey());

        foreach (var (items, field) in new (object, string)[]
        {
            (new[] { new { provider = "nobody" } }, "items[0].provider"),
            (new[] { new { provider = "offline" } }, "items[0].provider"),
            (new[] { new { provider = "octoai" } }, "items[0].provider"),
            (new[] { new { provider = "openai", keyId = foreign } }, "items[0].keyId"),
            (new[] { new { provider = "groq", keyId = own } }, "items[0].keyId"),
            (Enumerable.Repeat(new { provider = "openai" }, 11), "items"),
            (new[] { new { provider = "openai", model = new string('m', 201) } }, "items[0].model"),
        })
        {
            var (status, body) = await person.SendAsync(HttpMethod.Put, Path, new { items });
            status.ShouldBe(400, field);
            body.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(field + body);
        }
        foreach (var body in new[] { "", "null", "{}", "{\"items\":null}", "{\"items\":{}}", "{\"items\":[null]}", "{\"items\":[{\"provider\":5}]}", "{\"items\":[{\"provider\":\"openai\",\"keyId\":\"x\"}]}" })
            (await person.SendAsync(HttpMethod.Put, Path, body)).Status.ShouldBe(400, body);
        (await person.GetAsync(Path)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothEngines]
    [Keeps("Z-039")]
    public async Task Whoever_is_next_on_the_list_answers_and_alone_is_billed(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();
        var key = Talk.NewKey();
        await StoreAsync(person, "groq", houses.Second.OpenAiBaseUrl, key);
        await StoreAsync(person, "mistral", houses.Second.OpenAiBaseUrl, "bad-" + Talk.NewKey());
        await person.ChooseAsync(houses.First, model: "gpt-5.4", key: "nocredit-" + Talk.NewKey());
        await SetAsync(person, new { provider = "deepseek" }, new { provider = "mistral", model = "sim-vision" }, new { provider = "groq", model = "sim-fast" });

        var events = await house.AskAsync(person, mark);
        var strict = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Talk.Call(person, mark, fallback: false)));

        var routes = events.OfType<ChatRouted>().ToList();
        routes.Select(route => $"{route.Provider}/{route.Model}").ShouldBe(["openai/gpt-5.4", "mistral/sim-vision", "groq/sim-fast"], "a place without a key is passed over");
        routes[0].FellBackFrom.ShouldBeNull();
        routes.Skip(1).ShouldAllBe(route => route.FellBackFrom!.Code == "quota-exhausted");
        Talk.KeyOf(houses.Second.Simulation.Requests.Last(request => request.Body.Contains(mark))).ShouldBe(key);
        houses.First.Simulation.Requests.Count(request => request.Body.Contains(mark)).ShouldBe(2, "exhausted quota is asked once per question");
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().Provider.ShouldBe("groq");
        strict.Failure.Code.ShouldBe("quota-exhausted");
    }

    [Theory, BothEngines]
    public async Task When_the_list_is_at_its_end_Offline_Lite_answers_and_says_what_came_first(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        await StoreAsync(person, "groq", houses.Second.OpenAiBaseUrl, "bad-" + Talk.NewKey());
        await person.ChooseAsync(houses.First);
        await SetAsync(person, new { provider = "groq" });

        var events = await house.AskAsync(person, "sim:500 6 * 7");

        events.OfType<ChatRouted>().Select(route => route.Provider).ShouldBe(["openai", "groq", "offline"]);
        events.OfType<ChatRouted>().Last().FellBackFrom!.Code.ShouldBe("provider-unavailable");
        events.Text().ShouldNotBeEmpty();
    }

    [Theory, BothEngines]
    public async Task Another_key_of_the_same_provider_is_used_only_when_the_list_names_it(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var (spare, mark) = (Talk.NewKey(), Talk.NewKey());
        var spareId = await StoreAsync(person, "openai", houses.First.OpenAiBaseUrl, spare);
        await person.ChooseAsync(houses.First, model: "sim-fast", key: "nocredit-" + Talk.NewKey());

        var alone = await house.AskAsync(person, mark);
        await SetAsync(person, new { provider = "openai", model = "sim-fast", keyId = spareId });
        var listed = await house.AskAsync(person, mark);

        alone.OfType<ChatRouted>().Select(route => route.Provider).ShouldBe(["openai", "offline"]);
        listed.OfType<ChatRouted>().Select(route => route.Provider).ShouldBe(["openai", "openai"]);
        Talk.KeyOf(houses.First.Simulation.Requests.Last(request => request.Body.Contains(mark))).ShouldBe(spare);
    }

    [Theory, BothEngines]
    public async Task After_the_first_word_nobody_else_is_asked(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();
        await StoreAsync(person, "groq", houses.Second.OpenAiBaseUrl, Talk.NewKey());
        await person.ChooseAsync(houses.First);
        await SetAsync(person, new { provider = "groq" });

        var failure = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(person, mark + " sim:words=50 sim:end=2000"));

        failure.Failure.Code.ShouldBe("cut-off");
        houses.Second.Simulation.Requests.ShouldNotContain(request => request.Body.Contains(mark));
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().Provider.ShouldBe("openai");
    }

    [Theory, BothEngines]
    public async Task A_provider_that_is_down_is_paused_by_key_and_the_status_says_so(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var clock = new FakeClock();
        var settings = new Dictionary<string, string>(houses.Settings) { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority };
        await using var house = await TestHouse.StartAsync(engine, settings, services => services.AddSingleton<TimeProvider>(clock).AddSingleton(new Ai.ProviderTimeouts { Retries = 0 }));
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        await person.ChooseAsync(simulator);
        await other.ChooseAsync(simulator);
        int Asked() => simulator.Simulation.Requests.Count(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal));
        async Task<string?> StateAsync() => (await person.GetAsync("/api/providers/status")).GetProperty("items")[0].GetProperty("state").GetString();

        var before = await StateAsync();
        for (var call = 0; call < 5; call++)
            await house.AskAsync(person, "sim:503");
        var paused = await house.AskAsync(person, "hello");
        var state = await StateAsync();
        var asked = Asked();
        var others = await house.AskAsync(other, "hello");
        clock.Advance(TimeSpan.FromSeconds(31));
        var again = await house.AskAsync(person, "hello");

        (before, state, await StateAsync()).ShouldBe(("ready", "paused", "ready"));
        asked.ShouldBe(5);
        paused.OfType<ChatRouted>().Last().FellBackFrom!.Code.ShouldBe("provider-paused");
        others.OfType<ChatRouted>().ShouldHaveSingleItem();
        again.OfType<ChatRouted>().ShouldHaveSingleItem();
    }

    private static async Task<Guid> StoreAsync(TestPerson person, string provider, string baseUrl, string apiKey)
    {
        var (status, item) = await person.SendAsync(HttpMethod.Post, "/api/provider-keys", new { provider, apiKey, baseUrl });
        status.ShouldBe(201);
        return item.GetProperty("id").GetGuid();
    }

    private static async Task SetAsync(TestPerson person, params object[] items) =>
        (await person.SendAsync(HttpMethod.Put, Path, new { items })).Status.ShouldBe(200);
}
