using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>What a person sees while the house is slow, away, failing, empty or at a limit: each says so in words, and none has a serious barrier.</summary>
public sealed class StateTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Conversations = "**/api/conversations?*";
    private const string Messages = "**/api/conversations/*/messages*";

    [Theory, MemberData(nameof(Devices.All), MemberType = typeof(Devices))]
    public async Task Says_in_every_state_what_is_going_on(bool isPhone)
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var server = await ServerProcess.StartAsync();
        await using var visitor = await chromium.VisitAsync(server.Address, isPhone, answersFromWorker: false);
        var states = new States(visitor.Page, new Gallery(visitor, isPhone));
        var talk = await states.FurnishAsync(server);

        await states.ShowColdStartAsync();
        await states.ShowLoadingAsync(talk);
        await states.ShowFailingAsync(talk);
        await states.ShowEndingsAsync(talk);
        await states.ShowLimitsAsync(talk);
        await states.ShowNothingFoundAsync();
        await states.ShowSettingsAsync();
        await states.ShowOfflineAsync(talk);

        states.Gallery.Barriers.ShouldBeEmpty();
        visitor.Faults.ShouldBeEmpty();
    }

    /// <summary>Without a network the page that was opened before still opens, and says what is wrong.</summary>
    [Theory, MemberData(nameof(Devices.All), MemberType = typeof(Devices))]
    public async Task Opens_without_a_network_and_says_so(bool isPhone)
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var server = await ServerProcess.StartAsync();
        await using var visitor = await chromium.VisitAsync(server.Address, isPhone);
        var gallery = new Gallery(visitor, isPhone);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await visitor.Page.ReloadAsync();
        await visitor.Context.SetOfflineAsync(true);
        await visitor.Page.GotoAsync("/assistant");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "No connection" })).ToBeVisibleAsync();
        await gallery.TakeAsync("offline-page");
        // Nobody has to press anything when the network is back.
        await visitor.Context.SetOfflineAsync(false);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "The house is empty." })).ToBeVisibleAsync();

        gallery.Barriers.ShouldBeEmpty();
    }

    private sealed class States(IPage page, Gallery gallery)
    {
        public Gallery Gallery => gallery;

        /// <returns>The address of a conversation with one answer.</returns>
        public async Task<string> FurnishAsync(ServerProcess server)
        {
            await WalkTests.SetUpAsync(page, server.SetupToken, "mira");
            await page.GetByRole(AriaRole.Dialog).WaitForAsync();
            return await page.EvaluateAsync<string>(
                """
                async () => {
                  const send = async (method, path, body) => (await fetch(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
                  await send('PATCH', '/api/me/preferences', { hideProviderPrompt: true });
                  const { id } = await send('POST', '/api/conversations', { title: 'Which cones for the test tiles' });
                  await send('POST', '/api/ai/chat', { message: 'What can you do?', conversationId: id });
                  return '/assistant/' + id;
                }
                """);
        }

        public async Task ShowColdStartAsync()
        {
            await page.RouteAsync("**/ready", route => route.FulfillAsync(new() { Status = 503 }));
            await page.GotoAsync("/assistant");
            await Expect(page.GetByText("Lighting the lamps", new() { Exact = false }).First).ToBeVisibleAsync();
            await gallery.TakeAsync("state-cold-start");
            await page.UnrouteAllAsync();
        }

        public async Task ShowLoadingAsync(string talk)
        {
            await page.RouteAsync(Messages, Never);
            await page.GotoAsync(talk);
            await Expect(page.GetByText("Opening Which cones for the test tiles, 2 messages")).ToBeVisibleAsync();
            await gallery.TakeAsync("state-loading-talk");
            await page.UnrouteAllAsync();
            await page.RouteAsync(Conversations, Never);
            await page.GotoAsync("/assistant");
            await Expect(page.Locator("nav[aria-label='Conversations'] [aria-hidden='true'] span").First).ToBeVisibleAsync();
            await gallery.TakeAsync("state-loading-list");
            await page.UnrouteAllAsync();
        }

        public async Task ShowFailingAsync(string talk)
        {
            await page.RouteAsync(Messages, route => RefuseAsync(route, 503, "database-unavailable"));
            await page.GotoAsync(talk);
            await Expect(page.GetByText("The house cannot reach its database.", new() { Exact = false })).ToBeVisibleAsync();
            await gallery.TakeAsync("state-failing-talk");
            await page.UnrouteAllAsync();
            await page.RouteAsync(Conversations, route => RefuseAsync(route, 500, "internal-error"));
            await page.GotoAsync("/assistant");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
            await gallery.TakeAsync("state-failing-list");
            await page.UnrouteAllAsync();
        }

        /// <summary>The ways in which an answer ends other than well.</summary>
        public async Task ShowEndingsAsync(string talk)
        {
            foreach (var (name, words, change) in new (string, string, Action<JsonNode>)[]
            {
                ("cut-off", "Cut off after", answer => (answer["status"], answer["cost"]) = ("interrupted", "0.004")),
                ("stopped", "Stopped after", answer => (answer["status"], answer["usage"]) = ("stopped", JsonNode.Parse("""{"inputTokens":310,"cachedTokens":0,"outputTokens":58,"reasoningTokens":0,"estimated":true}"""))),
                ("key-refused", "OpenAI refused 'Old shop key' (401).", answer => Fail(answer, "key-refused", "OpenAI refused 'Old shop key' (401). Your question is kept. Check the key under Settings, API Provider.")),
                ("fallback", "Anthropic could not be reached.", answer => answer["fallback"] = JsonNode.Parse("""{"provider":"anthropic","code":"provider-unreachable","title":"Anthropic could not be reached. Your question is kept. Try again in a moment."}""")),
            })
            {
                await page.RouteAsync(Messages, route => ChangeAsync(route, page => change(page["items"]!.AsArray()[^1]!)));
                await page.GotoAsync(talk);
                await Expect(page.GetByText(words, new() { Exact = false }).First).ToBeVisibleAsync();
                await gallery.TakeAsync("state-" + name);
                await page.UnrouteAllAsync();
            }
        }

        public async Task ShowLimitsAsync(string talk)
        {
            await page.RouteAsync("**/api/costs/today", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"spent":"1.96","limit":"2.00"}""" }));
            await page.RouteAsync(Messages, route => route.Request.Method == "POST"
                ? route.FulfillAsync(new() { Status = 429, ContentType = "application/problem+json", Headers = new Dictionary<string, string> { ["Retry-After"] = "30" }, Body = Problem(429, "rate-limited") })
                : ChangeAsync(route, page => Fail(page["items"]!.AsArray()[^1]!, "limit-reached", "This answer would pass your limit for today. It was not sent and nothing was spent.")));
            await page.GotoAsync(talk);
            await Expect(page.GetByText("This answer would pass your limit for today.")).ToBeVisibleAsync();
            await WalkTests.AskAsync(page, "And how high is the kiln?");
            await Expect(page.GetByText("Not sent. Too many tries. Wait 30 seconds.")).ToBeVisibleAsync();
            await gallery.TakeAsync("state-limits");
            await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
            await page.UnrouteAllAsync();
        }

        public async Task ShowSettingsAsync()
        {
            foreach (var (name, route, address, section) in new[]
            {
                ("fallbacks", "**/api/user/ai-fallbacks", "/settings/general/api-provider", "When it does not answer"),
                ("sessions", "**/api/sessions", "/settings/sign-in-and-devices", "Where you are signed in"),
                ("people", "**/api/admin/people*", "/settings/house/people", "People"),
                ("groups", "**/api/admin/groups*", "/settings/house/groups", "Groups"),
                ("invitations", "**/api/admin/invitations*", "/settings/house/registration", "Invitations"),
                ("registration", "**/api/admin/house", "/settings/house/registration", "How people get an account"),
                ("limits", "**/api/admin/limits", "/settings/house/limits", "Limits"),
                ("audit", "**/api/admin/audit*", "/settings/house/audit", "Audit log"),
            })
            {
                var part = page.GetByRole(AriaRole.Region, new() { Name = section });
                await page.RouteAsync(route, Never);
                await page.GotoAsync(address);
                await Expect(part.Locator("[aria-busy='true']")).ToBeVisibleAsync();
                await gallery.TakeAsync("state-loading-" + name);
                await page.UnrouteAllAsync();
                await page.RouteAsync(route, route => RefuseAsync(route, 503, "database-unavailable"));
                await page.GotoAsync(address);
                await Expect(part.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
                await part.ScrollIntoViewIfNeededAsync();
                await gallery.TakeAsync("state-failing-" + name);
                await page.UnrouteAllAsync();
                await part.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
                await Expect(part.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToHaveCountAsync(0);
            }
        }

        public async Task ShowNothingFoundAsync()
        {
            await page.GotoAsync("/assistant");
            await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search conversations" }).FillAsync("salt firing");
            await Expect(page.GetByText("No title and no message says “salt firing”.")).ToBeVisibleAsync();
            await gallery.TakeAsync("state-nothing-found");
        }

        public async Task ShowOfflineAsync(string talk)
        {
            await page.GotoAsync(talk);
            await Expect(page.GetByLabel("Your question", new() { Exact = true })).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.Context.SetOfflineAsync(true);
            await WalkTests.AskAsync(page, "Second firing held. Forty cups, all whole. What next?");
            await Expect(page.GetByText("Waiting, sends itself once")).ToBeVisibleAsync();
            await Expect(page.GetByText("No connection.", new() { Exact = true })).ToBeVisibleAsync();
            await gallery.TakeAsync("state-offline");
            await page.Context.SetOfflineAsync(false);
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answer again", Exact = true })).ToHaveCountAsync(2);
        }

        private static Task Never(IRoute route) => Task.CompletedTask;

        private static void Fail(JsonNode answer, string code, string title)
        {
            answer["status"] = "failed";
            answer["parts"] = new JsonArray();
            answer["error"] = JsonSerializer.SerializeToNode(new { code, title });
        }

        private static string Problem(int status, string code) => JsonSerializer.Serialize(new { type = "/problems/" + code, code, title = "Refused.", status });

        private static Task RefuseAsync(IRoute route, int status, string code) =>
            route.FulfillAsync(new() { Status = status, ContentType = "application/problem+json", Body = Problem(status, code) });

        private static async Task ChangeAsync(IRoute route, Action<JsonNode> change)
        {
            var answer = await route.FetchAsync();
            var body = JsonNode.Parse(await answer.TextAsync())!;
            change(body);
            await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
        }
    }
}
