using Atrium.Contracts.Gateway;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class CostTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    [Keeps("H-021", "H-040", "H-042")]
    public async Task The_ledger_and_the_summary_equal_the_sums_made_by_hand(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 19, 23, 30, 0, TimeSpan.Zero));
        await using var house = await StartAsync(engine, simulator, clock);
        var person = await house.PersonAsync();
        await person.ChooseAsync(simulator, "openai");

        // gpt-5.4: 2.5 in, 0.25 cached, 15 out, per million; above 272,000 of input 5 and 22.5, cached in proportion 0.5.
        var first = await AskAsync(house, simulator, person, "gpt-5.4", new ReplyUsage(1_000_003, 7, Cached: 3));
        var second = await AskAsync(house, simulator, person, "gpt-5.4", new ReplyUsage(100, 50, Cached: 40, Reasoning: 20));
        clock.Advance(TimeSpan.FromHours(1));
        // gpt-5.4-nano: 0.2 in, 1.25 out.
        var third = await AskAsync(house, simulator, person, "gpt-5.4-nano", new ReplyUsage(7, 1));
        var unpriced = await AskAsync(house, simulator, person, "nobody-knows", new ReplyUsage(10, 20));
        var summary = await person.GetAsync("/api/costs?days=30");
        var today = await person.GetAsync("/api/costs/today");

        first.Cost.ShouldBe(((1_000_000 * 5m) + (3 * 0.5m) + (7 * 22.5m)) / 1_000_000m);
        second.Cost.ShouldBe(((60 * 2.5m) + (40 * 0.25m) + (50 * 15m)) / 1_000_000m);
        second.Usage.ShouldBe(new TokenUsage(100, 40, 50, 20, false));
        third.Cost.ShouldBe(((7 * 0.2m) + (1 * 1.25m)) / 1_000_000m);
        unpriced.Cost.ShouldBeNull();
        (await house.LedgerAsync(person)).Select(row => row.Cost).ShouldBe([first.Cost, second.Cost, third.Cost, null], ignoreOrder: true);
        summary.ToString().ShouldBe(
            """{"period_days":30,"start_date":"2026-10-21","end_date":"2026-11-20","total_cost":5.00,"total_requests":4,"total_images":0,"by_model":{"gpt-5.4":{"cost":5.00,"requests":2,"input_tokens":1000103,"output_tokens":57,"images":0},"gpt-5.4-nano":{"cost":0.00,"requests":1,"input_tokens":7,"output_tokens":1,"images":0},"nobody-knows":{"cost":0.00,"requests":1,"input_tokens":10,"output_tokens":20,"images":0}},"daily":[{"date":"2026-11-19","cost":5.00,"requests":2},{"date":"2026-11-20","cost":0.00,"requests":2}]}""");
        today.ToString().ShouldBe("""{"spent":"0.00000265","limit":null}""");
    }

    [Theory, BothEngines]
    [Keeps("H-021", "H-022")]
    public async Task Days_outside_a_year_are_refused_and_everybodys_costs_are_for_admins(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (admin, person) = (await house.AdminAsync(), await house.PersonAsync());

        foreach (var days in new[] { "0", "366", "-1", "many", "1.5", "99999999999" })
        {
            (await person.SendAsync(HttpMethod.Get, "/api/costs?days=" + days)).Status.ShouldBe(400, days);
            (await admin.SendAsync(HttpMethod.Get, "/api/costs/admin/all?days=" + days)).Status.ShouldBe(400, days);
        }
        (await person.SendAsync(HttpMethod.Get, "/api/costs?days=1")).Status.ShouldBe(200);
        (await person.SendAsync(HttpMethod.Get, "/api/costs?days=365")).Status.ShouldBe(200);
        (await person.SendAsync(HttpMethod.Get, "/api/costs/admin/all")).Status.ShouldBe(403);
    }

    [Theory, BothEngines]
    [Keeps("H-031", "H-022", "L-064")]
    public async Task Sums_are_exact_under_concurrent_writers(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: new Simulation { Default = new Reply { Text = "ok", Usage = new ReplyUsage(11, 3) } });
        await using var house = await StartAsync(engine, simulator, null);
        var people = new List<TestPerson>();
        for (var index = 0; index < 4; index++)
        {
            people.Add(await house.PersonAsync());
            await people[index].ChooseAsync(simulator, "openai", "gpt-5.4");
        }

        await Task.WhenAll(Enumerable.Range(0, 200).Select(index => house.AskAsync(people[index % people.Count], "hello")));

        var each = ((11 * 2.5m) + (3 * 15m)) / 1_000_000m;
        foreach (var person in people)
        {
            var rows = await house.LedgerAsync(person);
            rows.Count.ShouldBe(50);
            rows.Sum(row => row.Cost).ShouldBe(50 * each);
            (await person.GetAsync("/api/costs/today")).GetProperty("spent").GetString().ShouldBe("0.003625");
        }
        var all = await (await house.AdminAsync()).GetAsync("/api/costs/admin/all");
        all.GetProperty("total_requests").GetInt64().ShouldBe(200);
        all.GetProperty("by_model").GetProperty("gpt-5.4").GetProperty("input_tokens").GetInt64().ShouldBe(2_200);
        all.GetProperty("total_cost").GetDecimal().ShouldBe(0.01m);
    }

    [Theory, BothEngines]
    [Keeps("H-040")]
    public async Task Cumulative_and_missing_counts_are_billed_once_and_marked(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var house = await StartAsync(engine, simulator, null);
        var person = await house.PersonAsync();
        await person.ChooseAsync(simulator, "perplexity", "sonar");

        simulator.Simulation.Enqueue(new Reply { Text = "one two three four", Usage = new ReplyUsage(40, 4), UsagePlace = UsagePlace.OnEveryChunk });
        var growing = (ChatBilled)(await house.AskAsync(person, "hello"))[^1];
        simulator.Simulation.Enqueue(new Reply { Text = "one two three four", UsagePlace = UsagePlace.Nowhere });
        var silent = (ChatBilled)(await house.AskAsync(person, "hello"))[^1];

        growing.Usage.ShouldBe(new TokenUsage(40, 0, 4, 0, false));
        growing.Cost.ShouldBe(44m / 1_000_000m);
        silent.Usage.IsEstimated.ShouldBeTrue();
        silent.Usage.Output.ShouldBeGreaterThan(0);
        (await house.LedgerAsync(person)).Select(row => row.Estimated).ShouldBe([false, true], ignoreOrder: true);
    }

    [Theory, BothEngines]
    [Keeps("H-040")]
    public async Task What_a_provider_says_it_charged_counts_more_than_the_table(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var house = await StartAsync(engine, simulator, null);
        var person = await house.PersonAsync();
        await person.ChooseAsync(simulator, "openrouter", "anthropic/claude-sonnet-4.6");
        simulator.Simulation.Enqueue(new Reply
        {
            ContentType = "application/json",
            Body = """{"id":"x","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2,"cost":0.000123456789}}""",
        });

        var bill = (ChatBilled)(await house.AskAsync(person, "hello"))[^1];

        bill.Cost.ShouldBe(0.000123456789m);
        bill.Usage.ShouldBe(new TokenUsage(10, 0, 2, 0, false));
        (await house.LedgerAsync(person)).ShouldHaveSingleItem().Cost.ShouldBe(bill.Cost);
    }

    private static Task<TestHouse> StartAsync(DatabaseEngine engine, SimulatorHost simulator, TimeProvider? clock) =>
        TestHouse.StartAsync(engine, new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority }, services =>
        {
            if (clock is not null)
                services.AddSingleton(clock);
        });

    private static async Task<ChatBilled> AskAsync(TestHouse house, SimulatorHost simulator, TestPerson person, string model, ReplyUsage usage)
    {
        simulator.Simulation.Enqueue(new Reply { Text = "ok", Usage = usage });
        return (ChatBilled)(await house.AskAsync(Talk.Call(person, "hello", model: "openai/" + model)))[^1];
    }
}
