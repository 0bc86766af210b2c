using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>On what a screen is looked at.</summary>
public static class Devices
{
    /// <summary>Whether it is a phone.</summary>
    public static TheoryData<bool> All => [false, true];
}

/// <summary>Keeps a picture of each screen by day and by night in artifacts/screens, and what axe finds on it.</summary>
internal sealed class Gallery(Visitor visitor, bool isPhone)
{
    private static readonly string Pictures = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screens"));

    private readonly List<string> barriers = [];

    /// <summary>Serious and critical findings of all pictures so far, each with the screen's name.</summary>
    public IReadOnlyList<string> Barriers => barriers;

    public async Task TakeAsync(string name)
    {
        Directory.CreateDirectory(Pictures);
        await TakeAsync(name, ColorScheme.Dark, "dark");
        await TakeAsync(name, ColorScheme.Light, "light");
    }

    /// <summary>Opens an address and takes its picture once its words and figures are there.</summary>
    public async Task ShowAsync(string name, string address, string words)
    {
        await visitor.Page.GotoAsync(address);
        await Assertions.Expect(visitor.Page.GetByText(words, new() { Exact = false }).First).ToBeVisibleAsync();
        await visitor.Page.WaitForFunctionAsync("() => document.fonts.status === 'loaded' && document.querySelector('[aria-busy=true], .mantine-Skeleton-root') === null");
        await TakeAsync(name);
    }

    private async Task TakeAsync(string name, ColorScheme colours, string scheme)
    {
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = colours });
        await visitor.Page.WaitForFunctionAsync("(scheme) => (document.documentElement.dataset.mantineColorScheme ?? scheme) === scheme", scheme);
        var path = Path.Combine(Pictures, $"{name}-{(isPhone ? "phone" : "desktop")}-{scheme}.png");
        await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, Animations = ScreenshotAnimations.Disabled });
        // What a page is made of is the same by day and by night; only its colours are not.
        barriers.AddRange((await visitor.FindBarriersAsync(coloursOnly: colours == ColorScheme.Dark)).Select(finding => $"{name} {scheme}: {finding}"));
    }
}
