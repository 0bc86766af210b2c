using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>A person who is signed in opens a page of another site, which tries all that a page can.</summary>
[Keeps("B-100")]
public sealed class CrossSiteTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Password = "correct horse battery staple";

    /// <summary>Each way returns when the browser has done with it; what it may read of the answer is not the question here.</summary>
    private const string Attack =
        """
        async (house) => {
          const tried = [];
          const quiet = async (name, work) => { try { await work(); tried.push(name); } catch { tried.push(`${name} refused`); } };
          const targets = [['POST', '/api/logout'], ['DELETE', '/api/sessions'], ['PATCH', '/api/me/preferences'], ['PATCH', '/api/me'], ['POST', '/api/conversations'], ['PUT', '/api/admin/house/read-only']];
          for (const [method, path] of targets) {
            for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded'])
              for (const mode of ['no-cors', 'cors'])
                await quiet(`fetch ${method} ${path} ${type} ${mode}`, () => fetch(house + path, { method, mode, credentials: 'include', headers: { 'Content-Type': type }, body: '{"theme":"dark","displayName":"evil","title":"evil"}' }));
            await quiet(`beacon ${path}`, () => navigator.sendBeacon(house + path, '{"theme":"dark"}'));
            await quiet(`image ${path}`, () => new Promise((done) => { const image = new Image(); image.onload = image.onerror = done; image.src = house + path; }));
            await quiet(`form ${path}`, () => new Promise((done) => {
              const frame = Object.assign(document.createElement('iframe'), { name: `frame${tried.length}` });
              document.body.append(frame);
              const form = Object.assign(document.createElement('form'), { method: 'post', action: house + path, target: frame.name, enctype: 'text/plain' });
              form.innerHTML = '<input name=\'{"theme":"dark","x":"\' value=\'"}\'>';
              document.body.append(form);
              frame.onload = () => done();
              form.submit();
              setTimeout(done, 3000);
            }));
          }
          for (const path of ['/hubs/community', '/api/me', '/api/admin/proxy-check/socket'])
            await quiet(`socket ${path}`, () => new Promise((done, failed) => { const socket = new WebSocket(house.replace('http', 'ws') + path); socket.onopen = done; socket.onerror = failed; }));
          return tried;
        }
        """;

    [Fact]
    public async Task Changes_nothing_by_form_fetch_beacon_image_socket_or_navigation()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium: apt-get install chromium");
        await using var server = await ServerProcess.StartAsync();
        await using var evil = await EvilSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(server.Address, answersFromWorker: false);
        var page = visitor.Page;
        using (var registered = await server.Client.PostAsJsonAsync("/api/register", new { username = "mira", password = Password, setupToken = server.SetupToken }))
        {
            registered.EnsureSuccessStatusCode();
            var token = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
            server.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            await visitor.Context.AddCookiesAsync([new Cookie { Name = "__Host-atrium", Value = token, Domain = "localhost", Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteAttribute.Lax }]);
        }
        (await page.GotoAsync("/api/me"))!.Status.ShouldBe(200);
        var before = await StateAsync(server.Client);

        await page.GotoAsync(evil.Address.ToString());
        var tried = await page.EvaluateAsync<string[]>(Attack, server.Address.GetLeftPart(UriPartial.Authority));
        // The whole window led into the house with a form, as a link in a mail would.
        await page.EvaluateAsync("(house) => { const form = Object.assign(document.createElement('form'), { method: 'post', action: house + '/api/logout' }); document.body.append(form); form.submit(); }", server.Address.GetLeftPart(UriPartial.Authority));
        await page.WaitForURLAsync("**/api/logout");

        tried.Length.ShouldBe(57, string.Join("\n", tried));
        tried.Where(name => name.StartsWith("socket", StringComparison.Ordinal)).ShouldAllBe(name => name.EndsWith("refused", StringComparison.Ordinal));
        (await page.GotoAsync(server.Address + "api/me"))!.Status.ShouldBe(200);
        (await StateAsync(server.Client)).ShouldBe(before);
    }

    /// <summary>What the person is, prefers and has, as the house tells them.</summary>
    private static async Task<string> StateAsync(HttpClient client)
    {
        var state = await client.GetStringAsync("/api/me") + await client.GetStringAsync("/api/conversations") + await client.GetStringAsync("/api/notices");
        state.ShouldContain("mira");
        return state;
    }

    /// <summary>Another site: the same machine under its number, which browsers take for another site than its name.</summary>
    private sealed class EvilSite(WebApplication app) : IAsyncDisposable
    {
        public Uri Address => new(app.Urls.Single());

        public static async Task<EvilSite> StartAsync()
        {
            var app = WebApplication.CreateSlimBuilder().Build();
            app.Urls.Add($"http://127.0.0.1:{TestHouse.FreePort()}");
            app.MapGet("/", () => Results.Content("<!doctype html><title>evil</title><body>", "text/html"));
            await app.StartAsync();
            return new EvilSite(app);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
