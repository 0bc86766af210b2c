using System.Text.Json;
using Microsoft.Playwright;

namespace Atrium.Browser.Bench;

/// <summary>Times between frames, in milliseconds, while an answer streams.</summary>
internal sealed record FrameTimes(double[] Following, double[] Upwards, double[] Downwards);

/// <summary>Debian's Chromium, driven as a person drives it: addresses, clicks, the wheel.</summary>
internal sealed class Browser : IAsyncDisposable
{
    public const string Program = "/usr/bin/chromium";

    private const int WheelStep = 240;
    private const int WheelPauseMilliseconds = 40;

    private static readonly string[] Flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly SeededHouse house;
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly string signedIn;
    private IBrowserContext? context;
    private IPage? page;

    private Browser(SeededHouse house, IPlaywright playwright, IBrowser browser, string signedIn)
    {
        this.house = house;
        this.playwright = playwright;
        this.browser = browser;
        this.signedIn = signedIn;
    }

    /// <summary>Kilobytes of JavaScript that the last cold opening fetched, as they were sent.</summary>
    public double ScriptKilobytes { get; private set; }

    private string Talk => $"/assistant/{house.Conversation}";

    public static async Task<Browser> StartAsync(SeededHouse house)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Headless = true, Args = Flags });
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = house.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Username").FillAsync(SeededHouse.Username);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(SeededHouse.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/assistant");
        return new Browser(house, playwright, browser, await context.StorageStateAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (context is not null)
            await context.DisposeAsync();
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    /// <summary>A browser that never was here opens the conversation by its address.</summary>
    public async Task<double> OpenCold()
    {
        if (context is not null)
            await context.DisposeAsync();
        context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = house.Address.ToString(),
            StorageState = signedIn,
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
        });
        page = await context.NewPageAsync();
        await page.AddInitScriptAsync($$"""
            {
              const look = () => document.querySelector('[data-message="{{house.Newest}}"]') ? requestAnimationFrame(() => (window.shownAt = performance.now())) : requestAnimationFrame(look);
              requestAnimationFrame(look);
            }
            """);
        var shown = await OpenAgain();
        ScriptKilobytes = await page.EvaluateAsync<double>("performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1024");
        return shown;
    }

    /// <summary>The same browser loads the address anew.</summary>
    public async Task<double> OpenAgain()
    {
        await page!.GotoAsync(Talk, new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => window.shownAt !== undefined");
        return await page.EvaluateAsync<double>("window.shownAt");
    }

    /// <summary>A click in the list, with the app open.</summary>
    public async Task<double> OpenFromList()
    {
        await page!.GetByText("Another conversation, number 30").ClickAsync();
        var link = page.Locator($"#list a[href='{Talk}']");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Another conversation, number 30" }).WaitForAsync();
        return await link.EvaluateAsync<double>(
            """
            async (link, newest) => {
              const began = performance.now();
              link.click();
              while (!document.querySelector(`[data-message="${newest}"]`)) await new Promise(requestAnimationFrame);
              await new Promise(requestAnimationFrame);
              return performance.now() - began;
            }
            """,
            house.Newest.ToString());
    }

    public async Task<FrameTimes> MeasureFrames(int seconds)
    {
        await house.AskForLongAnswerAsync(words: 8000, perSecond: 60);
        await OpenAgain();
        await page!.GetByRole(AriaRole.Button, new() { Name = "Stop" }).WaitForAsync();
        await page.Mouse.MoveAsync(860, 400);
        return new FrameTimes(await FramesAsync(seconds, 0), await FramesAsync(seconds, -WheelStep), await FramesAsync(seconds, WheelStep));
    }

    private async Task<double[]> FramesAsync(int seconds, int wheel)
    {
        var measuring = page!.EvaluateAsync<JsonElement>(
            """
            (length) => new Promise((done) => {
              const times = [];
              let last = performance.now();
              const end = last + length;
              const step = () => {
                const now = performance.now();
                times.push(now - last);
                last = now;
                if (now < end) requestAnimationFrame(step);
                else done(times);
              };
              requestAnimationFrame(step);
            })
            """,
            seconds * 1000);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(WheelPauseMilliseconds));
        while (wheel != 0 && !measuring.IsCompleted && await pace.WaitForNextTickAsync())
            await page.Mouse.WheelAsync(0, wheel);
        return (await measuring).Deserialize<double[]>()!;
    }
}
