using System.Text.RegularExpressions;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>Opens every screen on a desktop, by day and by night: no serious barrier, no policy violation, no script error. Pictures go to artifacts/screens.</summary>
public sealed class ScreenTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string Pictures = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screens"));

    public static TheoryData<bool, ColorScheme> Looks => new()
    {
        { false, ColorScheme.Light }, { false, ColorScheme.Dark },
    };

    [Theory, MemberData(nameof(Looks))]
    [Keeps("Z-090")]
    public async Task Every_screen_is_clean(bool isPhone, ColorScheme colours)
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var simulator = await SimulatorHost.StartAsync();
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority });
        await using var visitor = await chromium.VisitAsync(server.Address, isPhone, colours);
        var page = visitor.Page;
        var barriers = new List<string>();

        async Task LookAsync(string name)
        {
            Directory.CreateDirectory(Pictures);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}-{(isPhone ? "phone" : "desktop")}-{(colours == ColorScheme.Dark ? "dark" : "light")}.png"), Animations = ScreenshotAnimations.Disabled });
            barriers.AddRange((await visitor.FindBarriersAsync()).Select(finding => $"{name}: {finding}"));
        }

        await page.GotoAsync("/setup");
        await LookAsync("setup-without-token");
        await page.GotoAsync("/setup#" + server.SetupToken);
        await LookAsync("setup");
        await WalkTests.SetUpAsync(page, server.SetupToken, "mira");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Who should answer?" })).ToBeVisibleAsync();
        await LookAsync("provider");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Use )?Offline Lite( for now)?$") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await LookAsync("assistant-empty");
        await WalkTests.AskAsync(page, "What can you do?");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answer again", Exact = true }).First).ToBeVisibleAsync();
        await LookAsync("assistant-answered");
        foreach (var (name, address) in new[]
        {
            ("provider-settings", "/settings/general/api-provider"), ("appearance", "/settings/general/appearance"), ("language", "/settings/general/language"),
            ("keyboard", "/settings/keyboard"), ("devices", "/settings/sign-in-and-devices"), ("not-here", "/assistant/01a1f881-0000-7000-8000-000000000000"), ("nowhere", "/nowhere"),
        })
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
            await LookAsync(name);
        }
        if (!isPhone)
        {
            await page.GotoAsync("/");
            await Expect(page.GetByLabel("Your question", new() { Exact = true })).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Control+k");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await LookAsync("palette");
        }
        await visitor.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
        await LookAsync("sign-in");
        foreach (var name in new[] { "sign-up", "forgot" })
        {
            await page.GotoAsync("/" + name);
            await Expect(page.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
            await LookAsync(name);
        }

        barriers.ShouldBeEmpty();
        visitor.Faults.ShouldBeEmpty();
    }
}
