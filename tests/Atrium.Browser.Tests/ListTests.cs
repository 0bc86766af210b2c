using System.Text.RegularExpressions;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>What a person arranges and leaves half done, and finds again as they left it.</summary>
public sealed class ListTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    [Keeps("Z-039")]
    public async Task Orders_adds_and_removes_who_answers_when_the_chosen_one_does_not()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var simulator = await SimulatorHost.StartAsync();
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority });
        await using var mira = await chromium.VisitAsync(server.Address);
        var page = mira.Page;
        await WalkTests.SetUpAsync(page, server.SetupToken, "mira");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Furniture.PutKeysAsync(page, simulator);
        await page.GotoAsync("/settings/general/api-provider");
        var list = page.GetByRole(AriaRole.Region, new() { Name = "When it does not answer" });
        await Expect(list).ToContainTextAsync("Nobody else is asked");

        foreach (var provider in new[] { "OpenAI", "Groq", "Mistral AI" })
        {
            await list.GetByRole(AriaRole.Button, new() { Name = "Add a provider" }).ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = provider, Exact = true }).ClickAsync();
            await Expect(list.GetByRole(AriaRole.Listitem).Filter(new() { HasText = provider })).ToBeVisibleAsync();
        }
        await ShouldBeAsync(list, "OpenAI", "Groq", "Mistral AI", "Offline Lite");

        // By keyboard: the button goes along, and stays in focus at the end of the list.
        var later = list.GetByRole(AriaRole.Button, new() { Name = "Ask OpenAI later" });
        await later.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await ShouldBeAsync(list, "Groq", "OpenAI", "Mistral AI", "Offline Lite");
        await Expect(later).ToBeFocusedAsync();
        await Expect(list.GetByRole(AriaRole.Status)).ToHaveTextAsync("OpenAI is number 2 of 3");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await ShouldBeAsync(list, "Groq", "Mistral AI", "OpenAI", "Offline Lite");
        await Expect(later).ToBeFocusedAsync();

        // By hand: the last one to the top.
        await PullAsync(page, list, from: 2, to: 0);
        await ShouldBeAsync(list, "OpenAI", "Groq", "Mistral AI", "Offline Lite");

        await list.GetByRole(AriaRole.Button, new() { Name = "Remove Groq from the list" }).ClickAsync();
        await ShouldBeAsync(list, "OpenAI", "Mistral AI", "Offline Lite");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Undo") }).ClickAsync();
        await ShouldBeAsync(list, "OpenAI", "Groq", "Mistral AI", "Offline Lite");
        await page.ReloadAsync();
        await ShouldBeAsync(list, "OpenAI", "Groq", "Mistral AI", "Offline Lite");
        mira.Faults.ShouldBeEmpty();
    }

    [Fact]
    [Keeps("L-081")]
    public async Task Finds_a_half_written_question_on_the_second_device()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var server = await ServerProcess.StartAsync();
        await using var desk = await chromium.VisitAsync(server.Address);
        await WalkTests.SetUpAsync(desk.Page, server.SetupToken, "mira");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Use Offline Lite for now" }).ClickAsync();
        await WalkTests.AskAsync(desk.Page, "What can you do?");
        await Expect(desk.Page.GetByRole(AriaRole.Button, new() { Name = "Answer again", Exact = true })).ToBeVisibleAsync();
        await Box(desk.Page).FillAsync("And how do I load the");
        await desk.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/draft", StringComparison.Ordinal) && answer.Request.Method == "PUT" && answer.Status == 204);

        await using var phone = await chromium.VisitAsync(server.Address, isPhone: true);
        await Furniture.SignInAsync(phone.Page, "mira");
        await phone.Page.GotoAsync(new Uri(desk.Page.Url).AbsolutePath);
        await Expect(Box(phone.Page)).ToHaveValueAsync("And how do I load the");
        await WalkTests.AskAsync(phone.Page, "And how do I load the kiln?");
        await Expect(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Answer again", Exact = true })).ToHaveCountAsync(2);
        await phone.Page.ReloadAsync();
        await Expect(Box(phone.Page)).ToHaveValueAsync("");

        await desk.Page.ReloadAsync();
        await Expect(Box(desk.Page)).ToHaveValueAsync("");
        desk.Faults.ShouldBeEmpty();
        phone.Faults.ShouldBeEmpty();
    }

    private static ILocator Box(IPage page) => page.GetByLabel("Your question", new() { Exact = true });

    private static Task ShouldBeAsync(ILocator list, params string[] names) =>
        Expect(list.GetByRole(AriaRole.Listitem).Locator("b")).ToHaveTextAsync(names.Select(name => new Regex("^" + name)));

    private static async Task PullAsync(IPage page, ILocator list, int from, int to)
    {
        var rows = list.Locator("[data-row]");
        var start = (await rows.Nth(from).BoundingBoxAsync())!;
        var end = (await rows.Nth(to).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(start.X + 20, start.Y + start.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(end.X + 20, end.Y + 4, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }
}
