using System.Text.Json;
using Atrium.Contracts.Gateway;
using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

public sealed class HouseKeyTests
{
    private const string Route = "/api/admin/provider-keys";
    private const string Secret = "canary-of-the-house-0123456789";

    [Theory, BothEngines]
    [Keeps("Z-040")]
    public async Task A_key_of_the_house_serves_people_without_their_own_once_it_is_switched_on(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var house = await StartAsync(engine, simulator);
        var admin = await house.AdminAsync();
        var (without, with) = (await house.PersonAsync(), await house.PersonAsync());
        await with.ChooseAsync(simulator, "openai", "gpt-5.4", "canary-own");
        (await admin.GetAsync(Route)).ToString().ShouldBe("""{"items":[],"offered":[]}""");
        (await without.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", model = "gpt-5.4" })).Status.ShouldBe(400);

        var key = await AddAsync(admin, simulator, "everyone");
        (key.GetProperty("enabled").GetBoolean(), key.GetProperty("audience").GetString()).ShouldBe((false, "everyone"));
        (await TryAskAsync(house, without)).ShouldBe("key-missing");
        (await SharedAsync(without)).ShouldBeEmpty();
        await SwitchAsync(admin, key, new { enabled = true });

        (await without.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", model = "gpt-5.4" })).Status.ShouldBe(200);
        (await TryAskAsync(house, without)).ShouldBeNull();
        (await TryAskAsync(house, with)).ShouldBeNull();
        simulator.Simulation.Requests.Select(Talk.KeyOf).ShouldBe([Secret, "canary-own"]);
        (await SharedAsync(without)).ShouldBe(["openai"]);
        (await SharedAsync(with)).ShouldBeEmpty();
        (await without.GetAsync("/api/models")).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(1);
        await SwitchAsync(admin, key, new { enabled = false });
        (await TryAskAsync(house, without)).ShouldBe("key-missing");
        (await SwitchAsync(admin, key, new { enabled = true, name = "Shared" })).GetProperty("name").GetString().ShouldBe("Shared");
        (await admin.GetAsync(Route)).GetProperty("items")[0].GetProperty("spentThisMonth").GetString()!.ShouldNotBe("0");
        (await without.GetAsync("/api/costs/report")).GetProperty("keys")[0].GetProperty("name").GetString().ShouldBe("Shared");
        (await admin.SendAsync(HttpMethod.Delete, $"{Route}/{key.GetProperty("id").GetString()}")).Status.ShouldBe(204);
        (await TryAskAsync(house, without)).ShouldBe("key-missing");
    }

    [Theory, BothEngines]
    [Keeps("Z-040")]
    public async Task A_key_of_the_house_is_for_admins_to_manage_and_its_secret_for_nobody_to_see(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var house = await StartAsync(engine, simulator);
        var (admin, person) = (await house.AdminAsync(), await house.PersonAsync());
        var key = await AddAsync(admin, simulator, "everyone");
        var id = key.GetProperty("id").GetString();
        await SwitchAsync(admin, key, new { enabled = true });

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, Route, null), (HttpMethod.Post, Route, new { provider = "openai", apiKey = "x", audience = "everyone" }),
            (HttpMethod.Put, $"{Route}/{id}", new { enabled = false }), (HttpMethod.Put, $"{Route}/{id}/secret", new { apiKey = "x" }), (HttpMethod.Delete, $"{Route}/{id}", null),
        })
            (await person.SendAsync(method, path, body)).Status.ShouldBe(403, path);
        foreach (var who in new[] { person, admin })
        {
            (await who.GetAsync("/api/provider-keys")).GetProperty("items").GetArrayLength().ShouldBe(0);
            (await who.SendAsync(HttpMethod.Patch, "/api/provider-keys/" + id, new { enabled = false })).Status.ShouldBe(404);
            (await who.SendAsync(HttpMethod.Put, $"/api/provider-keys/{id}/secret", new { apiKey = "x" })).Status.ShouldBe(404);
            (await who.SendAsync(HttpMethod.Delete, "/api/provider-keys/" + id)).Status.ShouldBe(404);
            (await who.SendAsync(HttpMethod.Post, "/api/providers/openai/test", new { keyId = id })).Status.ShouldBe(404);
            (await who.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", keyId = id })).Status.ShouldBe(404);
        }
        // It goes where it was given for, whatever address a person types.
        (await person.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", baseUrl = simulator.BaseUrlOf("openai-chat") + "/elsewhere" })).Status.ShouldBe(400);
        var (status, changed) = await admin.SendAsync(HttpMethod.Put, $"{Route}/{id}/secret", new { apiKey = "canary-newer" });
        (status, changed.GetProperty("fingerprint").GetString() == key.GetProperty("fingerprint").GetString()).ShouldBe((200, false));
        (await TryAskAsync(house, person)).ShouldBeNull();
        Talk.KeyOf(simulator.Simulation.Requests[^1]).ShouldBe("canary-newer");
        (await admin.GetAsync(Route)).ToString().ShouldNotContain("canary");
        (await admin.GetAsync("/api/admin/audit")).ToString().ShouldNotContain("canary");
        (await admin.GetAsync("/api/admin/audit?action=gateway.house-key-changed")).GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Theory, BothEngines]
    [Keeps("Z-040", "Z-042")]
    public async Task A_key_of_the_house_may_be_a_groups_and_has_budgets_of_its_own(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: new Simulation { Default = new Reply { Text = "ok", Usage = new ReplyUsage(11, 30) } });
        await using var house = await StartAsync(engine, simulator);
        var admin = await house.AdminAsync();
        var (first, second, outsider) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync());
        var group = (await admin.SendAsync(HttpMethod.Post, "/api/admin/groups", new { name = "Writers" })).Body.GetProperty("id").GetString();
        foreach (var member in new[] { first, second })
            (await admin.SendAsync(HttpMethod.Put, $"/api/admin/groups/{group}/members/{member.Id}")).Status.ShouldBe(204);
        (await admin.SendAsync(HttpMethod.Post, Route, new { provider = "openai", apiKey = Secret, audience = "group:" + Guid.CreateVersion7() })).Status.ShouldBe(400);
        var key = await AddAsync(admin, simulator, "group:" + group);
        await SwitchAsync(admin, key, new { enabled = true });

        (await TryAskAsync(house, first), await TryAskAsync(house, outsider)).ShouldBe((null, "key-missing"));
        object Budget(string owner, string kind = "house-key") => new { owner, kind, subject = kind == "all" ? null : key.GetProperty("id").GetString(), period = "day", unit = "messages", amount = owner == "each" ? "2" : "3" };
        (await admin.SendAsync(HttpMethod.Put, "/api/admin/budgets", Budget("each"))).Status.ShouldBe(200);
        (await admin.SendAsync(HttpMethod.Put, "/api/admin/budgets", Budget("everyone"))).Status.ShouldBe(200);
        foreach (var owner in new[] { first.Id.ToString(), "group:" + group })
            (await admin.SendAsync(HttpMethod.Put, "/api/admin/budgets", Budget(owner))).Status.ShouldBe(400, owner);
        (await first.SendAsync(HttpMethod.Put, "/api/budgets", new { kind = "house-key", subject = key.GetProperty("id").GetString(), period = "day", amount = "1" })).Status.ShouldBe(400);
        // Each two, all together three; the first one of it was before the budgets.
        (await TryAskAsync(house, first), await TryAskAsync(house, first)).ShouldBe((null, "messages-reached"));
        (await TryAskAsync(house, second), await TryAskAsync(house, second)).ShouldBe((null, "messages-reached"));
        // A key of one's own is not counted.
        await second.ChooseAsync(simulator, "openai", "gpt-5.4");
        (await TryAskAsync(house, second)).ShouldBeNull();
        (await admin.SendAsync(HttpMethod.Delete, $"{Route}/{key.GetProperty("id").GetString()}")).Status.ShouldBe(204);
        (await admin.GetAsync("/api/admin/budgets")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothEngines]
    [Keeps("Z-040")]
    public async Task A_key_in_the_settings_is_offered_to_the_admin_and_used_by_nobody_before(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var settings = new Dictionary<string, string> { ["OPENROUTER_API_KEY"] = Secret, ["OPENAI_API_KEY"] = "canary-not-offered", ["HOUSE_KEYS"] = "OPENROUTER_API_KEY" };
        await using var house = await StartAsync(engine, simulator, settings);
        var (admin, person) = (await house.AdminAsync(), await house.PersonAsync());

        (await admin.GetAsync(Route)).ToString().ShouldBe("""{"items":[],"offered":[{"setting":"OPENROUTER_API_KEY","provider":"openrouter"}]}""");
        (await TryAskAsync(house, person, "openrouter/openai/gpt-oss-120b")).ShouldBe("key-missing");
        foreach (var body in new object[] { new { provider = "openai", setting = "OPENAI_API_KEY", audience = "everyone" }, new { provider = "openai", setting = "OPENROUTER_API_KEY", audience = "everyone" }, new { provider = "openrouter", setting = "OPENROUTER_API_KEY", apiKey = "x", audience = "everyone" } })
            (await admin.SendAsync(HttpMethod.Post, Route, body)).Status.ShouldBe(400);
        var (status, key) = await admin.SendAsync(HttpMethod.Post, Route, new { provider = "openrouter", setting = "OPENROUTER_API_KEY", audience = "everyone", baseUrl = simulator.OpenAiBaseUrl });
        status.ShouldBe(201, key.ToString());
        await SwitchAsync(admin, key, new { enabled = true });
        (await TryAskAsync(house, person, "openrouter/openai/gpt-oss-120b")).ShouldBeNull();
        Talk.KeyOf(simulator.Simulation.Requests.ShouldHaveSingleItem()).ShouldBe(Secret);
    }

    private static Task<TestHouse> StartAsync(DatabaseEngine engine, SimulatorHost simulator, Dictionary<string, string>? settings = null) =>
        TestHouse.StartAsync(engine, new Dictionary<string, string>(settings ?? []) { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority });

    private static async Task<JsonElement> AddAsync(TestPerson admin, SimulatorHost simulator, string audience)
    {
        var (status, body) = await admin.SendAsync(HttpMethod.Post, Route, new { provider = "openai", apiKey = Secret, baseUrl = simulator.OpenAiBaseUrl, audience });
        status.ShouldBe(201, body.ToString());
        return body;
    }

    private static async Task<JsonElement> SwitchAsync(TestPerson admin, JsonElement key, object change)
    {
        var (status, body) = await admin.SendAsync(HttpMethod.Put, $"{Route}/{key.GetProperty("id").GetString()}", change);
        status.ShouldBe(200, body.ToString());
        return body;
    }

    private static async Task<string?[]> SharedAsync(TestPerson person) =>
        [.. (await person.GetAsync("/api/providers")).GetProperty("items").EnumerateArray().Where(item => item.TryGetProperty("sharedKey", out _)).Select(item => item.GetProperty("id").GetString())];

    /// <returns>The code of the failure; null when it was answered.</returns>
    private static async Task<string?> TryAskAsync(TestHouse house, TestPerson person, string model = "openai/gpt-5.4")
    {
        try
        {
            await house.AskAsync(Talk.Call(person, "hello", model: model, fallback: false));
            return null;
        }
        catch (ChatFailedException exception)
        {
            return exception.Failure.Code;
        }
    }
}
