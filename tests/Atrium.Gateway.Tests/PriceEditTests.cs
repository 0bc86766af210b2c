using System.Text.Json;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Prices;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class PriceEditTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private static readonly DateTimeOffset Today = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<DatabaseEngine> Postgres => TwoServers.Engine;

    [Theory, BothEngines]
    [Keeps("H-041")]
    public async Task An_admins_price_counts_from_its_day_on_and_past_calls_keep_theirs(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: new Simulation { Default = new Reply { Text = "ok", Usage = new ReplyUsage(1_000, 100) } });
        var clock = new FakeClock(Today);
        await using var house = await StartAsync(engine, simulator, clock);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();
        await person.ChooseAsync(simulator, "openai", "gpt-5.4");
        async Task<decimal?> CostAsync() => ((ChatBilled)(await house.AskAsync(person, "hello"))[^1]).Cost;

        (await CostAsync()).ShouldBe(((1_000 * 2.5m) + (100 * 15m)) / 1_000_000m);
        var tomorrow = await SetAsync(admin, new { provider = "openai", model = "gpt-5.4", from = "2026-11-21", input = "1", output = "2", request = "0.5" });
        (await CostAsync()).ShouldBe(((1_000 * 2.5m) + (100 * 15m)) / 1_000_000m);
        var now = await SetAsync(admin, new { provider = "openai", model = "gpt-5.4", input = "3", output = "4" });
        (await CostAsync()).ShouldBe(((1_000 * 3m) + (100 * 4m)) / 1_000_000m);
        clock.Advance(TimeSpan.FromHours(12));
        (await CostAsync()).ShouldBe(0.5m + (((1_000 * 1m) + (100 * 2m)) / 1_000_000m));
        foreach (var row in new[] { now, tomorrow })
            (await admin.SendAsync(HttpMethod.Delete, "/api/admin/prices/" + row.GetProperty("id").GetString())).Status.ShouldBe(204);
        (await CostAsync()).ShouldBe(((1_000 * 2.5m) + (100 * 15m)) / 1_000_000m);

        (await house.LedgerAsync(person)).Select(row => row.Cost).ShouldBe([0.004m, 0.004m, 0.0034m, 0.5012m, 0.004m], ignoreOrder: true);
        (await admin.SendAsync(HttpMethod.Delete, "/api/admin/prices/" + now.GetProperty("id").GetString())).Status.ShouldBe(404);
    }

    [Theory, BothEngines]
    public async Task Everybody_reads_prices_and_only_admins_set_them(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (admin, person) = (await house.AdminAsync(), await house.PersonAsync());
        var body = new { provider = "mistral", model = "a-model-of-ours", input = "1.25", output = "2", image = "0.1", longContext = new { above = 1_000, input = "2", output = "4" } };

        (await person.SendAsync(HttpMethod.Put, "/api/admin/prices", body)).Status.ShouldBe(403);
        var set = await SetAsync(admin, body);
        (await SetAsync(admin, body with { input = "1.5" })).GetProperty("id").GetString().ShouldBe(set.GetProperty("id").GetString());
        var found = (await person.GetAsync("/api/prices?search=A-MODEL-of")).GetProperty("items");
        found.GetArrayLength().ShouldBe(1);
        found[0].ToString().ShouldBe($$$"""{"id":"{{{set.GetProperty("id").GetString()}}}","provider":"mistral","model":"a-model-of-ours","source":"admin","unverified":false,"input":"1.5","output":"2","image":"0.1","longContext":{"above":1000,"input":"2","output":"4"}}""");
        var retired = (await person.GetAsync("/api/prices?search=anthropic/claude-sonnet-4-2025")).GetProperty("items")[0];
        (retired.GetProperty("retires").GetString(), retired.GetProperty("successor").GetString(), retired.GetProperty("source").GetString()).ShouldBe(("2026-06-15", "claude-sonnet-5", "built-in"));
        (await person.SendAsync(HttpMethod.Delete, "/api/admin/prices/" + set.GetProperty("id").GetString())).Status.ShouldBe(403);
    }

    [Theory, BothEngines]
    public async Task The_list_comes_in_pages_that_hold_every_price_once(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await person.GetAsync("/api/prices" + (next is null ? "" : "?cursor=" + Uri.EscapeDataString(next)));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.ToString()));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        while (next is not null);

        seen.ShouldBeUnique();
        seen.Count.ShouldBe(house.Services.GetRequiredService<PriceTable>().All.Count());
        (await person.SendAsync(HttpMethod.Get, "/api/prices?cursor=nonsense")).Status.ShouldBe(400);
    }

    [Theory, BothEngines]
    public async Task Refuses_prices_that_make_no_sense(DatabaseEngine engine)
    {
        var admin = await (await houses.OnAsync(engine)).AdminAsync();

        foreach (var (field, body) in new (string, string)[]
        {
            ("provider", """{"provider":"nobody","model":"m","input":"1","output":"1"}"""),
            ("model", """{"provider":"openai","model":" ","input":"1","output":"1"}"""),
            ("input", """{"provider":"openai","model":"m"}"""),
            ("input", """{"provider":"openai","model":"m","input":"-1","output":"1"}"""),
            ("output", """{"provider":"openai","model":"m","input":"1"}"""),
            ("output", """{"provider":"openai","model":"m","input":"1","output":"1000001"}"""),
            ("from", """{"provider":"openai","model":"m","input":"1","output":"1","from":"1999-12-31"}"""),
            ("longContext.cached", """{"provider":"openai","model":"m","input":"1","output":"1","longContext":{"above":1,"input":"1","output":"1","cached":"-1"}}"""),
        })
        {
            var (status, answer) = await admin.SendAsync(HttpMethod.Put, "/api/admin/prices", body);
            status.ShouldBe(400, body);
            answer.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field, body);
        }
        foreach (var body in (string[])["{}", "[]", """{"provider":"openai","model":"m","input":1,"output":1}""", """{"provider":"openai","model":"m","input":"1e3","output":"1"}""", """{"provider":"openai","model":"m","input":"1","output":"1","from":"yesterday"}""",
            """{"provider":"openai","model":"m","input":"1","output":"1","longContext":{"above":0,"input":"1","output":"1"}}""", """{"provider":"openai","model":"m","input":"1","output":"1","longContext":{}}"""])
            (await admin.SendAsync(HttpMethod.Put, "/api/admin/prices", body)).Status.ShouldBe(400, body);
    }

    [Theory, MemberData(nameof(Postgres))]
    public async Task A_price_set_on_one_server_soon_counts_on_the_other(DatabaseEngine engine)
    {
        await using var servers = await TwoServers.StartAsync(engine);
        var admin = await servers.First.AdminAsync();

        await SetAsync(admin, new { provider = "openai", model = "gpt-5.4", input = "7", output = "8" });

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (servers.Second.Services.GetRequiredService<PriceTable>().Find("openai", "gpt-5.4", Today)!.Input != 7)
            await Task.Delay(50, patience.Token);
    }

    [Theory, BothEngines]
    [Keeps("H-041")]
    public async Task The_plans_settings_change_the_rates_of_their_models(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string>
        {
            ["CLAUDE_INPUT_COST_PER_M"] = "4.0",
            ["GEMINI_OUTPUT_COST_PER_M"] = "11",
            ["NANO_BANANA_COST_PER_IMAGE"] = "0.2",
        });
        var prices = house.Services.GetRequiredService<PriceTable>();
        var admin = await house.AdminAsync();

        (prices.Find("anthropic", "claude-sonnet-5", Today)!.Input, prices.Find("anthropic", "claude-sonnet-5", Today)!.Output, prices.Find("anthropic", "claude-sonnet-5", Today)!.Cached).ShouldBe((4m, 10m, 0.4m));
        prices.Find("anthropic", "claude-opus-5", Today)!.Input.ShouldBe(5m);
        (prices.Find("google-gemini", "gemini-2.5-pro", Today)!.Input, prices.Find("google-gemini", "gemini-2.5-pro", Today)!.Output).ShouldBe((1.25m, 11m));
        prices.Find("google-gemini", "gemini-3-pro-image", Today)!.Image.ShouldBe(0.2m);
        (await admin.GetAsync("/api/prices?search=claude-sonnet-5")).GetProperty("items")[0].GetProperty("source").GetString().ShouldBe("setting");
        await SetAsync(admin, new { provider = "anthropic", model = "claude-sonnet-5", input = "9", output = "9" });
        prices.Find("anthropic", "claude-sonnet-5", Today)!.Input.ShouldBe(9m);
    }

    [Theory, BothEngines]
    public async Task A_retired_model_answers_with_its_successors_name(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var house = await StartAsync(engine, simulator, new FakeClock(Today));
        var person = await house.PersonAsync();
        await person.ChooseAsync(simulator, "openai", "gpt-3.5-turbo");
        simulator.Simulation.Enqueue(new Reply { Fault = Fault.ModelNotFound }, new Reply { Fault = Fault.ModelNotFound });

        var retired = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Talk.Call(person, "hello", fallback: false)));
        var unknown = await Should.ThrowAsync<ChatFailedException>(() => house.AskAsync(Talk.Call(person, "hello", model: "openai/gpt-5.4", fallback: false)));

        (retired.Failure.Code, retired.Failure.Values!.Successor).ShouldBe(("model-retired", "gpt-5.4-nano"));
        retired.Failure.Title.ShouldContain("gpt-5.4-nano");
        (unknown.Failure.Code, unknown.Failure.Values!.Successor).ShouldBe(("model-not-found", null));
    }

    [Fact]
    public void Defaults_and_successors_are_models_that_live()
    {
        var prices = PriceTable.ReadEmbedded();
        var soon = Today.AddDays(30);
        bool Lives(string provider, string model) => prices.Find(provider, model, Today)?.Retires is not { } day || day > DateOnly.FromDateTime(soon.UtcDateTime);

        foreach (var provider in ProviderCatalogue.Default.Providers.Where(provider => provider.DefaultModel is not null))
            Lives(provider.Id, provider.DefaultModel!).ShouldBeTrue($"{provider.Id}/{provider.DefaultModel}");
        var personas = PersonaModels.ReadEmbedded();
        foreach (var provider in ProviderCatalogue.Default.Providers)
        {
            foreach (var persona in new[] { "diszi", "zily" })
                Lives(provider.Id, personas.Find(persona, provider.Id) ?? "").ShouldBeTrue($"{persona} {provider.Id}");
        }
        var ended = prices.All.Where(price => price.Retires is not null).ToList();
        ended.ShouldNotBeEmpty();
        foreach (var price in ended)
        {
            price.Successor.ShouldNotBeNull(price.Model);
            prices.Find(price.Provider, price.Successor, Today).ShouldNotBeNull(price.Model).Retires.ShouldBeNull(price.Model);
        }
    }

    private static async Task<JsonElement> SetAsync(TestPerson admin, object price)
    {
        var (status, body) = await admin.SendAsync(HttpMethod.Put, "/api/admin/prices", price);
        status.ShouldBe(200, body.ToString());
        return body;
    }

    private static Task<TestHouse> StartAsync(DatabaseEngine engine, SimulatorHost simulator, TimeProvider clock) =>
        TestHouse.StartAsync(engine, new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority }, services => services.AddSingleton(clock));
}
