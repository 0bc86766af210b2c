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
        var gallery = new Gallery(mira, new Look(false, ColorScheme.Light));
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
}
