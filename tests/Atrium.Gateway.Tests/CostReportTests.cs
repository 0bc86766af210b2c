using System.Globalization;
using System.Text.Json;
using Atrium.Gateway.Ledger;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class CostReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory, BothEngines]
    [Keeps("Z-041", "L-082", "B-011", "H-017", "H-032")]
    public async Task A_report_equals_the_sums_of_a_hand_made_ledger(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var person = await house.PersonAsync();
        var (keyId, _) = await person.MakeApiKeyAsync(new { name = "my program" });
        var conversation = await ConversationAsync(person, "About prices");
        await AddAsync(house, person, Now, 0.25m, entry => entry with { ThingId = conversation });
        await AddAsync(house, person, Now.AddDays(-1), 0.5m, entry => entry with { ApiKeyId = keyId, Module = "api", Feature = "chat", Model = "gpt-5.4-mini" });
        await AddAsync(house, person, Now.AddDays(-1), null, entry => entry with { Model = "nobody-knows", Status = CallStatus.Failed });
        await AddAsync(house, person, Now.AddDays(-2), 0.0000000000010m, entry => entry with { Feature = "image", Usage = new Usage(7, 0, 0, 0, 0, true) { Images = 3 }, Status = CallStatus.Cancelled });
        await AddAsync(house, person, Now, 0m, entry => entry with { Saved = 0.125m, Status = CallStatus.Cached });
        await AddAsync(house, person, Now.AddDays(-3), 1m, entry => entry with { Feature = "screenshot" });

        var report = await person.GetAsync("/api/costs/report?from=2026-11-18&to=2026-11-20");

        report.GetProperty("total").ToString().ShouldBe(
            """{"cost":"0.750000000001","requests":5,"inputTokens":407,"cachedTokens":160,"outputTokens":200,"reasoningTokens":40,"images":3,"estimated":1,"failed":1,"cancelled":1,"fromCache":1,"saved":"0.125","unpriced":1}""");
        report.GetProperty("previous").GetProperty("cost").GetString().ShouldBe("1");
        report.GetProperty("days").ToString().ShouldBe(
            """[{"date":"2026-11-18","cost":"0.000000000001","requests":1,"images":3,"modules":{"assistant":"0.000000000001"}},{"date":"2026-11-19","cost":"0.5","requests":2,"images":0,"modules":{"api":"0.5","assistant":"0"}},{"date":"2026-11-20","cost":"0.25","requests":2,"images":0,"modules":{"assistant":"0.25"}}]""");
        Costs(report, "models", "model").ShouldBe([("gpt-5.4-mini", "0.5"), ("gpt-5.4", "0.250000000001"), ("nobody-knows", "0")]);
        Costs(report, "modules", "module").ShouldBe([("api", "0.5"), ("assistant", "0.250000000001")]);
        Costs(report.GetProperty("modules")[1], "features", "feature").ShouldBe([("answer", "0.25"), ("image", "0.000000000001")]);
        report.GetProperty("keys").GetArrayLength().ShouldBe(1);
        report.GetProperty("keys")[0].TryGetProperty("keyId", out _).ShouldBeFalse();
        var program = report.GetProperty("apiKeys")[0];
        (program.GetProperty("apiKeyId").GetGuid(), program.GetProperty("name").GetString(), program.GetProperty("sum").GetProperty("cost").GetString()).ShouldBe((keyId, "my program", "0.5"));
        program.GetProperty("prefix").GetString()!.ShouldStartWith("atr_");
        var thing = report.GetProperty("things")[0];
        (thing.GetProperty("module").GetString(), thing.GetProperty("thingId").GetGuid(), thing.GetProperty("title").GetString()).ShouldBe(("assistant", conversation, "About prices"));
        report.TryGetProperty("people", out _).ShouldBeFalse();
    }

    [Theory, BothEngines]
    [Keeps("H-044")]
    public async Task The_month_is_expected_to_end_at_the_pace_of_its_last_week(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var (steady, late) = (await house.PersonAsync(), await house.PersonAsync());
        // 14 dollars in the last week of which the month is 19.5 days old, and 10.5 days remain.
        for (var day = 0; day < 7; day++)
            await AddAsync(house, late, Now.AddDays(-day), 2m);
        // 39 dollars on the first day: two a day over the month so far, nothing of it in the last week.
        await AddAsync(house, steady, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), 39m);
        await AddAsync(house, steady, new DateTimeOffset(2026, 10, 31, 23, 59, 59, TimeSpan.Zero), 1_000m);

        (await person(late)).ShouldBe("""{"start":"2026-11-01","spent":"14","expected":"35","days":30,"day":20}""");
        (await person(steady)).ShouldBe("""{"start":"2026-11-01","spent":"39","expected":"60","days":30,"day":20}""");
        async Task<string> person(TestPerson who) => (await who.GetAsync("/api/costs/report")).GetProperty("month").ToString();
    }

    [Theory, BothEngines]
    [Keeps("H-018", "Z-041")]
    public async Task An_admin_sees_everybody_by_person_and_group_and_nobody_else_does(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();
        var (first, second, third) = (await house.PersonAsync(), await house.PersonAsync(), await house.PersonAsync());
        var conversation = await ConversationAsync(first, "A secret of the first");
        var (keyId, _) = await first.MakeApiKeyAsync(new { name = "A secret of the first" });
        await AddAsync(house, first, Now, 1m, entry => entry with { ThingId = conversation, ApiKeyId = keyId });
        await AddAsync(house, second, Now, 2m);
        await AddAsync(house, third, Now, 4m);
        var (_, group) = await admin.SendAsync(HttpMethod.Post, "/api/admin/groups", new { name = "Writers" });
        foreach (var member in new[] { first, third })
            (await admin.SendAsync(HttpMethod.Put, $"/api/admin/groups/{group.GetProperty("id").GetString()}/members/{member.Id}")).Status.ShouldBe(204);

        var all = await admin.GetAsync("/api/costs/admin/report");
        var one = await admin.GetAsync("/api/costs/admin/report?personId=" + first.Id);
        var own = await second.GetAsync("/api/costs/report");

        Costs(all, "people", "username").ShouldBe([(third.Username, "4"), (second.Username, "2"), (first.Username, "1")]);
        Costs(all, "groups", "name").ShouldBe([("Writers", "5")]);
        all.GetProperty("total").GetProperty("cost").GetString().ShouldBe("7");
        Costs(one, "people", "username").ShouldBe([(first.Username, "1")]);
        // Whose a talk or a key is decides who reads its name.
        (all.ToString() + one).ShouldNotContain("A secret of the first");
        (await TextAsync(admin, "/api/costs/admin/export?personId=" + first.Id, "calls-2026-10-22-to-2026-11-20.csv")).ShouldNotContain("A secret of the first");
        (await first.GetAsync("/api/costs/report")).GetProperty("apiKeys")[0].GetProperty("name").GetString().ShouldBe("A secret of the first");
        one.GetProperty("things")[0].GetProperty("thingId").GetGuid().ShouldBe(conversation);
        own.GetProperty("total").GetProperty("cost").GetString().ShouldBe("2");
        foreach (var path in new[] { "report", "export", "statement?month=2026-11" })
            (await first.Client.GetAsync("/api/costs/admin/" + path)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden, path);
    }

    [Theory, BothEngines]
    [Keeps("H-017")]
    public async Task Ranges_that_make_no_sense_are_refused_by_their_field(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();

        foreach (var (query, field) in new[] { ("from=2026-11-21&to=2026-11-20", "from"), ("from=2025-11-19&to=2026-11-20", "from"), ("to=2026-11-22", "to"), ("from=2026-11-21", "from"), ("to=0001-01-05", "to") })
        {
            foreach (var path in new[] { "report", "admin/report", "calls", "export", "admin/export" })
            {
                var (status, body) = await admin.SendAsync(HttpMethod.Get, $"/api/costs/{path}?{query}");
                status.ShouldBe(400, path + query);
                body.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field, path + query);
            }
        }
        foreach (var query in new[] { "from=yesterday", "to=2026-13-01", "from=", "to=20261120", "personId=me" })
            (await admin.SendAsync(HttpMethod.Get, "/api/costs/admin/report?" + query)).Status.ShouldBe(query == "from=" ? 200 : 400, query);
        foreach (var query in new[] { "month=2026-13", "month=202611", "month=2026-12", "month=", "month=1999-12", "" })
            (await admin.SendAsync(HttpMethod.Get, "/api/costs/admin/statement?" + query)).Status.ShouldBe(400, query);
        var longest = await admin.GetAsync("/api/costs/report?from=2025-11-20&to=2026-11-20");
        longest.GetProperty("days").GetArrayLength().ShouldBe(366);
        (await admin.GetAsync("/api/costs/report")).GetProperty("days").GetArrayLength().ShouldBe(30);
        (await admin.GetAsync("/api/costs/report?to=2026-11-21")).GetProperty("to").GetString().ShouldBe("2026-11-21");
    }

    [Theory, BothEngines]
    public async Task Calls_come_page_by_page_newest_first_and_only_ones_own(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        for (var index = 0; index < 25; index++)
            await AddAsync(house, person, Now.AddMinutes(-(index / 3)), index);
        await AddAsync(house, other, Now, 1_000m);

        var seen = new List<decimal>();
        string? next = null;
        do
        {
            var page = await person.GetAsync("/api/costs/calls?limit=10" + (next is null ? "" : "&cursor=" + next));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => decimal.Parse(item.GetProperty("cost").GetString()!, CultureInfo.InvariantCulture)));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        while (next is not null);

        seen.ShouldBe(Enumerable.Range(0, 25).Select(index => (decimal)index), ignoreOrder: true);
        seen.Chunk(3).Select(chunk => chunk.Max()).ShouldBe(seen.Chunk(3).Select(chunk => chunk.Max()).Order());
        (await person.GetAsync("/api/costs/calls?from=2026-11-19&to=2026-11-19")).GetProperty("items").GetArrayLength().ShouldBe(0);
        foreach (var query in new[] { "limit=0", "limit=101", "cursor=x", "cursor=1.2", "cursor=99999999999999999999.0190c0c0c0c0c0c0c0c0c0c0c0c0c0c0" })
            (await person.SendAsync(HttpMethod.Get, "/api/costs/calls?" + query)).Status.ShouldBe(400, query);
    }

    [Theory, BothEngines]
    [Keeps("L-082")]
    public async Task Tables_hold_every_call_once_and_no_formula(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var admin = await house.AdminAsync();
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var (keyId, _) = await person.MakeApiKeyAsync(new { name = "=cmd|' /C calc'!A0" });
        for (var index = 0; index < 1_203; index++)
            await AddAsync(house, person, Now.AddSeconds(-(index / 7)), 0.001m, entry => entry with { ApiKeyId = index == 0 ? keyId : null, Model = index == 1 ? "+\"1,2\"" : "gpt-5.4" });
        await AddAsync(house, other, Now, 5m);

        var own = await TextAsync(person, "/api/costs/export?from=2026-11-20", "calls-2026-11-20-to-2026-11-20.csv");
        var all = await TextAsync(admin, "/api/costs/admin/export", "calls-2026-10-22-to-2026-11-20.csv");
        var one = await TextAsync(admin, "/api/costs/admin/export?personId=" + other.Id, "calls-2026-10-22-to-2026-11-20.csv");
        var statement = await TextAsync(admin, "/api/costs/admin/statement?month=2026-11", "statement-2026-11.csv");

        var lines = own.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1_204);
        lines.Distinct().Count().ShouldBe(1_204);
        own.ShouldNotContain(other.Id.ToString());
        own.ShouldContain("\"'=cmd|' /C calc'!A0\"");
        own.ShouldContain("\"'+\"\"1,2\"\"\"");
        System.Text.RegularExpressions.Regex.IsMatch(own + all + statement, "(^|,|\n)\"?[=+@-]").ShouldBeFalse();
        all.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1_205);
        all.ShouldContain($"\"{other.Username}\"");
        one.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        statement.ShouldContain($"\"{person.Username}\",\"{person.Id}\",\"openai\",\"gpt-5.4\",\"1202\",\"120200\",\"48080\",\"60100\",\"12020\",\"0\",\"1.202\",\"0\"");
        statement.ShouldContain($"\"{other.Username}\",\"{other.Id}\",\"openai\",\"gpt-5.4\",\"1\",\"100\",\"40\",\"50\",\"10\",\"0\",\"5\",\"0\"");
    }

    [Theory, BothEngines]
    [Keeps("H-044")]
    public async Task The_own_budget_of_a_day_shows_beside_what_is_spent_today(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var person = await house.PersonAsync();
        await AddAsync(house, person, Now, 0.5m);

        foreach (var body in new object[] { new { period = "month", amount = "9" }, new { period = "day", unit = "tokens", amount = "9" }, new { kind = "model", subject = "m", period = "day", amount = "9" } })
            (await person.SendAsync(HttpMethod.Put, "/api/budgets", body)).Status.ShouldBe(200);
        (await person.GetAsync("/api/costs/today")).ToString().ShouldBe("""{"spent":"0.5","limit":null}""");
        (await person.SendAsync(HttpMethod.Put, "/api/budgets", new { period = "day", amount = "2.5" })).Status.ShouldBe(200);
        (await person.GetAsync("/api/costs/today")).ToString().ShouldBe("""{"spent":"0.5","limit":"2.5"}""");
    }

    private static Task<TestHouse> StartAsync(DatabaseEngine engine) =>
        TestHouse.StartAsync(engine, replace: services => services.AddSingleton<TimeProvider>(new FakeClock(Now)));

    private static Task AddAsync(TestHouse house, TestPerson person, DateTimeOffset at, decimal? cost, Func<LedgerEntry, LedgerEntry>? change = null)
    {
        var entry = new LedgerEntry(person.Id, null, "assistant", "answer", "openai", "gpt-5.4", new Usage(100, 40, 0, 50, 10, false), cost, CallStatus.Complete) { At = at };
        return house.Services.GetRequiredService<LedgerBook>().AddAsync(change?.Invoke(entry) ?? entry);
    }

    private static async Task<Guid> ConversationAsync(TestPerson person, string title)
    {
        var (status, body) = await person.SendAsync(HttpMethod.Post, "/api/conversations", new { title });
        status.ShouldBe(201, body.ToString());
        return body.GetProperty("id").GetGuid();
    }

    private static (string, string)[] Costs(JsonElement report, string list, string name) =>
        [.. report.GetProperty(list).EnumerateArray().Select(item => (item.GetProperty(name).GetString()!, item.GetProperty("sum").GetProperty("cost").GetString()!))];

    private static async Task<string> TextAsync(TestPerson person, string path, string file)
    {
        using var response = await person.Client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        response.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe(file);
        return text;
    }
}
