using System.Text.RegularExpressions;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>Opens every screen on a phone and a desktop, by day and by night: no serious barrier, no policy violation, no script error.</summary>
public sealed class ScreenTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Sample = "Show me what you can sim:markdown";

    [Theory, MemberData(nameof(Devices.All), MemberType = typeof(Devices))]
    [Keeps("Z-090")]
    public async Task Every_screen_is_clean(bool isPhone)
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var simulator = await SimulatorHost.StartAsync();
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority });
        await using var visitor = await chromium.VisitAsync(server.Address, isPhone);
        var gallery = new Gallery(visitor, isPhone);
        var page = visitor.Page;

        await page.GotoAsync("/setup");
        await gallery.TakeAsync("setup-without-token");
        await page.GotoAsync("/setup#" + server.SetupToken);
        await gallery.TakeAsync("setup");
        await WalkTests.SetUpAsync(page, server.SetupToken, "mira");
        await ShowProvidersAsync(page, gallery, isPhone);
        await ShowAssistantAsync(page, gallery, simulator, isPhone);
        await ShowSettingsAsync(page, gallery, simulator);
        await ShowPagesAsync(page, gallery, "not-here", "/assistant/01a1f881-0000-7000-8000-000000000000", "nowhere", "/nowhere");
        if (!isPhone)
            await ShowDialogsAsync(page, gallery);
        await visitor.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
        await gallery.TakeAsync("sign-in");
        await ShowPagesAsync(page, gallery, "sign-up", "/sign-up", "forgot", "/forgot");

        gallery.Barriers.ShouldBeEmpty();
        visitor.Faults.ShouldBeEmpty();
    }

    private static async Task ShowProvidersAsync(IPage page, Gallery gallery, bool isPhone)
    {
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Who should answer?" });
        await Expect(dialog.GetByText("OpenRouter", new() { Exact = true })).ToBeVisibleAsync();
        await gallery.TakeAsync("provider");
        await dialog.GetByText("OpenAI", new() { Exact = true }).First.ClickAsync();
        await Expect(dialog.GetByLabel("API key", new() { Exact = true })).ToBeVisibleAsync();
        await gallery.TakeAsync("provider-fields");
        if (isPhone)
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Use )?Offline Lite( for now)?$") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static async Task ShowAssistantAsync(IPage page, Gallery gallery, SimulatorHost simulator, bool isPhone)
    {
        if (isPhone)
        {
            await gallery.TakeAsync("assistant-list-empty");
            await page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        }
        await gallery.TakeAsync("assistant-empty");
        await WalkTests.AskAsync(page, "What can you do?");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answer again", Exact = true })).ToBeVisibleAsync();
        await gallery.TakeAsync("assistant-answered");

        await Furniture.PutKeysAsync(page, simulator);
        await WalkTests.AskAsync(page, Sample);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answer again", Exact = true })).ToHaveCountAsync(2);
        await gallery.TakeAsync("assistant-markdown");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer again", Exact = true }).Last.ClickAsync();
        await Expect(page.GetByText("2 of 2")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answer again", Exact = true })).ToHaveCountAsync(2);
        foreach (var (name, pane) in new[] { ("details", "Details"), ("map", "Map"), ("pane-settings", "Settings") })
        {
            var panes = page.GetByRole(AriaRole.Radiogroup, new() { Name = "Sources and details" });
            if (await panes.CountAsync() == 0)
                await page.GetByRole(AriaRole.Button, new() { Name = "Sources and details" }).ClickAsync();
            await panes.GetByText(pane, new() { Exact = true }).ClickAsync();
            await Expect(panes.GetByRole(AriaRole.Radio, new() { Name = pane, Exact = true })).ToBeCheckedAsync();
            await gallery.TakeAsync("assistant-" + name);
        }
    }

    private static async Task ShowSettingsAsync(IPage page, Gallery gallery, SimulatorHost simulator)
    {
        await Furniture.RunAsync<object?>(page, "await send('PUT', '/api/user/ai-fallbacks', { items: [{ provider: 'groq', model: 'llama-sim' }, { provider: 'mistral' }, { provider: 'anthropic' }] });");
        await page.GotoAsync("/settings/general/api-provider");
        var fallbacks = page.GetByRole(AriaRole.Region, new() { Name = "When it does not answer" });
        await fallbacks.ScrollIntoViewIfNeededAsync();
        await Expect(fallbacks.GetByText("Left out for now", new() { Exact = false })).ToBeVisibleAsync();
        await gallery.TakeAsync("fallbacks");
        var refused = page.GetByText("Groq refused “Old shop key”.", new() { Exact = false });
        await refused.ScrollIntoViewIfNeededAsync();
        await Expect(refused).ToBeVisibleAsync();
        await gallery.TakeAsync("keys-settings");
        await ShowPagesAsync(
            page, gallery,
            "provider-settings", "/settings/general/api-provider", "appearance", "/settings/general/appearance", "language", "/settings/general/language",
            "keyboard", "/settings/keyboard", "your-data", "/settings/your-data", "connection", "/settings/house/connection", "devices", "/settings/sign-in-and-devices", "settings", "/settings");
        simulator.Simulation.Requests.ShouldNotBeEmpty();
    }

    private static async Task ShowDialogsAsync(IPage page, Gallery gallery)
    {
        await page.GotoAsync("/");
        await Expect(page.GetByLabel("Your question", new() { Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await gallery.TakeAsync("palette");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("your menu$") }).FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "All keys" })).ToBeVisibleAsync();
        await gallery.TakeAsync("keys");
    }

    /// <param name="places">A name and an address, again and again.</param>
    private static async Task ShowPagesAsync(IPage page, Gallery gallery, params string[] places)
    {
        foreach (var place in places.Chunk(2))
        {
            await page.GotoAsync(place[1]);
            await Expect(page.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await gallery.TakeAsync(place[0]);
        }
    }
}
