using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>The Ollama on a person's own computer, asked by their browser and by nobody else.</summary>
public sealed class OllamaTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    [Keeps("Z-034", "Z-035")]
    public async Task Says_whether_Ollama_is_off_closed_to_the_page_or_running()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        Assert.SkipUnless(FakeOllama.IsPortFree(), $"port {FakeOllama.Port} is taken");
        await using var server = await ServerProcess.StartAsync();
        await using var mira = await chromium.VisitAsync(server.Address);
        var page = mira.Page;
        var gallery = new Gallery(mira, isPhone: false);
        await WalkTests.SetUpAsync(page, server.SetupToken, "mira");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Who should answer?" });
        await dialog.GetByText("Ollama on this computer", new() { Exact = true }).ClickAsync();
        await Expect(dialog.GetByText("Ollama on this computer did not answer.")).ToBeVisibleAsync();
        await gallery.TakeAsync("ollama-off");

        await using var ollama = await FakeOllama.StartAsync();
        ollama.AllowsOrigin = false;
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(dialog.GetByText($"OLLAMA_ORIGINS={server.Address.GetLeftPart(UriPartial.Authority)} ollama serve")).ToBeVisibleAsync();
        await gallery.TakeAsync("ollama-refused");

        ollama.AllowsOrigin = true;
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(dialog.GetByText("Ollama is running, with 2 models.")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Combobox, new() { Name = "Model to start with" })).ToHaveValueAsync("llama3.2:3b · 3.2B");
        await gallery.TakeAsync("ollama-running");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.GetByText("llama3.2:3b")).ToBeVisibleAsync();

        gallery.Barriers.ShouldBeEmpty();
        // Asking a program that is off, or that refuses, is told of by the browser itself; the page's policy forbids none of it.
        mira.Faults.ShouldBeEmpty();
    }

    [Fact]
    [Keeps("Z-034", "L-017")]
    public async Task Answers_through_the_browser_and_is_kept_by_the_house()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        Assert.SkipUnless(FakeOllama.IsPortFree(), $"port {FakeOllama.Port} is taken");
        await using var ollama = await FakeOllama.StartAsync();
        await using var server = await ServerProcess.StartAsync();
        await using var mira = await chromium.VisitAsync(server.Address);
        var page = mira.Page;
        await WalkTests.SetUpAsync(page, server.SetupToken, "mira");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Who should answer?" });
        await dialog.GetByText("Ollama on this computer", new() { Exact = true }).ClickAsync();
        await Expect(dialog.GetByText("Ollama is running, with 2 models.")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();

        await WalkTests.AskAsync(page, "How do I load the kiln?");
        var answer = page.GetByRole(AriaRole.Article, new() { NameRegex = new("^Answer by ") }).Last;
        await Expect(answer).ToContainTextAsync("Load the lower shelf first.");
        await Expect(answer).ToContainTextAsync("this computer, free");
        ollama.LastQuestion.GetProperty("options").GetProperty("num_ctx").GetInt32().ShouldBe(8192);
        ollama.LastQuestion.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString().ShouldBe("How do I load the kiln?");
        await page.ReloadAsync();
        await Expect(answer).ToContainTextAsync("Load the lower shelf first.");

        ollama.Words = ["Then ", "close ", "the ", "door ", "slowly."];
        ollama.Hold = new TaskCompletionSource();
        await WalkTests.AskAsync(page, "And then?");
        await Expect(answer).ToContainTextAsync("Then close the door");
        await page.ReloadAsync();
        await Expect(page.GetByText("Cut off after 4 words")).ToBeVisibleAsync();
        await Expect(answer).ToContainTextAsync("Then close the door");
        mira.Faults.ShouldBeEmpty();
    }
}
