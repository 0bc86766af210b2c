using System.Net.Http.Json;
using System.Text.Json;

namespace Atrium.Faults;

/// <summary>One client that writes until the server is gone, and notes what was acknowledged.</summary>
internal sealed class Writer(HttpClient client, Acknowledged acknowledged, Random random)
{
    public async Task RunAsync()
    {
        try
        {
            while (true)
                await WriteConversationAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            // The server was killed: what was on its way was not acknowledged.
        }
    }

    private async Task WriteConversationAsync()
    {
        var title = $"Talk {random.Next()}";
        var id = (await SendAsync(HttpMethod.Post, "/api/conversations", new { title })).GetProperty("id").GetGuid();
        var expected = acknowledged.Add(id, title);
        for (var step = random.Next(1, 6); step > 0; step--)
        {
            if (random.Next(3) > 0)
                await RenameAsync(id, expected);
            else
                await AskAsync(id, expected);
        }
    }

    private async Task RenameAsync(Guid id, Acknowledged.Expected expected)
    {
        expected.TitleOnItsWay = $"Renamed {random.Next()}";
        await SendAsync(HttpMethod.Patch, $"/api/conversations/{id}", new { title = expected.TitleOnItsWay, pinned = random.Next(2) == 0 });
        (expected.Title, expected.TitleOnItsWay) = (expected.TitleOnItsWay, null);
        acknowledged.Count();
    }

    /// <summary>Asks and reads the answer for as long as it lasts; most are still running when the server dies.</summary>
    private async Task AskAsync(Guid id, Acknowledged.Expected expected)
    {
        var text = $"sim:words={random.Next(2, 200)} sim:speed={random.Next(50, 2000)} {random.Next()}";
        var posted = await SendAsync(HttpMethod.Post, $"/api/conversations/{id}/messages", new { text });
        var answer = posted.GetProperty("answerId").GetGuid();
        lock (expected)
            expected.Messages.Add((posted.GetProperty("messageId").GetGuid(), text, answer));
        acknowledged.Count();
        using var response = await client.GetAsync($"/api/conversations/{id}/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "event: done" && await reader.ReadLineAsync() is { } done)
                expected.Read[answer] = Text(JsonDocument.Parse(done[6..]).RootElement.GetProperty("message"));
        }
    }

    public static string Text(JsonElement message) =>
        string.Concat(message.GetProperty("parts").EnumerateArray().Where(part => part.GetProperty("type").GetString() == "text").Select(part => part.GetProperty("text").GetString()));

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
