using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>A house whose every text is one of the corpus, and a walk past all of them.</summary>
internal sealed class XssHouse(IPage page, ServerProcess server, IReadOnlyList<string> corpus)
{
    /// <summary>Scrolls a list of rows to one end, waiting for what it fetches, and counts the rows it has shown.</summary>
    private const string ScrollThrough =
        """
        async ([selector, direction, wanted]) => {
          const frame = () => new Promise(requestAnimationFrame);
          const seen = new Set();
          for (let still = 0; still < 240 && seen.size < wanted;) {
            const rows = [...document.querySelectorAll(selector + ' [data-row]')];
            const before = seen.size;
            rows.forEach((row) => seen.add(row.dataset.row));
            still = seen.size === before ? still + 1 : 0;
            const scroller = rows[0]?.closest(selector)?.querySelector('[class*=scroller]') ?? rows[0]?.parentElement?.parentElement?.parentElement;
            scroller?.scrollBy(0, direction * scroller.clientHeight * 0.8);
            await frame();
            await frame();
          }
          return seen.size;
        }
        """;

    /// <summary>Every field of a screen takes every text, as if it was typed.</summary>
    private const string TypeEverywhere =
        """
        async (corpus) => {
          const fields = [...document.querySelectorAll('input:not([type]), input[type=text], input[type=search], input[type=email], input[type=password], textarea')].filter((field) => !field.readOnly && !field.disabled && field.checkVisibility());
          for (const field of fields) {
            const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value');
            field.focus();
            for (const [index, text] of corpus.entries()) {
              set.call(field, text);
              field.dispatchEvent(new Event('input', { bubbles: true }));
              if (index % 20 === 0) await new Promise(requestAnimationFrame);
              // At times the typing rests, so that what is found is shown, too.
              if (index % 150 === 0) await new Promise((resolve) => setTimeout(resolve, 350));
            }
            set.call(field, '');
            field.dispatchEvent(new Event('input', { bubbles: true }));
          }
          return fields.length;
        }
        """;

    private string talk = "";

    public async Task FurnishAsync(int keyName)
    {
        await BringPeopleAsync();
        var document = JsonSerializer.Serialize(new[] { Talk() });
        talk = await Furniture.RunAsync<string>(
            page,
            """
            await send('PATCH', '/api/me/preferences', { hideProviderPrompt: true });
            const form = new FormData();
            form.append('file', new File([given.document], given.corpus[3] + '.json', { type: 'application/json' }));
            const accepted = await (await fetch('/api/conversations/import', { method: 'POST', body: form })).json();
            let report;
            do {
              await new Promise((resolve) => setTimeout(resolve, 200));
              report = await send('GET', '/api/imports/' + accepted.id);
            } while (report.status === 'queued' || report.status === 'running');
            if (report.status !== 'finished') throw new Error(JSON.stringify(report));
            const { items } = await send('GET', '/api/conversations');
            const all = (texts, work) => Promise.all(texts.map(work));
            for (let start = 0; start < given.corpus.length; start += 40) {
              await all(given.corpus.slice(start, start + 40), (text) => send('POST', '/api/conversations', { title: text.slice(0, 200), systemPrompt: text, model: text.slice(0, 200) }));
            }
            await send('PUT', `/api/conversations/${items[0].id}/draft`, { text: given.corpus.join('\n') });
            await all(given.corpus.slice(0, 60), (text) => send('POST', '/api/provider-keys', { provider: 'openai', name: text.slice(0, given.keyName).trim() || 'x', apiKey: 'sk-xss-canary-0123456789' }).catch(() => {}));
            await all(given.corpus.slice(0, 60), (text) => send('POST', '/api/keys', { name: text.slice(0, 100).trim() || 'x', models: [text.slice(0, 100)] }).catch(() => {}));
            await all(given.corpus.slice(0, 60), (text) => send('PUT', '/api/budgets', { kind: 'model', subject: text.slice(0, 200), period: 'day', amount: '1' }).catch(() => {}));
            await all(given.corpus.slice(0, 60), (text) => send('PUT', '/api/admin/prices', { provider: 'openai', model: text.slice(0, 200).trim() || 'x', input: '1', output: '2' }).catch(() => {}));
            await send('PUT', '/api/user/ai-fallbacks', { items: given.corpus.slice(0, 3).map((text) => ({ provider: 'openai', model: text.slice(0, 200) })) });
            for (let start = 0; start < given.corpus.length; start += 40) {
              await all(given.corpus.slice(start, start + 40), (text, index) => send('POST', '/api/admin/groups', { name: `${start + index} ${text}`.slice(0, 128) }).catch(() => {}));
              await all(given.corpus.slice(start, start + 40), (text) => send('POST', '/api/admin/invitations', { note: text.slice(0, 200) }).catch(() => {}));
            }
            for (const [index, use] of ['diszi', 'zily', 'assistant'].entries()) await send('PUT', '/api/user/default-models/' + use, { model: given.corpus[index].slice(0, 200) });
            return items[0].id;
            """,
            new { document, corpus, keyName });
    }

    /// <summary>Every message, with its reasoning, tools, sources, errors and file names, and every pane beside them.</summary>
    public async Task ReadTalkAsync()
    {
        await page.GotoAsync($"/assistant/{talk}");
        await Expect(page.GetByRole(AriaRole.Feed).Locator("[data-row]").First).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>(ScrollThrough, new object[] { "main", -1, corpus.Count * 2 })).ShouldBe(corpus.Count * 2);
        foreach (var pane in new[] { "sources", "details", "map", "settings" })
        {
            await page.GotoAsync($"/assistant/{talk}?pane={pane}");
            await Expect(page.GetByRole(AriaRole.Radiogroup, new() { Name = "Sources and details" })).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }
        // What opens only when it is asked for: thoughts, tools and sources.
        await page.EvaluateAsync("() => document.querySelectorAll('main [aria-expanded=false], main details:not([open]) > summary').forEach((closed) => closed.click())");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    public async Task ReadListAsync()
    {
        await page.GotoAsync("/assistant");
        await Expect(page.Locator("nav[aria-label='Conversations'] [data-row]").First).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>(ScrollThrough, new object[] { "nav[aria-label='Conversations']", 1, corpus.Count + 1 })).ShouldBeGreaterThan(corpus.Count);
    }

    /// <summary>Every screen with all of its rows, and every field of it typed into.</summary>
    public async Task OpenScreensAsync()
    {
        string[] screens =
        [
            "general/api-provider", "profile", "your-data", "sign-in-and-devices", "house/people", "house/groups", "house/registration", "house/notices", "house/limits", "house/audit", "keys-for-programs", "house/spending", "house/prices", "house/provider-keys", "../costs",
        ];
        foreach (var screen in screens)
        {
            await page.GotoAsync("/settings/" + screen);
            await Expect(page.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            // Typed into first: a whole list would be drawn again with every letter.
            await page.EvaluateAsync<int>(TypeEverywhere, corpus);
            await ShowAllAsync();
        }
        foreach (var place in new[] { "/assistant", $"/assistant/{talk}", $"/assistant/{talk}?pane=settings", "/sign-in", "/sign-up" })
        {
            await page.GotoAsync(place);
            await Expect(page.GetByRole(AriaRole.Textbox).First).ToBeVisibleAsync();
            (await page.EvaluateAsync<int>(TypeEverywhere, corpus)).ShouldBeGreaterThan(0);
        }
        await page.GotoAsync("/assistant");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.EvaluateAsync<int>(TypeEverywhere, corpus);
    }

    /// <summary>What stands above everything for everybody.</summary>
    public async Task ReadNoticesAsync()
    {
        await page.GotoAsync("/settings/house/limits");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Furniture.RunAsync<object?>(
            page,
            """
            for (const text of given) {
              await send('PUT', '/api/admin/house/announcement', { text: text.slice(0, 500), tone: 'warning' }).catch(() => {});
              await send('PUT', '/api/admin/house/read-only', { reason: text.slice(0, 200) }).catch(() => {});
              document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
              await new Promise(requestAnimationFrame);
            }
            await send('DELETE', '/api/admin/house/read-only');
            """,
            corpus);
    }

    /// <summary>Lists end with a button for more.</summary>
    private Task ShowAllAsync() => page.EvaluateAsync(
        """
        async (most) => {
          for (let pages = 0; pages < most; pages++) {
            const more = [...document.querySelectorAll('main button')].find(({ textContent }) => textContent === 'Show more');
            if (!more) return;
            more.click();
            do await new Promise(requestAnimationFrame);
            while (more.isConnected && more.hasAttribute('data-loading'));
          }
        }
        """,
        corpus.Count / 50 + 1);

    /// <summary>Others, each with a name, pronouns and an address of the corpus, as far as the house takes them.</summary>
    private Task BringPeopleAsync() => Parallel.ForEachAsync(corpus.Index(), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (text, cancellation) =>
    {
        using var made = await server.Client.PostAsJsonAsync("/api/register", new { username = $"guest-{text.Index}", password = TestHouse.Password }, cancellation);
        made.EnsureSuccessStatusCode();
        var session = await made.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        using var change = new HttpRequestMessage(HttpMethod.Patch, "/api/me") { Content = JsonContent.Create(new { displayName = Cut(text.Item, 64), pronouns = Cut(text.Item, 40), about = text.Item }) };
        change.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        using var changed = await server.Client.SendAsync(change, cancellation);
        changed.StatusCode.ShouldBeOneOf(System.Net.HttpStatusCode.OK, System.Net.HttpStatusCode.BadRequest);
    });

    /// <summary>Addresses are typed, sent and linked to as well.</summary>
    public async Task OpenAddressesAsync()
    {
        string[] places = ["/assistant/{0}", "/assistant?ask={0}", $"/assistant/{talk}?at={{0}}", $"/assistant/{talk}?pane={{0}}", "/sign-in?to={0}", "/sign-up#{0}", "/setup#{0}", "/{0}"];
        foreach (var place in places)
        {
            await page.EvaluateAsync(
                """
                async ([place, corpus]) => {
                  for (const text of corpus) {
                    history.pushState(null, '', place.replace('{0}', encodeURIComponent(text)));
                    dispatchEvent(new PopStateEvent('popstate'));
                    await new Promise(requestAnimationFrame);
                  }
                }
                """,
                new object[] { place, corpus.Where((_, index) => index % 7 == 0) });
            await page.GotoAsync("/assistant");
        }
        foreach (var text in corpus.Where((_, index) => index % 60 == 0))
        {
            await page.GotoAsync("/sign-in?to=" + Uri.EscapeDataString(text));
            await page.GotoAsync("/" + Uri.EscapeDataString(text));
        }
    }

    /// <summary>A file that was sent here is never a page of this house, whatever it is called.</summary>
    public async Task OpenFilesAsync()
    {
        await page.GotoAsync("/assistant");
        var files = await Furniture.RunAsync<string[]>(
            page,
            """
            const kept = [];
            for (const [index, text] of given.entries()) {
              const form = new FormData();
              form.append('file', new File([text + '\n<script>xss(' + index + ')</script>'], text.slice(0, 60) + (index % 2 ? '.html' : '.svg'), { type: index % 2 ? 'text/html' : 'image/svg+xml' }));
              const answer = await fetch('/api/attachments', { method: 'POST', body: form });
              if (answer.ok) kept.push((await answer.json()).id);
            }
            return kept;
            """,
            corpus.Where((_, index) => index % 20 == 0));
        foreach (var id in files)
        {
            try
            {
                await page.GotoAsync($"/api/attachments/{id}");
            }
            catch (PlaywrightException exception) when (exception.Message.Contains("Download is starting", StringComparison.Ordinal))
            {
                // Handed over as a file, as it should be.
            }
        }
        await page.GotoAsync("/assistant");
    }

    /// <summary>One conversation in which everything that a message can hold is a text of the corpus.</summary>
    private object Talk()
    {
        var ids = corpus.Select(_ => (Question: Guid.CreateVersion7(), Answer: Guid.CreateVersion7(), File: Guid.CreateVersion7())).ToList();
        return new
        {
            format = "atrium-conversation",
            version = 1,
            id = Guid.CreateVersion7(),
            title = Short(corpus[0]),
            persona = "diszi",
            systemPrompt = corpus[1],
            createdAt = "2026-11-20T10:00:00Z",
            updatedAt = "2026-11-20T10:00:00Z",
            leafId = ids[^1].Answer,
            attachments = corpus.Select((text, index) => new { id = ids[index].File, name = text, mediaType = "text/plain", size = 1, content = "eA==" }),
            messages = corpus.SelectMany((text, index) => new object[]
            {
                new
                {
                    id = ids[index].Question, parentId = index == 0 ? (Guid?)null : ids[index - 1].Answer, role = "user", status = "complete",
                    parts = new object[] { new { type = "text", text }, new { type = "file", attachmentId = ids[index].File, mediaType = "text/plain", name = text, size = 1 } },
                },
                new
                {
                    id = ids[index].Answer, parentId = ids[index].Question, role = "assistant", provider = Short(text), providerName = Short(text), model = Short(text),
                    status = index % 2 == 0 ? "complete" : "failed", error = index % 2 == 0 ? null : new { code = Short(text), title = text },
                    fallback = index % 4 == 0 ? new { provider = Short(text), code = Short(text), title = text } : null,
                    parts = new object[]
                    {
                        new { type = "reasoning", text, seconds = 2 }, new { type = "tool", callId = "1", name = text, arguments = text, result = text }, new { type = "text", text },
                        new { type = "citation", title = text, url = "https://example.org/" + Uri.EscapeDataString(text), quote = text }, new { type = "citation", title = text, url = text },
                    },
                },
            }),
        };
    }

    private static string Short(string text) => Cut(text, 200);

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
