using System.Text.RegularExpressions;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>The screens of a profile and of who runs the house: looked at in every light, and walked by an admin and the people they let in.</summary>
public sealed class HouseScreenTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory, MemberData(nameof(Devices.All), MemberType = typeof(Devices))]
    [Keeps("Z-090")]
    public async Task Every_screen_of_the_house_is_clean(bool isPhone)
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var server = await ServerProcess.StartAsync();
        await using var visitor = await chromium.VisitAsync(server.Address, isPhone);
        var gallery = new Gallery(visitor, isPhone);
        var page = visitor.Page;
        await WalkTests.SetUpAsync(page, server.SetupToken, "mira");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Use )?Offline Lite( for now)?$") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await gallery.ShowAsync("profile-empty", "/settings/profile", "You are in no group.");
        await gallery.ShowAsync("groups-empty", "/settings/house/groups", "No group yet.");
        await gallery.ShowAsync("registration-empty", "/settings/house/registration", "Nobody is invited.");
        await gallery.ShowAsync("notices-empty", "/settings/house/notices", "Stop all changes");

        await Furniture.FillHouseAsync(page, server);
        await gallery.ShowAsync("profile", "/settings/profile", "Tuesday class");
        await gallery.ShowAsync("people", "/settings/house/people", "Suspended");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search by name or e-mail" }).FillAsync("nobody at all");
        await Expect(page.GetByText("Nobody here is called “nobody at all”.")).ToBeVisibleAsync();
        await gallery.TakeAsync("people-none");
        await gallery.ShowAsync("registration", "/settings/house/registration", "Ana, from the market");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("/sign-up#inv_");
        await gallery.TakeAsync("invitation-made");
        await ShowGroupsAsync(page, gallery);
        await gallery.ShowAsync("limits", "/settings/house/limits", "Questions to models");
        await gallery.ShowAsync("audit", "/settings/house/audit", "Made an invitation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show only what mira did" }).First.ClickAsync();
        await page.GetByLabel("From").FillAsync("2001-01-01");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2001-01-02");
        await Expect(page.GetByText("Nothing was written down that fits these filters.")).ToBeVisibleAsync();
        await gallery.TakeAsync("audit-none");
        await ShowNoticesAsync(page, gallery);
        await gallery.ShowAsync("devices", "/settings/sign-in-and-devices", "This device");

        gallery.Barriers.ShouldBeEmpty();
        visitor.Faults.ShouldBeEmpty();
    }

    private static async Task ShowGroupsAsync(IPage page, Gallery gallery)
    {
        await page.GotoAsync("/settings/house/groups");
        await page.GetByRole(AriaRole.Button, new() { Name = "3 people" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "People in Tuesday class" })).ToContainTextAsync("noah");
        await gallery.TakeAsync("groups");
        await page.GetByRole(AriaRole.Button, new() { Name = "More for Kiln crew" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Dissolve" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep the group" })).ToBeFocusedAsync();
        await gallery.TakeAsync("group-dissolve");
    }

    private static async Task ShowNoticesAsync(IPage page, Gallery gallery)
    {
        await page.GotoAsync("/settings/house/notices");
        await page.GetByLabel("What everybody should know").FillAsync("The studio is closed on Friday. The kiln cools until Saturday noon.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show to everybody" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "About this house" })).ToContainTextAsync("The studio is closed on Friday.");
        await page.GetByLabel("Why, for everybody to read").FillAsync("We are moving to another disk, until about noon.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop changes" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "About this house" })).ToContainTextAsync("Nothing can be changed in this house for now.");
        await gallery.TakeAsync("notices");
    }

    [Fact]
    [Keeps("Z-015", "Z-016", "B-012")]
    public async Task Lets_somebody_in_by_a_link_stops_their_changes_and_shuts_them_out()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["REGISTRATION"] = "invite" });
        await using var mira = await chromium.VisitAsync(server.Address);
        await using var noah = await chromium.VisitAsync(server.Address);
        await WalkTests.SetUpAsync(mira.Page, server.SetupToken, "mira");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Use Offline Lite for now" }).ClickAsync();
        await noah.Page.GotoAsync("/sign-up");
        await Expect(noah.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" })).ToHaveCountAsync(0);

        await mira.Page.GotoAsync("/settings/house/registration");
        await Expect(mira.Page.GetByRole(AriaRole.Radio, new() { Name = "Anybody" })).ToBeDisabledAsync();
        await mira.Page.GetByLabel("Whom it is for").FillAsync("Noah");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await mira.Page.GetByRole(AriaRole.Dialog).Locator("output").InnerTextAsync();
        await mira.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await noah.Page.GotoAsync("/");
        await noah.Page.GotoAsync(new Uri(link).PathAndQuery + new Uri(link).Fragment);
        await noah.Page.GetByLabel("Username").FillAsync("noah");
        await noah.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestHouse.Password);
        await noah.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await noah.Page.GetByRole(AriaRole.Button, new() { Name = "Use Offline Lite for now" }).ClickAsync();
        await mira.Page.ReloadAsync();
        await Expect(mira.Page.GetByText(new Regex("let noah in"))).ToBeVisibleAsync();

        await mira.Page.GotoAsync("/settings/house/notices");
        await mira.Page.GetByLabel("Why, for everybody to read").FillAsync("Back at noon.");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Stop changes" }).ClickAsync();
        await Expect(mira.Page.GetByRole(AriaRole.Button, new() { Name = "Allow changes again" })).ToBeVisibleAsync();
        await noah.Page.GotoAsync("/settings/profile");
        await Expect(noah.Page.GetByText("Back at noon.")).ToBeVisibleAsync();
        await noah.Page.GetByLabel("Pronouns").FillAsync("he/him");
        await noah.Page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();
        await Expect(noah.Page.GetByText("Nothing can be changed in this house for now. What you wrote is kept here.", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(noah.Page.GetByLabel("Pronouns")).ToHaveValueAsync("he/him");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Allow changes again" }).ClickAsync();
        await Expect(mira.Page.GetByRole(AriaRole.Button, new() { Name = "Stop changes" })).ToBeVisibleAsync();
        await noah.Page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();
        await Expect(noah.Page.GetByText("Your profile is saved")).ToBeVisibleAsync();

        await mira.Page.GotoAsync("/settings/house/people");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "More for noah" }).ClickAsync();
        await mira.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Suspend" }).ClickAsync();
        await Expect(mira.Page.GetByText("noah is suspended and signed out everywhere")).ToBeVisibleAsync();
        await noah.Page.GotoAsync("/settings/profile");
        await Expect(noah.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
        await mira.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Undo") }).ClickAsync();
        await Expect(mira.Page.GetByText("Suspended", new() { Exact = true })).ToHaveCountAsync(0);
        await Furniture.SignInAsync(noah.Page, "noah");
        mira.Faults.ShouldBeEmpty();
        noah.Faults.ShouldBeEmpty();
    }
}
