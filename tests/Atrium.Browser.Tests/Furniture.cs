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

    public static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Username").FillAsync(name);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestHouse.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/assistant**");
    }
}
