using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>What is spent, what may be spent, and who may see it.</summary>
public sealed class CostTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Report = "**/api/costs/report*";

    [Fact]
    [Keeps("H-017", "H-018", "H-043", "Z-041")]
    public async Task Shows_people_their_own_costs_and_an_admin_everybodys()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var house = await MoneyHouse.StartAsync();
        var (mira, noah) = (await house.AdminAsync(), await house.PersonAsync("noah"));
        await house.SpendAsync(
            mira,
            new SpentCall(0, "assistant", "anthropic", "claude-sonnet-5", 1.005m),
            new SpentCall(3, "builder", "openai", "gpt-5.4", 1.005m) { Images = 1 },
            new SpentCall(20, "api", "google", "gemini-3.8-flash", 1.005m),
            new SpentCall(20, "assistant", "groq", "nobody-knows", null),
            new SpentCall(60, "assistant", "anthropic", "claude-sonnet-5", 2m));
        await house.SpendAsync(noah, new SpentCall(1, "assistant", "openai", "gpt-5.4", 0.5m));

        await using var admin = await house.EnterAsync(chromium, mira);
        await ShowsStatesAsync(admin.Page);
        await admin.Page.GotoAsync("/costs");
        await Expect(Total(admin.Page)).ToContainTextAsync("$3.02");
        await Expect(admin.Page.GetByText("1 call is in no figure")).ToBeVisibleAsync();
        // Each part is 1.005: rounded alone they would add up to 3.03.
        var models = admin.Page.GetByRole(AriaRole.Region, new() { Name = "By model" });
        await Expect(models.GetByRole(AriaRole.Row).Filter(new() { HasText = "$1.01" })).ToHaveCountAsync(2);
        await Expect(models.GetByRole(AriaRole.Row).Filter(new() { HasText = "$1.00" })).ToHaveCountAsync(1);
        await Expect(models.GetByRole(AriaRole.Row, new() { Name = "nobody-knows" })).ToContainTextAsync("not known");
        await Expect(models.GetByRole(AriaRole.Row).Last).ToContainTextAsync("$3.02");
        foreach (var (period, total, address) in new[] { ("7 days", "$2.01", "days=7"), ("90 days", "$5.02", "days=90"), ("30 days", "$3.02", "days=30") })
        {
            await admin.Page.GetByText(period, new() { Exact = true }).ClickAsync();
            await Expect(Total(admin.Page)).ToContainTextAsync(total);
            admin.Page.Url.ShouldContain(address);
        }
        var download = await admin.Page.RunAndWaitForDownloadAsync(() => admin.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        var lines = (await File.ReadAllTextAsync((await download.PathAsync())!)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(5);
        await admin.Page.GetByText("Everybody", new() { Exact = true }).ClickAsync();
        await Expect(Total(admin.Page)).ToContainTextAsync("$3.52");
        await admin.Page.GetByText("Person", new() { Exact = true }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "noah" }).ClickAsync();
        await Expect(Total(admin.Page)).ToContainTextAsync("$0.50");
        await Expect(admin.Page.GetByRole(AriaRole.Button, new() { Name = "Only noah" })).ToBeVisibleAsync();

        await using var person = await house.EnterAsync(chromium, noah);
        await person.Page.GotoAsync("/costs?days=90&who=everybody");
        await Expect(Total(person.Page)).ToContainTextAsync("$0.50");
        await Expect(person.Page.GetByText("Everybody", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(person.Page.GetByText("claude-sonnet-5")).ToHaveCountAsync(0);
        foreach (var path in new[] { "report", "export", "statement?month=2026-01" })
            (await noah.Client.GetAsync("/api/costs/admin/" + path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        admin.Faults.ShouldBeEmpty();
        person.Faults.ShouldBeEmpty();
    }

    /// <summary>While the figures come, and where they do not.</summary>
    private static async Task ShowsStatesAsync(IPage page)
    {
        await page.RouteAsync(Report, _ => Task.CompletedTask);
        await page.GotoAsync("/costs");
        await Expect(page.Locator("main [aria-busy='true']")).ToBeVisibleAsync();
        await page.UnrouteAllAsync();
        await page.RouteAsync(Report, route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"code":"database-unavailable","title":"Away.","status":503}""" }));
        await page.GotoAsync("/costs");
        await Expect(page.GetByText("The house cannot reach its database.", new() { Exact = false })).ToBeVisibleAsync();
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(Total(page)).ToContainTextAsync("$3.02");
    }

    [Fact]
    public async Task Stops_at_a_limit_leads_to_it_and_goes_on_when_it_is_raised()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var simulator = await SimulatorHost.StartAsync();
        await using var house = await MoneyHouse.StartAsync(simulator);
        var person = await house.PersonAsync("mira");
        await house.SpendAsync(person, new SpentCall(0, "assistant", "openai", "gpt-5.4", 0.02m));
        await using var mira = await house.EnterAsync(chromium, person);
        var page = mira.Page;
        await ChooseAsync(person, simulator);
        await page.GotoAsync("/costs");
        var limits = page.GetByRole(AriaRole.Region, new() { Name = "Limits" });
        await SetLimitAsync(page, limits.GetByRole(AriaRole.Button, new() { Name = "Add a limit" }), "two", "0.02");
        await Expect(limits.GetByRole(AriaRole.Listitem)).ToContainTextAsync("$0.02 of $0.02");
        await Expect(page.GetByText("You, each day: $0.02 of $0.02, limit reached.").First).ToBeVisibleAsync();

        await page.GotoAsync("/assistant");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(@"\$0\.02 of \$0\.02") })).ToBeVisibleAsync();
        await WalkTests.AskAsync(page, "How do I load the kiln?");
        await page.GetByRole(AriaRole.Link, new() { Name = "See your limits" }).ClickAsync();
        simulator.Simulation.Requests.ShouldNotContain(request => request.Method == "POST");
        await Expect(limits).ToBeInViewportAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "More for You, each day" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove the limit" }).ClickAsync();
        await Expect(limits.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Undo") }).ClickAsync();
        await Expect(limits.GetByRole(AriaRole.Listitem)).ToContainTextAsync("$0.02 of $0.02");
        await page.GetByRole(AriaRole.Button, new() { Name = "More for You, each day" }).ClickAsync();
        await SetLimitAsync(page, page.GetByRole(AriaRole.Menuitem, new() { Name = "Change the limit" }), "", "5,50");
        await Expect(limits.GetByRole(AriaRole.Listitem)).ToContainTextAsync("$0.02 of $5.50");

        await page.GotoAsync("/assistant");
        await WalkTests.AskAsync(page, "And how high is it?");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answer again", Exact = true })).ToBeVisibleAsync();
        simulator.Simulation.Requests.ShouldContain(request => request.Method == "POST");
        mira.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Makes_a_key_for_a_program_shows_it_once_and_revokes_it()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var simulator = await SimulatorHost.StartAsync();
        await using var house = await MoneyHouse.StartAsync(simulator);
        var (person, other) = (await house.PersonAsync("mira"), await house.PersonAsync("noah"));
        await using var mira = await house.EnterAsync(chromium, person);
        var page = mira.Page;
        await ChooseAsync(person, simulator);
        await page.GotoAsync("/settings/keys-for-programs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("What it is for").FillAsync("Shop till");
        await dialog.GetByLabel("Limit for a month, in US dollars").FillAsync("4,50");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "What it may do" }).ClickAsync();
        await dialog.GetByLabel("Only these models").FillAsync("openai/*");
        await dialog.GetByLabel("Requests a minute").FillAsync("none");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(dialog.GetByText("Write a whole number above 0.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Requests a minute").FillAsync("60");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var secret = await dialog.GetByRole(AriaRole.Status, new() { Name = "The key" }).InnerTextAsync();
        secret.ShouldMatch("^atr_[A-Za-z0-9_-]{43}$");
        await Expect(dialog.GetByRole(AriaRole.Region, new() { Name = "curl" })).ToContainTextAsync($"Authorization: Bearer {secret}");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        (await page.ContentAsync()).ShouldNotContain(secret);

        (await CallAsync(house, secret)).ShouldBe(HttpStatusCode.OK);
        await page.GotoAsync("/costs");
        await page.GetByText("Program", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "By program" })).ToContainTextAsync("Shop till");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Limits" })).ToContainTextAsync("Key Shop till, each month");

        await page.GotoAsync("/settings/keys-for-programs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Shop till" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep the key" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the key" }).ClickAsync();
        await Expect(page.GetByText("1 revoked key")).ToBeVisibleAsync();
        (await CallAsync(house, secret)).ShouldBe(HttpStatusCode.Unauthorized);
        (await other.Client.GetStringAsync("/api/keys")).ShouldNotContain("Shop till");
        mira.Faults.ShouldBeEmpty();
    }

    private static ILocator Total(IPage page) => page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex(" to today$") });

    private static async Task ChooseAsync(TestPerson person, SimulatorHost simulator) =>
        (await person.Client.PutAsJsonAsync("/api/user/ai-provider", new { provider = "openai", model = "gpt-5.4", apiKey = "sk-costs-canary-0123456789", name = "Studio key", baseUrl = simulator.OpenAiBaseUrl })).EnsureSuccessStatusCode();

    /// <param name="wrong">Typed first and refused on the spot; nothing: not tried.</param>
    private static async Task SetLimitAsync(IPage page, ILocator opens, string wrong, string amount)
    {
        await opens.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        foreach (var typed in new[] { wrong, amount }.Where(text => text.Length > 0))
        {
            await dialog.GetByLabel("At most").FillAsync(typed);
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Set the limit" }).ClickAsync();
            if (typed == wrong)
                await Expect(dialog.GetByText("Write an amount above 0, such as 2.50.")).ToBeVisibleAsync();
        }
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private static async Task<HttpStatusCode> CallAsync(MoneyHouse house, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(new { model = "openai/gpt-5.4", messages = new[] { new { role = "user", content = "hello" } } }) };
        request.Headers.Authorization = new("Bearer", key);
        using var answer = await house.Stranger.SendAsync(request);
        return answer.StatusCode;
    }
}
