using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>How a screen is looked at: on which device, by day or by night.</summary>
public sealed record Look(bool IsPhone, ColorScheme Colours)
{
    public override string ToString() => $"{(IsPhone ? "phone" : "desktop")}-{(Colours == ColorScheme.Dark ? "dark" : "light")}";

    public static TheoryData<bool, ColorScheme> All => new()
    {
        { false, ColorScheme.Light }, { false, ColorScheme.Dark }, { true, ColorScheme.Light }, { true, ColorScheme.Dark },
    };
}

/// <summary>Keeps a picture of each screen in artifacts/screens, and what axe finds on it.</summary>
internal sealed class Gallery(Visitor visitor, Look look)
{
    private static readonly string Pictures = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screens"));

    private readonly List<string> barriers = [];

    /// <summary>Serious and critical findings of all pictures so far, each with the screen's name.</summary>
    public IReadOnlyList<string> Barriers => barriers;

    public async Task TakeAsync(string name)
    {
        Directory.CreateDirectory(Pictures);
        await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}-{look}.png"), Animations = ScreenshotAnimations.Disabled });
        barriers.AddRange((await visitor.FindBarriersAsync()).Select(finding => $"{name}: {finding}"));
    }
}
