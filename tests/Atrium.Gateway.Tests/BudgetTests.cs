using System.Text.Json;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Budgets;
using Atrium.Platform.Data;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class BudgetTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const string Path = "/v1/chat/completions";

    public static TheoryData<DatabaseEngine> Postgres => TwoServers.Engine;

    // gpt-5.4: 2.5 in and 15 out, per million.
    private const decimal Each = ((11 * 2.5m) + (30 * 15m)) / 1_000_000m;

    [Theory, BothEngines]
    [Keeps("H-044", "Z-042")]
    public async Task Two_hundred_calls_at_the_edge_overspend_by_one_at_most(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var person = await PersonAsync(house, simulator);
        var budget = (20 * Each) + (Each / 2);
        await SetAsync(person, new { kind = "all", period = "day", amount = budget.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        // Each may write 40 tokens and writes 30: what is held for it is more than it needs.
        async Task<bool> TryAsync() => (await TryAskAsync(house, person, 40)) is null;

        var answered = 0;
        for (var round = 0; round < 3; round++)
            answered += (await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => TryAsync()))).Count(isAnswered => isAnswered);

        var spent = (await house.LedgerAsync(person)).Sum(row => row.Cost);
        answered.ShouldBeInRange(1, 21);
        spent.ShouldBe(answered * Each);
        spent!.Value.ShouldBeLessThanOrEqualTo(budget + Each);
        // Nothing is held for ever: one after another, the rest is spent.
        while (await TryAsync())
            answered++;
        (await house.LedgerAsync(person)).Sum(row => row.Cost)!.Value.ShouldBeInRange(budget, budget + Each);
        simulator.Simulation.Requests.Count.ShouldBe(answered);
    }

    [Theory, MemberData(nameof(Postgres))]
    [Keeps("H-044")]
    public async Task Two_servers_on_one_database_overspend_by_one_call_at_most(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var person = await PersonAsync(house, simulator);
        var budget = (20 * Each) + (Each / 2);
        await SetAsync(person, new { kind = "all", period = "month", amount = budget.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        using var second = new SecondServer(house);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(index => index % 2 == 0 ? TryAskAsync(house, person, 40) : second.TryAskAsync(Question(person, 40))));

        var spent = (await house.LedgerAsync(person)).Sum(row => row.Cost)!.Value;
        spent.ShouldBe(outcomes.Count(failure => failure is null) * Each);
        spent.ShouldBeLessThanOrEqualTo(budget + Each);
    }

    [Theory, BothEngines]
    [Keeps("H-044", "Z-042")]
    public async Task Programs_that_call_two_hundred_times_at_the_edge_overspend_by_one_at_most(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var person = await PersonAsync(house, simulator);
        var (_, secret) = await person.MakeApiKeyAsync();
        var budget = (20 * Each) + (Each / 2);
        await SetAsync(person, new { period = "day", amount = budget.ToString(System.Globalization.CultureInfo.InvariantCulture) });

        var answered = await FloodAsync(index => house.RequestAsync(secret, index % 2 == 0 ? Path : "/v1/messages", AtTheEdge));

        await ShouldHaveSpentAsync(person, budget, answered, simulator);
        while ((await house.RequestAsync(secret, Path, AtTheEdge)).Status == 200)
            answered++;
        await ShouldHaveSpentAsync(person, budget, answered, simulator);
        answered.ShouldBeInRange(20, 22);
    }

    [Theory, MemberData(nameof(Postgres))]
    [Keeps("H-044", "Z-042")]
    public async Task Programs_that_call_two_servers_at_the_edge_overspend_by_one_at_most(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var servers = await TwoServers.StartAsync(engine, new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority });
        var person = await PersonAsync(servers.First, simulator);
        var (_, secret) = await person.MakeApiKeyAsync();
        var budget = (20 * Each) + (Each / 2);
        await SetAsync(person, new { period = "month", amount = budget.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await UntilAsync(async () => (await servers.Second.WithToken(person.Token, person.Id, person.Username).GetAsync("/api/budgets")).GetProperty("items").GetArrayLength() == 1);
        // Until the other server has read it, its calls are not counted against it before they are made.
        await UntilAsync(() => Task.FromResult(servers.Second.Services.GetRequiredService<BudgetList>().OwnedBy(person.Id).Any()));

        var answered = await FloodAsync(index => (index % 2 == 0 ? servers.First : servers.Second).RequestAsync(secret, index % 4 < 2 ? Path : "/v1/messages", AtTheEdge));

        answered.ShouldBeInRange(1, 21);
        await UntilAsync(async () => (await person.GetAsync("/api/costs")).GetProperty("total_requests").GetInt32() == answered);
        await ShouldHaveSpentAsync(person, budget, answered, simulator);
    }

    [Theory, MemberData(nameof(Postgres))]
    [Keeps("H-044")]
    public async Task A_budget_set_on_one_server_soon_counts_on_the_other(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var servers = await TwoServers.StartAsync(engine, new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority });
        var person = await PersonAsync(servers.First, simulator);
        (await TryAskAsync(servers.Second, person, 40)).ShouldBeNull();

        var set = await SetAsync(person, new { kind = "all", period = "day", amount = "0.0000001" });
        (await TryAskAsync(servers.First, person, 40)).ShouldBe("budget-reached");
        await UntilAsync(async () => await TryAskAsync(servers.Second, person, 40) == "budget-reached");

        (await servers.Second.WithToken(person.Token, person.Id, person.Username).SendAsync(HttpMethod.Delete, "/api/budgets/" + set.GetProperty("id").GetString())).Status.ShouldBe(204);
        (await TryAskAsync(servers.Second, person, 40)).ShouldBeNull();
        await UntilAsync(async () => await TryAskAsync(servers.First, person, 40) is null);
    }

    [Theory, BothEngines]
    public async Task What_a_killed_server_held_counts_as_spent_and_what_a_stopped_one_held_does_not(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var person = await PersonAsync(house, simulator);
        await SetAsync(person, new { kind = "all", period = "month", amount = "1" });
        (await TryAskAsync(house, person, 40)).ShouldBeNull();
        // A server that holds a part of the budget and never says goodbye.
        using (var killed = new SecondServer(house))
            await killed.HoldAsync(Question(person, 40_000));

        await house.RestartAsync();
        var item = (await person.GetAsync("/api/budgets")).GetProperty("items")[0];

        decimal.Parse(item.GetProperty("spent").GetString()!).ShouldBe(Each);
        // 8,192 tokens at most, the question twice, and the slice for the calls after it.
        decimal.Parse(item.GetProperty("held").GetString()!).ShouldBeGreaterThanOrEqualTo(8_192 * 15m / 1_000_000m);
        (await house.LedgerAsync(person)).Count.ShouldBe(1);
    }

    [Theory, BothEngines]
    [Keeps("H-044")]
    public async Task Each_kind_of_budget_counts_its_own_calls_and_begins_anew_with_its_period(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 30, 23, 0, 0, TimeSpan.Zero));
        await using var house = await StartAsync(engine, simulator, clock: clock);
        var person = await PersonAsync(house, simulator);
        var (keyId, secret) = await person.MakeApiKeyAsync(new { name = "a", budget = (Each / 2).ToString(System.Globalization.CultureInfo.InvariantCulture) });
        var (_, free) = await person.MakeApiKeyAsync();
        await SetAsync(person, new { kind = "model", subject = "openai/gpt-5.4-nano", period = "day", unit = "tokens", amount = "50" });
        await SetAsync(person, new { kind = "module", subject = "tests", period = "day", unit = "messages", amount = "1" });
        async Task<string?> CallAsync(string key, string model) =>
            await house.RequestAsync(key, Path, new { model, max_tokens = 40, messages = new[] { new { role = "user", content = "Hello" } } }) is var (status, body) && status == 200 ? null : Programs.CodeOf(body);

        (await CallAsync(secret, "gpt-5.4"), await CallAsync(secret, "gpt-5.4"), await CallAsync(free, "gpt-5.4")).ShouldBe((null, "insufficient_quota", null));
        (await CallAsync(free, "gpt-5.4-nano"), await CallAsync(free, "gpt-5.4-nano"), await CallAsync(free, "gpt-5.4-nano")).ShouldBe((null, null, "insufficient_quota"));
        (await TryAskAsync(house, person, 40), await TryAskAsync(house, person, 40)).ShouldBe((null, "messages-reached"));
        var states = (await person.GetAsync("/api/budgets")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("state").GetString());
        states.ShouldBe(["reached", "reached", "reached"]);
        clock.Advance(TimeSpan.FromHours(1));
        (await CallAsync(secret, "gpt-5.4"), await CallAsync(free, "gpt-5.4-nano"), await TryAskAsync(house, person, 40)).ShouldBe((null, null, null));
    }

    [Theory, BothEngines]
    public async Task A_reached_budget_is_told_in_the_callers_own_words_and_the_web_app_falls_back(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var admin = await house.AdminAsync();
        var person = await PersonAsync(house, simulator);
        var (_, secret) = await person.MakeApiKeyAsync();
        (await TryAskAsync(house, person, 40)).ShouldBeNull();
        // What was spent before it was set counts.
        (await admin.SendAsync(HttpMethod.Put, "/api/admin/budgets", new { owner = "each", kind = "all", period = "month", amount = "0.0001" })).Status.ShouldBe(200);

        var openai = await house.RequestAsync(secret, Path, Programs.Chat("Hello", "gpt-5.4"));
        var anthropic = await house.RequestAsync(secret, "/v1/messages", new { model = "gpt-5.4", max_tokens = 10, messages = new[] { new { role = "user", content = "Hello" } } });
        var web = await house.AskAsync(person, "2+2");
        var mine = (await person.GetAsync("/api/budgets")).GetProperty("items")[0];

        (openai.Status, Programs.TypeOf(openai.Body)).ShouldBe((429, "insufficient_quota"));
        (anthropic.Status, Programs.TypeOf(anthropic.Body)).ShouldBe((429, "billing_error"));
        web.OfType<ChatRouted>().Select(route => (route.Provider, route.FellBackFrom?.Code)).ShouldBe([("openai", null), ("offline", "budget-reached")]);
        mine.GetProperty("state").GetString().ShouldBe("reached");
        mine.GetProperty("setBy").GetString().ShouldBe("admin");
        (await person.SendAsync(HttpMethod.Delete, "/api/budgets/" + mine.GetProperty("id").GetString())).Status.ShouldBe(404);
        (await person.SendAsync(HttpMethod.Get, "/api/admin/budgets")).Status.ShouldBe(403);
        simulator.Simulation.Requests.Count.ShouldBe(1);
    }

    [Theory, BothEngines]
    [Keeps("H-044")]
    public async Task A_lowered_budget_stops_the_next_call_and_a_raised_one_lets_it_go(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var person = await PersonAsync(house, simulator);
        await SetAsync(person, new { period = "month", amount = "100" });
        (await TryAskAsync(house, person, 40)).ShouldBeNull();

        await SetAsync(person, new { period = "month", amount = "0.0001" });
        (await TryAskAsync(house, person, 40)).ShouldBe("budget-reached");
        await SetAsync(person, new { period = "month", amount = "100" });
        (await TryAskAsync(house, person, 40)).ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task Calls_are_judged_by_budgets_and_prices_in_memory(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var person = await PersonAsync(house, simulator);
        await SetAsync(person, new { period = "day", amount = "1" });
        (await TryAskAsync(house, person, 40)).ShouldBeNull();

        // Whoever still asked these tables would fail.
        foreach (var table in new[] { "gateway_budgets", "gateway_prices" })
            await house.Services.GetRequiredService<Databases>().Main.ExecuteAsync($"DROP TABLE {table}", null, default);

        (await TryAskAsync(house, person, 40)).ShouldBeNull();
        (await house.LedgerAsync(person)).Sum(row => row.Cost).ShouldBe(2 * Each);
    }

    [Theory, BothEngines]
    public async Task Periods_long_past_are_forgotten_and_the_present_one_is_not(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var person = await PersonAsync(house, simulator);
        await SetAsync(person, new { period = "day", amount = "1" });
        (await TryAskAsync(house, person, 40)).ShouldBeNull();
        var database = house.Services.GetRequiredService<Databases>().Main;
        await database.ExecuteAsync("INSERT INTO gateway_budget_accounts (budget_id, person, period_start, spent) SELECT budget_id, person, 0, 5 FROM gateway_budget_accounts", null, default);

        await house.Services.GetRequiredService<BudgetKeeper>().ForgetAsync(default);

        (await database.ScalarAsync<long>("SELECT COUNT(*) FROM gateway_budget_accounts", null, default)).ShouldBe(1);
        (await person.GetAsync("/api/budgets")).GetProperty("items")[0].GetProperty("spent").GetString().ShouldBe(new Money(Each).ToString());
    }

    [Theory, BothEngines]
    public async Task A_model_without_a_price_is_not_called_where_money_is_counted(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var person = await PersonAsync(house, simulator);
        await SetAsync(person, new { kind = "all", period = "day", amount = "5" });

        (await TryAskAsync(house, person, 40, "openai/nobody-knows")).ShouldBe("price-unknown");
        simulator.Simulation.Requests.ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task A_call_that_fails_unbilled_gives_back_what_it_held(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var person = await PersonAsync(house, simulator);
        await SetAsync(person, new { kind = "all", period = "day", unit = "messages", amount = "1" });
        simulator.Simulation.Enqueue(new Reply { Fault = Fault.KeyRefused }, new Reply { Fault = Fault.QuotaExhausted });

        (await TryAskAsync(house, person, 40), await TryAskAsync(house, person, 40)).ShouldBe(("key-refused", "quota-exhausted"));
        (await TryAskAsync(house, person, 40), await TryAskAsync(house, person, 40)).ShouldBe((null, "messages-reached"));
    }

    [Theory, BothEngines]
    [Keeps("L-110")]
    public async Task Messages_a_day_are_a_setting_that_is_off_by_default(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator, new Dictionary<string, string> { ["MESSAGES_PER_DAY"] = "4" });
        var person = await PersonAsync(house, simulator);
        var (_, secret) = await person.MakeApiKeyAsync();
        var other = await PersonAsync(house, simulator);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await house.RequestAsync(secret, Path, Programs.Chat("Hello", "gpt-5.4"))).Status));
        await house.AskAsync(Question(person, 40) with { Feature = "title", AllowsFallback = false });

        statuses.Count(status => status == 200).ShouldBe(4);
        statuses.Count(status => status == 429).ShouldBe(16);
        (await TryAskAsync(house, other, 40)).ShouldBeNull();
        (await houses.OnAsync(engine)).Services.GetRequiredService<Platform.Configuration.HouseSettings>().MessagesPerDay.ShouldBe(0);
    }

    [Theory, BothEngines]
    [Keeps("Z-042")]
    public async Task A_groups_members_share_one_monthly_quota_of_tokens_or_money(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var admin = await house.AdminAsync();
        var (first, second, outsider) = (await PersonAsync(house, simulator), await PersonAsync(house, simulator), await PersonAsync(house, simulator));
        var group = (await admin.SendAsync(HttpMethod.Post, "/api/admin/groups", new { name = "Writers" })).Body.GetProperty("id").GetString();
        foreach (var member in new[] { first, second })
            (await admin.SendAsync(HttpMethod.Put, $"/api/admin/groups/{group}/members/{member.Id}")).Status.ShouldBe(204);
        // Spent before the budget is set: by the members and by another.
        (await TryAskAsync(house, first, 40), await TryAskAsync(house, outsider, 40)).ShouldBe((null, null));

        var (status, set) = await admin.SendAsync(HttpMethod.Put, "/api/admin/budgets", new { owner = "group:" + group, period = "month", unit = "tokens", amount = "100" });
        (status, set.GetProperty("ownerName").GetString(), set.GetProperty("spent").GetString()).ShouldBe((200, "Writers", "41"));
        (await TryAskAsync(house, second, 40)).ShouldBeNull();
        (await TryAskAsync(house, first, 40)).ShouldBeNull();
        (await TryAskAsync(house, first, 40), await TryAskAsync(house, second, 40), await TryAskAsync(house, outsider, 40)).ShouldBe(("budget-reached", "budget-reached", null));

        var mine = (await second.GetAsync("/api/budgets")).GetProperty("items");
        mine.GetArrayLength().ShouldBe(1);
        (mine[0].GetProperty("owner").GetString(), mine[0].GetProperty("ownerName").GetString(), mine[0].GetProperty("spent").GetString(), mine[0].GetProperty("state").GetString()).ShouldBe(("group:" + group, "Writers", "123", "reached"));
        (await outsider.GetAsync("/api/budgets")).GetProperty("items").GetArrayLength().ShouldBe(0);
        // Who leaves the group leaves its budget.
        (await admin.SendAsync(HttpMethod.Delete, $"/api/admin/groups/{group}/members/{second.Id}")).Status.ShouldBe(204);
        (await TryAskAsync(house, second, 40)).ShouldBeNull();
        foreach (var owner in new[] { "group:" + Guid.CreateVersion7(), "group:", "group:x", first.Id.ToString("N"), "nobody" })
            (await admin.SendAsync(HttpMethod.Put, "/api/admin/budgets", new { owner, period = "month", amount = "1" })).Status.ShouldBe(400, owner);
    }

    [Theory, BothEngines]
    [Keeps("H-044")]
    public async Task A_nearly_used_budget_shows_and_is_told_to_the_admins_once(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        await using var house = await StartAsync(engine, simulator);
        var admin = await house.AdminAsync();
        var person = await PersonAsync(house, simulator);
        var budget = await SetAsync(person, new { period = "month", unit = "messages", amount = "10", alertPercent = 50 });
        async Task<string?> StateAsync() => (await person.GetAsync("/api/budgets")).GetProperty("items")[0].GetProperty("state").GetString();

        for (var call = 0; call < 4; call++)
            (await TryAskAsync(house, person, 40)).ShouldBeNull();
        (await StateAsync()).ShouldBe("ok");
        (await AlertsAsync()).ShouldBeEmpty();
        for (var call = 0; call < 6; call++)
            (await TryAskAsync(house, person, 40)).ShouldBeNull();
        (await StateAsync()).ShouldBe("reached");
        (await TryAskAsync(house, person, 40)).ShouldBe("messages-reached");
        (await AlertsAsync()).ShouldBe([budget.GetProperty("id").GetString()]);

        async Task<string?[]> AlertsAsync() => [.. (await admin.GetAsync("/api/admin/audit?action=gateway.budget-nearly-used")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("target").GetString())];
    }

    [Theory, BothEngines]
    [Keeps("B-011")]
    public async Task A_key_may_have_limits_of_its_own(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        await using var house = await StartAsync(engine, simulator, clock: clock);
        var person = await PersonAsync(house, simulator);
        var (_, twice) = await person.MakeApiKeyAsync(new { name = "a", requestsPerMinute = 2 });
        var (_, words) = await person.MakeApiKeyAsync(new { name = "a", tokensPerMinute = 50 });
        async Task<int> CallAsync(string secret) => (await house.RequestAsync(secret, Path, Programs.Chat("Hello", "gpt-5.4"))).Status;

        (await CallAsync(twice), await CallAsync(twice), await CallAsync(twice)).ShouldBe((200, 200, 429));
        (await CallAsync(words), await CallAsync(words), await CallAsync(words)).ShouldBe((200, 200, 429));
        clock.Advance(TimeSpan.FromMinutes(1));
        (await CallAsync(twice), await CallAsync(words)).ShouldBe((200, 200));
    }

    [Theory, BothEngines]
    [Keeps("B-011")]
    public async Task A_person_may_have_limits_over_all_programs_and_the_web_app(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: Billing());
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        await using var house = await StartAsync(engine, simulator, new Dictionary<string, string> { ["PERSON_REQUESTS_PER_MINUTE"] = "3", ["PERSON_TOKENS_PER_MINUTE"] = "100" }, clock);
        var (person, other) = (await PersonAsync(house, simulator), await PersonAsync(house, simulator));
        var (_, one) = await person.MakeApiKeyAsync();
        var (_, two) = await person.MakeApiKeyAsync();
        async Task<int> CallAsync(string secret) => (await house.RequestAsync(secret, Path, Programs.Chat("Hello", "gpt-5.4"))).Status;

        // 41 tokens each: the third begins under the limit and ends above it.
        (await CallAsync(one), await CallAsync(two), await TryAskAsync(house, person, 40)).ShouldBe((200, 200, null));
        (await CallAsync(one), await TryAskAsync(house, person, 40), await TryAskAsync(house, other, 40)).ShouldBe((429, "limit-reached", null));
        clock.Advance(TimeSpan.FromMinutes(1));
        (await CallAsync(one), await CallAsync(two), await CallAsync(one), await CallAsync(two)).ShouldBe((200, 200, 200, 429));
    }

    [Theory, BothEngines]
    [Keeps("B-011")]
    public async Task No_more_calls_run_at_the_same_time_than_a_person_may_have(DatabaseEngine engine)
    {
        await using var simulator = await SimulatorHost.StartAsync(simulation: new Simulation { Default = new Reply { Fault = Fault.StallBeforeHeaders } });
        await using var house = await StartAsync(engine, simulator, new Dictionary<string, string> { ["PERSON_CONCURRENT_CALLS"] = "2" });
        var person = await PersonAsync(house, simulator);
        using var leave = new CancellationTokenSource();
        var running = Enumerable.Range(0, 2).Select(_ => house.AskAsync(Question(person, 40), leave.Token)).ToList();
        await UntilAsync(() => Task.FromResult(simulator.Simulation.Requests.Count == 2));

        (await TryAskAsync(house, person, 40)).ShouldBe("limit-reached");
        await leave.CancelAsync();
        foreach (var call in running)
            await Should.ThrowAsync<OperationCanceledException>(call);
        simulator.Simulation.Default = new Reply { Text = "ok", Usage = new ReplyUsage(11, 30) };
        (await TryAskAsync(house, person, 40)).ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task Refuses_budgets_that_make_no_sense(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        foreach (var body in (string[])["{}", """{"period":"day","amount":5}""", """{"period":"day","amount":"0"}""", """{"period":"day","amount":"-1"}""", """{"period":"day","amount":"1e9"}""", """{"period":"day","amount":"99999999"}""",
            """{"period":"year","amount":"1"}""", """{"kind":"model","period":"day","amount":"1"}""", """{"kind":"all","subject":"x","period":"day","amount":"1"}""", """{"kind":"key","subject":"x","period":"day","amount":"1"}""",
            """{"unit":"tokens","period":"day","amount":"1.5"}""", """{"period":"day","amount":"1","alertPercent":0}""", """{"period":"day","amount":"0.0000000000001"}"""])
            (await person.SendAsync(HttpMethod.Put, "/api/budgets", body)).Status.ShouldBe(400, body);
        var set = await SetAsync(person, new { period = "day", amount = "1" });
        (await SetAsync(person, new { period = "day", amount = "2" })).GetProperty("id").GetString().ShouldBe(set.GetProperty("id").GetString());
        (await person.SendAsync(HttpMethod.Delete, "/api/budgets/" + set.GetProperty("id").GetString())).Status.ShouldBe(204);
        (await person.GetAsync("/api/budgets")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    // It may write 40 tokens and writes 30: what is held for it is more than it needs.
    private static readonly object AtTheEdge = new { model = "gpt-5.4", max_tokens = 40, messages = new[] { new { role = "user", content = "Hello" } } };

    /// <returns>How many of two hundred calls at the same time were answered.</returns>
    private static async Task<int> FloodAsync(Func<int, Task<(int Status, JsonElement Body)>> call) =>
        (await Task.WhenAll(Enumerable.Range(0, 200).Select(call))).Count(answer => answer.Status == 200);

    private static async Task ShouldHaveSpentAsync(TestPerson person, decimal budget, int answered, SimulatorHost simulator)
    {
        var spent = decimal.Parse((await person.GetAsync("/api/budgets")).GetProperty("items")[0].GetProperty("spent").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        spent.ShouldBe(answered * Each);
        spent.ShouldBeLessThanOrEqualTo(budget + Each);
        simulator.Simulation.Requests.Count.ShouldBe(answered);
    }

    private static Simulation Billing() => new() { Default = new Reply { Text = "ok", Usage = new ReplyUsage(11, 30) } };

    private static Task<TestHouse> StartAsync(DatabaseEngine engine, SimulatorHost simulator, Dictionary<string, string>? settings = null, TimeProvider? clock = null) =>
        TestHouse.StartAsync(engine, new Dictionary<string, string>(settings ?? []) { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority }, services =>
        {
            if (clock is not null)
                services.AddSingleton(clock);
        });

    private static async Task<TestPerson> PersonAsync(TestHouse house, SimulatorHost simulator)
    {
        var person = await house.PersonAsync();
        await person.ChooseAsync(simulator, "openai", "gpt-5.4");
        return person;
    }

    private static async Task<JsonElement> SetAsync(TestPerson person, object budget)
    {
        var (status, body) = await person.SendAsync(HttpMethod.Put, "/api/budgets", budget);
        status.ShouldBe(200, body.ToString());
        return body;
    }

    private static ChatCall Question(TestPerson person, int tokens, string? model = null) =>
        Talk.Call(person, "hello", model: model ?? "openai/gpt-5.4", fallback: false) with { Options = new ChatOptions { MaxOutputTokens = tokens } };

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
            await Task.Delay(50, patience.Token);
    }

    /// <returns>The code of the failure; null when it was answered.</returns>
    private static async Task<string?> TryAskAsync(TestHouse house, TestPerson person, int tokens, string? model = null)
    {
        try
        {
            await house.AskAsync(Question(person, tokens, model));
            return null;
        }
        catch (ChatFailedException exception)
        {
            return exception.Failure.Code;
        }
    }
}
