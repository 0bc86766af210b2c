using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

/// <summary>The server as a process, with many answers running, told to end as a supervisor does.</summary>
public sealed class ShutdownTests
{
    private const int Streams = 100;

    [Fact]
    public async Task Told_to_end_with_a_hundred_streams_it_says_so_on_each_and_every_word_shown_is_there_again()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = simulator.Address.Authority });
        await SignInAsync(server, simulator);
        var open = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => OpenAsync(server.Client)));
        foreach (var (_, stream, shown) in open)
        {
            while (shown.Text.Length == 0)
                shown.Apply((await stream.NextAsync())!);
        }

        var exit = server.StopAsync();
        var ends = await Task.WhenAll(open.Select(item => ToEndAsync(item.Stream, item.Shown)));
        (await exit).ShouldBe(0);

        ends.ShouldAllBe(name => name == "restarting");
        await server.StartAsync("run");
        await server.WaitUntilReadyAsync();
        foreach (var (conversation, stream, shown) in open)
        {
            stream.Dispose();
            var answer = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/conversations/{conversation}/messages")).GetProperty("items")[1];
            answer.Text("status").ShouldBe("interrupted");
            answer.TextOf().ShouldStartWith(shown.Text);
        }
        var (first, _, _) = open[0];
        var message = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/conversations/{first}/messages")).GetProperty("items")[1];
        using var on = await server.Client.PostAsJsonAsync($"/api/conversations/{first}/messages/{message.GetProperty("id").GetGuid()}/continue", new { });
        on.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static async Task SignInAsync(ServerProcess server, SimulatorHost simulator)
    {
        using var registered = await server.Client.PostAsJsonAsync("/api/register", new { username = "keeper", password = TestHouse.Password, setupToken = server.SetupToken });
        var session = await registered.Content.ReadFromJsonAsync<JsonElement>();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Text("token"));
        using var chosen = await server.Client.PutAsJsonAsync("/api/user/ai-provider", new { provider = "openai", apiKey = "key-for-the-test", baseUrl = simulator.OpenAiBaseUrl });
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<(Guid Conversation, EventStream Stream, Shown Shown)> OpenAsync(HttpClient client)
    {
        using var created = await client.PostAsJsonAsync("/api/conversations", new { title = "Long" });
        var conversation = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var posted = await client.PostAsJsonAsync($"/api/conversations/{conversation}/messages", new { text = "sim:words=100000 sim:speed=4" });
        posted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (conversation, await EventStream.OpenAsync(client, $"/api/conversations/{conversation}/stream", null), new Shown());
    }

    /// <returns>The name of the last event.</returns>
    private static async Task<string?> ToEndAsync(EventStream stream, Shown shown)
    {
        string? last = null;
        while (await stream.NextAsync() is { } happening)
        {
            shown.Apply(happening);
            last = happening.Name;
        }
        return last;
    }
}
