using System.Net;
using System.Text;
using System.Text.Json;

namespace Atrium.Assistant.Tests;

internal sealed record ServerEvent(string? Id, string Name, JsonElement Data)
{
    public long Position => long.Parse(Id!.Split(':')[1]);
}

/// <summary>A plain reader of server-sent events.</summary>
internal sealed class EventStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private EventStream(HttpResponseMessage response, Stream body)
    {
        this.response = response;
        reader = new StreamReader(body, Encoding.UTF8);
    }

    public HttpStatusCode Status => response.StatusCode;

    public HttpResponseMessage Response => response;

    public int Comments { get; private set; }

    public static async Task<EventStream> OpenAsync(HttpClient client, string path, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <returns>Null at the end.</returns>
    public async Task<ServerEvent?> NextAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        string? id = null, name = null;
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.Length == 0 && name is not null)
                return new ServerEvent(id, name, JsonDocument.Parse(data.ToString()).RootElement);
            if (line.StartsWith(':'))
                Comments++;
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data.Append(line[6..]);
        }
        return null;
    }

    public async Task<List<ServerEvent>> ToEndAsync()
    {
        var events = new List<ServerEvent>();
        while (await NextAsync() is { } next)
            events.Add(next);
        return events;
    }

    public async Task<ServerEvent> UntilAsync(string name)
    {
        while (await NextAsync() is { } next)
        {
            if (next.Name == name)
                return next;
        }
        throw new InvalidOperationException($"The stream ended without {name}.");
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}

/// <summary>What a page shows of a stream: text and reasoning put together by the offsets, and replaced by snapshots.</summary>
internal sealed class Shown
{
    public string Text { get; private set; } = "";

    public string Reasoning { get; private set; } = "";

    public JsonElement? Last { get; private set; }

    public static Shown Of(IEnumerable<ServerEvent> events, string text = "", string reasoning = "")
    {
        var shown = new Shown { Text = text, Reasoning = reasoning };
        foreach (var happening in events)
            shown.Apply(happening);
        return shown;
    }

    public void Apply(ServerEvent happening)
    {
        switch (happening.Name)
        {
            case "delta":
                Text = Merge(Text, happening.Data);
                break;
            case "reasoning":
                Reasoning = Merge(Reasoning, happening.Data);
                break;
            case "snapshot" or "done" or "error":
                Last = happening.Data.GetProperty("message");
                Text = Last.Value.TextOf();
                Reasoning = string.Concat(Last.Value.GetProperty("parts").EnumerateArray().Where(part => part.GetProperty("type").GetString() == "reasoning").Select(part => part.GetProperty("text").GetString()));
                break;
        }
    }

    private static string Merge(string known, JsonElement data)
    {
        var offset = data.GetProperty("offset").GetInt32();
        var text = data.GetProperty("text").GetString()!;
        offset.ShouldBeLessThanOrEqualTo(known.Length, "a gap");
        var overlap = Math.Min(text.Length, known.Length - offset);
        known.Substring(offset, overlap).ShouldBe(text[..overlap]);
        return known + text[overlap..];
    }
}
