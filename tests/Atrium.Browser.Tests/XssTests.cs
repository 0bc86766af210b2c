using System.Collections.Concurrent;
using Atrium.Testing;
using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>Every text that comes from outside stays text: the corpus goes through every field and file name, and every screen that shows them is opened.</summary>
public sealed class XssTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>Letters of the shortest field that takes whatever is typed.</summary>
    private const int KeyName = 100;

    // Takes minutes: run it by its name with -explicit only.
    [Fact(Explicit = true)]
    public async Task Runs_no_script_and_asks_nobody_outside_whatever_a_text_says()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var outside = await Outside.StartAsync();
        var corpus = XssCorpus.Make(outside.Address);
        corpus.Count.ShouldBeGreaterThanOrEqualTo(500);
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["HOUSE_NAME"] = "<img src=x onerror=xss(-1)>" });
        await using var visitor = await chromium.VisitAsync(server.Address, answersFromWorker: false);
        var ran = new ConcurrentQueue<string>();
        var asked = new ConcurrentQueue<string>();
        await visitor.Context.ExposeFunctionAsync("xss", (int number) => ran.Enqueue($"{number}: {corpus.ElementAtOrDefault(number)}"));
        visitor.Page.Dialog += (_, dialog) => ran.Enqueue("dialog: " + dialog.Message);
        visitor.Context.Request += (_, request) => NoteStranger(asked, server, request.Url);
        visitor.Context.Page += (_, page) => asked.Enqueue("window: " + page.Url);
        await WalkTests.SetUpAsync(visitor.Page, server.SetupToken, "mira");
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();

        var house = new XssHouse(visitor.Page, server, corpus);
        await house.FurnishAsync(KeyName);
        await house.ReadTalkAsync();
        await house.ReadListAsync();
        await house.OpenScreensAsync();
        await house.ReadNoticesAsync();
        await house.OpenAddressesAsync();
        await house.OpenFilesAsync();

        ran.ShouldBeEmpty();
        asked.ShouldBeEmpty();
        outside.Visits.ShouldBeEmpty();
        visitor.Faults.ShouldBeEmpty();
        // What would have told of a script does tell.
        await visitor.Page.EvaluateAsync("xss(0)");
        ran.ShouldHaveSingleItem();
        using var client = new HttpClient();
        (await client.GetAsync(outside.Address)).EnsureSuccessStatusCode();
        outside.Visits.Count.ShouldBe(2);
    }

    private static void NoteStranger(ConcurrentQueue<string> asked, ServerProcess server, string address)
    {
        var url = new Uri(address);
        // The computer's own Ollama is asked by the page itself.
        if (url.Scheme is "data" or "blob" || url.Authority == server.Address.Authority || url.Port == FakeOllama.Port)
            return;
        asked.Enqueue(address);
    }
}
