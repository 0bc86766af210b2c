using System.Text.RegularExpressions;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>The screens about money, with six weeks of calls, empty and at a limit, looked at in every light.</summary>
public sealed class MoneyScreenTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory, MemberData(nameof(Devices.All), MemberType = typeof(Devices))]
    [Keeps("Z-090")]
    public async Task Every_screen_of_money_is_clean(bool isPhone)
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var house = await MoneyHouse.StartAsync();
        var admin = await house.AdminAsync();
        var noah = await house.PersonAsync("noah");
        await using var visitor = await house.EnterAsync(chromium, admin, isPhone);
        var gallery = new Gallery(visitor, isPhone);
        var page = visitor.Page;
        await gallery.ShowAsync("costs-empty", "/costs", "Nothing was asked in these days.");
        await gallery.ShowAsync("programs-empty", "/settings/keys-for-programs", "No key yet.");

        var talk = await Furniture.RunAsync<string>(
            page,
            """
            const group = await send('POST', '/api/admin/groups', { name: 'Tuesday class' });
            await send('PUT', '/api/budgets', { kind: 'all', period: 'month', amount: '25' });
            await send('PUT', '/api/budgets', { kind: 'module', subject: 'builder', period: 'month', amount: '0.8' });
            await send('PUT', '/api/admin/budgets', { owner: 'everyone', period: 'month', amount: '120' });
            await send('PUT', '/api/admin/budgets', { owner: 'each', period: 'day', unit: 'messages', amount: '200' });
            await send('PUT', '/api/admin/budgets', { owner: 'group:' + group.id, kind: 'model', subject: 'anthropic/claude-sonnet-5', period: 'month', unit: 'tokens', amount: '5000000' });
            await send('PUT', '/api/admin/prices', { provider: 'openai', model: 'gpt-5.4-mini', from: '2026-11-01', input: '0.2', output: '1.6' });
            await send('POST', '/api/admin/provider-keys', { provider: 'openrouter', name: 'Club key', apiKey: 'sk-or-money-canary-0123456789', audience: 'group:' + group.id });
            await send('POST', '/api/keys', { name: 'Kiln log reader' });
            const { id } = await send('POST', '/api/conversations', { title: 'Slow cooling in the schedule' });
            return id;
            """);
        await house.SpendWeeksAsync(admin, Guid.Parse(talk));
        await house.SpendWeeksAsync(noah, Guid.NewGuid());

        await ShowCostsAsync(page, gallery);
        await ShowProgramsAsync(page, gallery);
        await ShowHouseAsync(page, gallery);

        gallery.Barriers.ShouldBeEmpty();
        visitor.Faults.ShouldBeEmpty();
    }

    private static async Task ShowCostsAsync(IPage page, Gallery gallery)
    {
        await gallery.ShowAsync("costs", "/costs", "By day");
        var chart = page.GetByRole(AriaRole.Group, new() { NameRegex = new Regex("^Cost over 30 bars") });
        await chart.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(chart.GetByRole(AriaRole.Status)).ToContainTextAsync("Assistant");
        await gallery.TakeAsync("costs-day");
        await page.GetByRole(AriaRole.Button, new() { Name = "As a table" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "By day" }).GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        var calls = page.GetByRole(AriaRole.Region, new() { Name = "Every call" });
        await calls.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await calls.GetByRole(AriaRole.List).ScrollIntoViewIfNeededAsync();
        await Expect(calls.GetByText("from the cache")).ToBeVisibleAsync();
        await gallery.TakeAsync("costs-calls");
        await page.GetByText("Range", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("First day")).ToBeVisibleAsync();
        await gallery.TakeAsync("costs-range");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a limit" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("At most")).ToBeVisibleAsync();
        await gallery.TakeAsync("limit-new");
        await gallery.ShowAsync("costs-everybody", "/costs?who=everybody&days=90", "Monthly statement");
        await Furniture.RunAsync<object?>(page, "await send('PUT', '/api/budgets', { kind: 'all', period: 'day', amount: '0.1' });");
        await gallery.ShowAsync("costs-reached", "/costs?days=7", "limit reached");
    }

    private static async Task ShowProgramsAsync(IPage page, Gallery gallery)
    {
        await page.GotoAsync("/settings/keys-for-programs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("What it is for").FillAsync("Shop till");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "What it may do" }).ClickAsync();
        await Expect(dialog.GetByLabel("Only these models")).ToBeVisibleAsync();
        await gallery.TakeAsync("program-new");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(dialog.GetByText("Copy it now", new() { Exact = false })).ToBeVisibleAsync();
        await gallery.TakeAsync("program-made");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Kiln log reader" }).ClickAsync();
        await gallery.TakeAsync("program-revoke");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the key" }).ClickAsync();
        await page.GetByText("1 revoked key").ClickAsync();
        await gallery.TakeAsync("programs");
    }

    private static async Task ShowHouseAsync(IPage page, Gallery gallery)
    {
        await gallery.ShowAsync("spending", "/settings/house/spending", "Group Tuesday class");
        await gallery.ShowAsync("house-keys", "/settings/house/provider-keys", "Club key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a key" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("New API key")).ToBeVisibleAsync();
        await gallery.TakeAsync("house-key-new");
        await gallery.ShowAsync("prices", "/settings/house/prices", "qwen3-vl-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set a price" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "More rates" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Each picture")).ToBeVisibleAsync();
        await gallery.TakeAsync("price-change");
    }
}
