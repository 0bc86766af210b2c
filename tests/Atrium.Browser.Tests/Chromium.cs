using System.Collections.Concurrent;
using Microsoft.Playwright;

// Each test has a server and a browser of its own at work: more of them than processors only makes all wait.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Atrium.Browser.Tests;

/// <summary>The system's Chromium, one for all tests of a class.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Program = "/usr/bin/chromium";

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Milliseconds; a machine that does other things too must not fail a walk.</summary>
    private const float Patience = 60_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    public static bool IsInstalled => File.Exists(Program);

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled)
            return;
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Headless = true, Args = Flags });
    }

    /// <summary>A new person's browser: own cookies, own storage.</summary>
    /// <param name="answersFromWorker">False where a test answers requests itself: a service worker would stand before it.</param>
    public async Task<Visitor> VisitAsync(Uri address, bool isPhone = false, bool answersFromWorker = true)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = isPhone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1440, Height = 900 },
            HasTouch = isPhone,
            Locale = "en-GB",
            ServiceWorkers = answersFromWorker ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        context.SetDefaultTimeout(Patience);
        return await Visitor.InAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>A page with what went wrong on it: policy violations, script errors, requests that left the house.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> faults = new();

    private Visitor(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Faults => faults;

    public static async Task<Visitor> InAsync(IBrowserContext context)
    {
        var visitor = new Visitor(context, await context.NewPageAsync());
        await context.ExposeFunctionAsync("reportViolation", (string text) => visitor.faults.Enqueue(text));
        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', (e) => reportViolation(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile ?? ''}:${e.lineNumber}`))");
        visitor.Page.PageError += (_, error) => visitor.faults.Enqueue("script: " + error);
        return visitor;
    }

    /// <summary>Serious and critical findings of axe on the page as it is now.</summary>
    /// <param name="coloursOnly">Whether only contrasts are looked at: the rest was, in other colours.</param>
    public async Task<IReadOnlyList<string>> FindBarriersAsync(bool coloursOnly)
    {
        if (!await Page.EvaluateAsync<bool>("'axe' in window"))
            await Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));
        return await Page.EvaluateAsync<string[]>(
            """
            async (coloursOnly) => (await axe.run(document, { resultTypes: ['violations'], runOnly: coloursOnly ? { type: 'rule', values: ['color-contrast'] } : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`)
            """,
            coloursOnly);
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
