using System.Net.Http.Json;
using Atrium.Contracts.Gateway;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

public sealed class ProviderChoiceTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    [Keeps("Z-037")]
    public async Task Offline_Lite_answers_whoever_has_never_chosen(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();

        var choice = await person.GetAsync("/api/user/ai-provider");
        var events = await house.AskAsync(person, "What is 6 * 7?");

        choice.GetProperty("chosen").GetBoolean().ShouldBeFalse();
        choice.GetProperty("provider").GetString().ShouldBe("offline");
        events[0].ShouldBe(new ChatRouted("offline", "Offline Lite", "offline-lite", null));
        events.Text().ShouldContain("42");
        events[^1].ShouldBeOfType<ChatBilled>().Cost.ShouldBe(0);
    }

    [Theory, BothEngines]
    [Keeps("Z-036", "Z-033", "Z-045")]
    public async Task Calls_go_out_with_the_persons_own_key_and_a_changed_choice_counts_at_once(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var (first, second) = (Talk.NewKey(), Talk.NewKey());

        await person.ChooseAsync(houses.First, key: first, model: "sim-fast");
        var answer = await house.AskAsync(person, "Hello " + first[^8..]);
        await person.ChooseAsync(houses.Second, "groq", "sim-vision", second);
        await house.AskAsync(person, "Hello again " + second[^8..]);

        answer[0].ShouldBe(new ChatRouted("openai", "OpenAI", "sim-fast", null));
        answer.Text().ShouldNotBeEmpty();
        var heard = houses.First.Simulation.Requests.Single(request => request.Body.Contains("Hello " + first[^8..]));
        Talk.KeyOf(heard).ShouldBe(first);
        heard.Json.GetProperty("model").GetString().ShouldBe("sim-fast");
        heard.Json.GetProperty("messages")[0].GetProperty("content").ToString().ShouldContain("You are terse.");
        heard.Json.GetProperty("max_completion_tokens").GetInt32().ShouldBe(8192);
        Talk.KeyOf(houses.Second.Simulation.Requests.Single(request => request.Body.Contains(second[^8..]))).ShouldBe(second);
    }

    [Theory, BothEngines]
    [Keeps("Z-038")]
    public async Task Two_people_reach_two_providers_also_after_a_restart(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, GatewayHouses.FastTimeouts);
        var (ada, bo) = (await house.PersonAsync(), await house.PersonAsync());
        var (adasKey, bosKey) = (Talk.NewKey(), Talk.NewKey());
        await ada.ChooseAsync(houses.First, key: adasKey);
        await bo.ChooseAsync(houses.Second, key: bosKey);

        await house.AskAsync(ada, "before " + adasKey);
        await house.RestartAsync();
        await house.AskAsync(ada, "after " + adasKey);
        await house.AskAsync(bo, "after " + bosKey);

        houses.First.Simulation.Requests.Where(request => request.Body.Contains(adasKey)).Select(Talk.KeyOf).ShouldBe([adasKey, adasKey]);
        houses.Second.Simulation.Requests.Where(request => request.Body.Contains(bosKey)).Select(Talk.KeyOf).ShouldBe([bosKey]);
        houses.First.Simulation.Requests.ShouldNotContain(request => request.Body.Contains(bosKey));
    }

    [Theory, BothEngines]
    [Keeps("Z-050")]
    public async Task Post_and_put_save_the_choice_and_no_answer_ever_holds_the_key(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var key = Talk.NewKey();

        using var posted = await person.Client.PostAsJsonAsync("/api/user/ai-provider", new { provider = "openai", model = "sim-fast", apiKey = key, name = "Old shop key", baseUrl = houses.First.OpenAiBaseUrl });
        var put = await person.ChooseAsync(new { provider = "openai", apiKey = key, baseUrl = houses.First.OpenAiBaseUrl });
        var answers = new[] { await posted.Content.ReadAsStringAsync(), put.ToString(), (await person.GetAsync("/api/user/ai-provider")).ToString(), (await person.GetAsync("/api/provider-keys")).ToString() };

        posted.IsSuccessStatusCode.ShouldBeTrue(answers[0]);
        answers.ShouldAllBe(answer => !answer.Contains(key));
        put.GetProperty("chosen").GetBoolean().ShouldBeTrue();
        put.GetProperty("fingerprint").GetString()!.Length.ShouldBe(8);
        var only = (await person.GetAsync("/api/provider-keys")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        only.GetProperty("name").GetString().ShouldBe("Old shop key");
        only.GetProperty("id").GetGuid().ShouldBe(put.GetProperty("keyId").GetGuid());
    }

    [Theory, BothEngines]
    [Keeps("Z-030")]
    public async Task Each_persona_speaks_with_its_own_default_model_unless_the_person_chose_one(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();

        await person.ChooseAsync(houses.First, "openrouter");
        await house.AskAsync(Talk.Call(person, mark, persona: "diszi"));
        await house.AskAsync(Talk.Call(person, mark, persona: "zily"));
        await person.ChooseAsync(new { provider = "openrouter", model = "openrouter/auto" });
        await house.AskAsync(Talk.Call(person, mark, persona: "zily"));
        await house.AskAsync(Talk.Call(person, mark, model: "openrouter/anthropic/claude-sonnet-4.6", persona: "zily"));

        houses.First.Simulation.Requests.Where(request => request.Body.Contains(mark)).Select(request => request.Json.GetProperty("model").GetString())
            .ShouldBe(["deepseek/deepseek-v3.2", "openai/gpt-oss-120b", "openrouter/auto", "anthropic/claude-sonnet-4.6"]);
    }

    [Theory, BothEngines]
    public async Task A_model_of_another_provider_goes_there_with_that_providers_key(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mark = Talk.NewKey();
        await person.ChooseAsync(houses.Second, "groq", key: mark + "-groq");
        await person.ChooseAsync(houses.First, "openai", key: mark + "-openai");

        await house.AskAsync(Talk.Call(person, mark, model: "groq/qwen/qwen3-32b"));

        var heard = houses.Second.Simulation.Requests.Single(request => request.Body.Contains(mark));
        Talk.KeyOf(heard).ShouldBe(mark + "-groq");
        heard.Json.GetProperty("model").GetString().ShouldBe("qwen/qwen3-32b");
    }

    [Theory, BothEngines]
    public async Task Refuses_what_cannot_answer(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        foreach (var (request, field) in new (object, string)[]
        {
            (new { provider = "nobody" }, "provider"),
            (new { provider = "octoai", apiKey = "x" }, "provider"),
            (new { provider = "openai" }, "apiKey"),
            (new { provider = "openai-compatible", apiKey = "x" }, "baseUrl"),
            (new { provider = "openai", apiKey = "two words" }, "apiKey"),
            (new { provider = "openai", apiKey = "x", settings = new { nonsense = "1" } }, "settings"),
            (new { provider = "runpod", apiKey = "x" }, "settings.endpointId"),
            (new { provider = "runpod", apiKey = "x", settings = new { endpointId = "a/../../b" } }, "settings.endpointId"),
        })
        {
            var (status, body) = await person.SendAsync(HttpMethod.Put, "/api/user/ai-provider", request);
            status.ShouldBe(400, body.ToString());
            body.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(body.ToString());
        }
        (await person.GetAsync("/api/user/ai-provider")).GetProperty("chosen").GetBoolean().ShouldBeFalse();
    }
}
