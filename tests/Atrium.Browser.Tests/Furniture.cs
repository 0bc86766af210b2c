using System.Net.Http.Json;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>Puts into a house what a screen is to show, through the API and as the person who is signed in.</summary>
internal static class Furniture
{
    private const string Send =
        """
        const send = async (method, path, body) => {
          const answer = await fetch(path, { method, headers: { 'Content-Type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body) });
          if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
          return answer.status === 204 ? undefined : answer.json();
        };
        """;

    /// <summary>Runs a script in the page that may call <c>send(method, path, body)</c>.</summary>
    public static Task<T> RunAsync<T>(IPage page, string script, object? argument = null) => page.EvaluateAsync<T>($"async (given) => {{ {Send} {script} }}", argument);

    /// <summary>Keys of three providers that the simulator answers for; the one of Groq was refused in a call.</summary>
    public static Task PutKeysAsync(IPage page, SimulatorHost simulator) => RunAsync<object?>(
        page,
        """
        await send('PATCH', '/api/me/preferences', { hideProviderPrompt: true });
        await send('PUT', '/api/user/ai-provider', { provider: 'groq', model: 'llama-sim', apiKey: 'bad-screens-canary-0123456789', name: 'Old shop key', baseUrl: given });
        await send('POST', '/api/ai/chat', { message: 'What can you do?' });
        await send('POST', '/api/provider-keys', { provider: 'mistral', apiKey: 'sk-mistral-canary-0123456789', name: 'Workshop', baseUrl: given });
        await send('PUT', '/api/user/ai-provider', { provider: 'openai', model: 'gpt-sim', apiKey: 'sk-screens-canary-0123456789', name: 'Studio key', baseUrl: given });
        """,
        simulator.OpenAiBaseUrl);

    /// <summary>Accounts of other people, made without a browser.</summary>
    public static async Task RegisterAsync(ServerProcess server, params string[] names)
    {
        foreach (var name in names)
            (await server.Client.PostAsJsonAsync("/api/register", new { username = name, password = TestHouse.Password, email = $"{name}@example.org" })).EnsureSuccessStatusCode();
    }

    /// <summary>A profile with pictures, people of each role, groups, invitations and an announcement; changes are stopped.</summary>
    public static async Task FillHouseAsync(IPage page, ServerProcess server)
    {
        await RegisterAsync(server, "noah", "petra", "kim", "lan");
        await RunAsync<object?>(
            page,
            """
            const picture = async (width, height, colour) => {
              const canvas = new OffscreenCanvas(width, height);
              const brush = canvas.getContext('2d');
              brush.fillStyle = colour;
              brush.fillRect(0, 0, width, height);
              brush.fillStyle = '#EFB857';
              brush.arc(width / 2, height / 2, height / 4, 0, 7);
              brush.fill();
              const form = new FormData();
              form.append('file', new File([await canvas.convertToBlob({ type: 'image/png' })], 'picture.png', { type: 'image/png' }));
              return form;
            };
            for (const [kind, form] of [['avatar', await picture(600, 600, '#3459A0')], ['banner', await picture(1500, 500, '#145346')]]) {
              const answer = await fetch('/api/me/' + kind, { method: 'PUT', body: form });
              if (!answer.ok) throw new Error(await answer.text());
            }
            await send('PATCH', '/api/me', { displayName: 'Mira Lindqvist', pronouns: 'she/her', about: 'I keep the kiln, the keys and the peace.' });
            const { items: people } = await send('GET', '/api/admin/people');
            const idOf = (name) => people.find(({ username }) => username === name).id;
            await send('PATCH', '/api/admin/people/' + idOf('noah'), { role: 'developer' });
            await send('PATCH', '/api/admin/people/' + idOf('petra'), { role: 'guest' });
            await send('PATCH', '/api/admin/people/' + idOf('kim'), { suspended: true });
            const group = await send('POST', '/api/admin/groups', { name: 'Tuesday class', takesNewPeople: true });
            for (const name of ['mira', 'noah', 'lan']) await send('PUT', `/api/admin/groups/${group.id}/members/${idOf(name)}`, {});
            await send('POST', '/api/admin/groups', { name: 'Kiln crew' });
            await send('POST', '/api/admin/invitations', { role: 'guest', note: 'Ana, from the market', days: 30 });
            await send('POST', '/api/admin/invitations', { note: 'Jonas', days: 1 });
            """);
    }

    public static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Username").FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestHouse.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/assistant**");
    }
}
