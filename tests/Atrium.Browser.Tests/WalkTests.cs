using System.Text.RegularExpressions;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>The walk of a first admin through the house, in a real browser against the real server as a process of its own.</summary>
public sealed partial class WalkTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Key = "sk-browser-canary-0123456789";

    [Fact]
    [Keeps("Z-031", "Z-032", "L-014", "L-017", "L-016")]
    public async Task Walks_from_the_first_link_to_an_answer_that_survives_reload_and_kill()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var simulator = await SimulatorHost.StartAsync();
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority });
        await using var mira = await chromium.VisitAsync(server.Address);
        var page = mira.Page;

        await SetUpAsync(page, server.SetupToken, "mira");
        await ChooseSimulatorAsync(page, simulator);

        await AskAsync(page, "Tell me of the house sim:words=400 sim:speed=30");
        await Expect(page.GetByText("the house by the river")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop" })).ToBeHiddenAsync();
        Words(await LastAnswer(page).InnerTextAsync()).ShouldBeGreaterThanOrEqualTo(400);

        await AskAsync(page, "Once more sim:words=800 sim:speed=20");
        await Expect(Answer(page, 4)).ToContainTextAsync(new Regex(@"(\S+\s+){40}"));
        await server.KillAsync();
        await server.StartAsync("run");
        await server.WaitUntilReadyAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText(new Regex("Cut off after \\d+ words"))).ToBeVisibleAsync();
        var kept = Words(await LastAnswer(page).InnerTextAsync());
        kept.ShouldBeGreaterThan(15);

        simulator.Simulation.Enqueue(new Reply { Text = "and that is the end of it." });
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue from here" }).ClickAsync();
        await Expect(LastAnswer(page)).ToContainTextAsync("and that is the end of it.");

        await AskAsync(page, "A long one sim:words=5000 sim:speed=20");
        await Expect(Answer(page, 6)).ToContainTextAsync("the house by the river");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.GetByText(new Regex("Stopped after \\d+ words"))).ToBeVisibleAsync();

        await SecondPersonSeesNothingAsync(server, page.Url);
        mira.Faults.ShouldBeEmpty();
        server.Output.ShouldNotContain(Key);
    }

    private async Task SecondPersonSeesNothingAsync(ServerProcess server, string address)
    {
        await using var noah = await chromium.VisitAsync(server.Address);
        await noah.Page.GotoAsync("/sign-up");
        await noah.Page.GetByLabel("Username").FillAsync("noah");
        await noah.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestHouse.Password);
        await noah.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await noah.Page.GetByRole(AriaRole.Button, new() { Name = "Use Offline Lite for now" }).ClickAsync();
        await noah.Page.GotoAsync(address);
        await Expect(noah.Page.GetByText("Not here, or not yours").First).ToBeVisibleAsync();
        await Expect(noah.Page.GetByText("the house by the river")).ToHaveCountAsync(0);
    }

    internal static async Task SetUpAsync(IPage page, string token, string name)
    {
        await page.GotoAsync("/setup#" + token);
        await page.GetByLabel("Username").FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestHouse.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the house" }).ClickAsync();
    }

    internal static async Task ChooseSimulatorAsync(IPage page, SimulatorHost simulator)
    {
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Who should answer?" });
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.GetByText("Any address that speaks the OpenAI API").ClickAsync();
        await dialog.GetByLabel("Address", new() { Exact = true }).FillAsync(simulator.OpenAiBaseUrl);
        await dialog.GetByLabel("API key").FillAsync(Key);
        await dialog.GetByLabel("Don’t show again").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    internal static async Task AskAsync(IPage page, string question)
    {
        var box = page.GetByLabel("Your question", new() { Exact = true });
        await box.FillAsync(question);
        await box.PressAsync("Enter");
    }

    /// <summary>The answer at a place of the conversation: the last one is an older one until the page has the new.</summary>
    private static ILocator Answer(IPage page, int place) => page.GetByRole(AriaRole.Article, new() { NameRegex = new Regex($"^Answer by .*message {place}$") });

    private static ILocator LastAnswer(IPage page) => page.GetByRole(AriaRole.Article, new() { NameRegex = new Regex("^Answer by ") }).Last;

    private static int Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
}
