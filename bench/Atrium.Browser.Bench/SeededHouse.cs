using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Browser.Bench;

/// <summary>The built server with one person, a simulated provider, and one long conversation with code in every answer.</summary>
internal sealed class SeededHouse : IAsyncDisposable
{
    public const string Username = "reader";
    public const string Password = TestHouse.Password;

    private readonly SimulatorHost provider;
    private readonly ServerProcess server;

    private SeededHouse(SimulatorHost provider, ServerProcess server)
    {
        this.provider = provider;
        this.server = server;
    }

    public Uri Address => server.Address;

    public HttpClient Client => server.Client;

    public Guid Conversation { get; private set; }

    /// <summary>The newest message, which is seen first.</summary>
    public Guid Newest { get; private set; }

    public static async Task<SeededHouse> StartAsync(int messages)
    {
        var provider = await SimulatorHost.StartAsync();
        var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = provider.Address.Authority, ["LOG_LEVEL"] = "error" });
        var house = new SeededHouse(provider, server);
        await house.FurnishAsync(server.SetupToken);
        await house.FillAsync(messages);
        return house;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    private async Task FurnishAsync(string setupToken)
    {
        var session = await SendAsync(HttpMethod.Post, "/api/register", new { username = Username, password = Password, setupToken });
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        await SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "openai", model = "sim", apiKey = "key-for-the-bench", baseUrl = provider.OpenAiBaseUrl });
        await SendAsync(HttpMethod.Patch, "/api/me/preferences", new { hideProviderPrompt = true });
    }

    private async Task FillAsync(int messages)
    {
        Conversation = (await SendAsync(HttpMethod.Post, "/api/conversations", new { title = "A long one" })).GetProperty("id").GetGuid();
        for (var asked = 0; asked < messages / 2; asked++)
        {
            provider.Simulation.Enqueue(new Reply { Text = LongTalk.Answer(asked) });
            await SendAsync(HttpMethod.Post, "/api/ai/chat", new { message = LongTalk.Question(asked), conversationId = Conversation });
        }
        // A title of its own and something beside it in the list.
        for (var other = 0; other < 30; other++)
            await SendAsync(HttpMethod.Post, "/api/conversations", new { title = $"Another conversation, number {other + 1}" });
        var page = await SendAsync(HttpMethod.Get, $"/api/conversations/{Conversation}/messages?limit=1", null);
        Newest = page.GetProperty("items")[0].GetProperty("id").GetGuid();
    }

    /// <summary>Starts an answer that goes on for long; it stands below the newest message.</summary>
    public Task AskForLongAnswerAsync(int words, int perSecond) =>
        SendAsync(HttpMethod.Post, $"/api/conversations/{Conversation}/messages", new { text = $"Go on sim:words={words} sim:speed={perSecond}" });

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
