using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class ProviderKeyTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    public async Task Stores_renames_switches_off_and_deletes_a_key(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();

        var (created, item) = await person.SendAsync(HttpMethod.Post, "/api/provider-keys", new { provider = "openai", apiKey = Talk.NewKey(), name = "Shop", baseUrl = houses.First.OpenAiBaseUrl });
        var path = "/api/provider-keys/" + item.GetProperty("id").GetString();
        var (changed, after) = await person.SendAsync(HttpMethod.Patch, path, new { name = "Home", enabled = false });
        var (deleted, _) = await person.SendAsync(HttpMethod.Delete, path);
        var (again, _) = await person.SendAsync(HttpMethod.Delete, path);

        (created, changed, deleted, again).ShouldBe((201, 200, 204, 404));
        after.GetProperty("name").GetString().ShouldBe("Home");
        after.GetProperty("enabled").GetBoolean().ShouldBeFalse();
        (await person.GetAsync("/api/provider-keys")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task A_key_that_is_off_or_gone_is_not_used_and_the_answer_says_so(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();
        var path = "/api/provider-keys/" + (await person.ChooseAsync(houses.First)).GetProperty("keyId").GetString();

        await person.SendAsync(HttpMethod.Patch, path, new { enabled = false });
        var off = await house.AskAsync(person, mark);
        await person.SendAsync(HttpMethod.Delete, path);
        var gone = await house.AskAsync(person, mark);

        foreach (var events in new[] { off, gone })
        {
            var routes = events.OfType<ChatRouted>().ToList();
            routes.Select(route => route.Provider).ShouldBe(["openai", "offline"]);
            routes[1].FellBackFrom!.Code.ShouldBe("key-missing");
        }
        houses.First.Simulation.Requests.ShouldNotContain(request => request.Body.Contains(mark));
    }

    [Theory, BothEngines]
    public async Task Another_persons_key_does_not_exist(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (owner, other) = (await house.PersonAsync(), await house.PersonAsync());
        var id = (await owner.ChooseAsync(houses.First)).GetProperty("keyId").GetGuid();

        var answers = new[]
        {
            await other.SendAsync(HttpMethod.Patch, "/api/provider-keys/" + id, new { name = "mine" }),
            await other.SendAsync(HttpMethod.Delete, "/api/provider-keys/" + id),
            await other.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { keyId = id }),
            await other.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", keyId = id }),
        };

        answers.ShouldAllBe(answer => answer.Status == 404 && answer.Body.GetProperty("code").GetString() == "not-found");
        (await owner.GetAsync("/api/provider-keys")).GetProperty("items")[0].GetProperty("name").GetString().ShouldBe("OpenAI");
    }

    [Theory, BothEngines]
    [Keeps("Z-113")]
    public async Task A_key_stays_with_the_address_it_was_given_for(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var (key, mark) = (Talk.NewKey(), Talk.NewKey());
        await person.ChooseAsync(houses.First, key: key);

        var (moved, refusal) = await person.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", baseUrl = houses.Second.OpenAiBaseUrl });
        var (reset, _) = await person.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", baseUrl = "" });
        var (samePlace, _) = await person.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", baseUrl = houses.First.OpenAiBaseUrl + "/", model = "sim-fast" });
        await house.AskAsync(person, mark);

        (moved, reset, samePlace).ShouldBe((409, 409, 200));
        refusal.GetProperty("code").GetString().ShouldBe("key-bound-elsewhere");
        Talk.KeyOf(houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark))).ShouldBe(key);
        houses.Second.Simulation.Requests.ShouldNotContain(request => request.Headers["Authorization"].Contains(key));
    }

    [Theory, BothEngines]
    [Keeps("Z-113")]
    public async Task A_catalogue_that_moves_a_provider_does_not_move_its_keys(DatabaseEngine engine)
    {
        var baseUrl = houses.First.OpenAiBaseUrl;
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services =>
            services.AddSingleton(new ProviderCatalogue([ProviderCatalogue.Default.Find("openai")! with { BaseUrl = baseUrl }])));
        var person = await house.PersonAsync();
        var (key, mark) = (Talk.NewKey(), Talk.NewKey());
        await person.ChooseAsync(new { provider = "openai", apiKey = key });

        await house.AskAsync(person, mark);
        baseUrl = houses.Second.OpenAiBaseUrl;
        await house.RestartAsync();
        var events = await house.AskAsync(person, mark);

        Talk.KeyOf(houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark))).ShouldBe(key);
        events.OfType<ChatRouted>().Last().FellBackFrom!.Code.ShouldBe("key-unreadable");
        houses.Second.Simulation.Requests.ShouldNotContain(request => request.Headers.ContainsKey("Authorization") && request.Headers["Authorization"].Contains(key));
    }

    [Theory, BothEngines]
    public async Task An_address_that_needs_no_key_is_chosen_without_one(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();

        var choice = await person.ChooseAsync(new { provider = "openai-compatible", model = "local-model", baseUrl = houses.First.OpenAiBaseUrl });
        await house.AskAsync(Talk.Call(person, mark));
        var withoutAddress = await person.ChooseAsync(new { provider = "openai-compatible", model = "other-model" });

        choice.GetProperty("baseUrl").GetString().ShouldBe(houses.First.OpenAiBaseUrl);
        choice.TryGetProperty("keyId", out _).ShouldBeFalse();
        withoutAddress.GetProperty("baseUrl").GetString().ShouldBe(houses.First.OpenAiBaseUrl);
        var heard = houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark));
        heard.Headers.ContainsKey("Authorization").ShouldBeFalse();
        heard.Json.GetProperty("model").GetString().ShouldBe("local-model");
    }

    [Theory, BothEngines]
    public async Task Says_what_a_key_has_cost_this_month_and_why_it_last_failed_until_it_works_again(DatabaseEngine engine)
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 30, 23, 59, 0, TimeSpan.Zero));
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services => services.AddSingleton<TimeProvider>(clock));
        var person = await house.PersonAsync();
        await person.ChooseAsync(houses.First, model: "gpt-5.4");
        async Task<(string? Spent, string? Failure, bool WasUsed)> ShownAsync()
        {
            var key = (await person.GetAsync("/api/provider-keys")).GetProperty("items")[0];
            return (key.GetProperty("spentThisMonth").GetString(), key.TryGetProperty("lastFailure", out var failure) ? failure.GetProperty("code").GetString() : null, key.TryGetProperty("lastUsedAt", out _));
        }

        var fresh = await ShownAsync();
        await house.AskAsync(person, "sim:quota");
        var failed = await ShownAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        var cost = (await house.AskAsync(person, "hello")).OfType<ChatBilled>().Single().Cost;
        var worked = await ShownAsync();
        clock.Advance(TimeSpan.FromHours(1));
        var nextMonth = await ShownAsync();

        fresh.ShouldBe(("0", null, false));
        failed.ShouldBe(("0", "quota-exhausted", false));
        worked.ShouldBe((new Money(cost!.Value).ToString(), null, true));
        nextMonth.ShouldBe(("0", null, true));
    }

    [Theory, BothEngines]
    [Keeps("Z-045")]
    public async Task Tests_a_key_given_now_or_stored_and_says_what_was_found(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var baseUrl = houses.First.OpenAiBaseUrl;
        var id = (await person.ChooseAsync(houses.First)).GetProperty("keyId").GetGuid();

        var works = (await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { apiKey = Talk.NewKey(), baseUrl })).Body;
        var stored = (await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { keyId = id })).Body;
        var refused = (await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { apiKey = "bad-" + Talk.NewKey(), baseUrl })).Body;
        var (unknown, _) = await person.SendAsync(HttpMethod.Post, "/api/providers/nobody/test", new { apiKey = "x" });

        works.GetProperty("works").GetBoolean().ShouldBeTrue();
        works.GetProperty("models").EnumerateArray().Select(model => model.GetString()).ShouldContain("sim-fast");
        works.GetProperty("milliseconds").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
        stored.GetProperty("works").GetBoolean().ShouldBeTrue();
        refused.GetProperty("works").GetBoolean().ShouldBeFalse();
        refused.GetProperty("code").GetString().ShouldBe("key-refused");
        works.GetProperty("modelCount").GetInt32().ShouldBe(works.GetProperty("models").GetArrayLength());
        var slow = (await person.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { apiKey = "slow-" + Talk.NewKey(), baseUrl })).Body;
        (slow.GetProperty("works").GetBoolean(), slow.GetProperty("code").GetString()).ShouldBe((true, "rate-limited"));
        unknown.ShouldBe(404);
    }
}
