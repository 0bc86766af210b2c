using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

/// <summary>What a client says to the Assistant over HTTP.</summary>
internal static class Talk
{
    public static async Task<Guid> NewConversationAsync(this TestPerson person, object? request = null)
    {
        var response = await person.SendAsync(HttpMethod.Post, "/api/conversations", request ?? new { });
        response.Status.ShouldBe(HttpStatusCode.Created, response.Text);
        return response.Json.GetProperty("id").GetGuid();
    }

    public static async Task<Posted> PostAsync(this TestPerson person, Guid conversation, object request)
    {
        var response = await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages", request);
        response.Status.ShouldBe(HttpStatusCode.Accepted, response.Text);
        return new Posted(response.Json.GetProperty("messageId").GetGuid(), response.Json.GetProperty("answerId").GetGuid(), response.Json.GetProperty("generationId").GetGuid());
    }

    public static Task<Posted> PostAsync(this TestPerson person, Guid conversation, string text) => person.PostAsync(conversation, new { text });

    public static async Task<JsonElement> GetJsonAsync(this TestPerson person, string path)
    {
        var response = await person.SendAsync(HttpMethod.Get, path);
        response.Status.ShouldBe(HttpStatusCode.OK, response.Text);
        return response.Json;
    }

    public static async Task<List<JsonElement>> MessagesAsync(this TestPerson person, Guid conversation, string query = "") =>
        [.. (await person.GetJsonAsync($"/api/conversations/{conversation}/messages{query}")).GetProperty("items").EnumerateArray()];

    public static Task<JsonElement> ConversationAsync(this TestPerson person, Guid id) => person.GetJsonAsync($"/api/conversations/{id}");

    /// <param name="body">Text is sent as it is, under the JSON content type.</param>
    public static async Task<Answered> SendAsync(this TestPerson person, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body switch
            {
                null => null,
                string text => new StringContent(text, Encoding.UTF8, "application/json"),
                HttpContent content => content,
                _ => JsonContent.Create(body),
            },
        };
        using var response = await person.Client.SendAsync(request);
        return new Answered(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static Task<Answered> UploadAsync(this TestPerson person, byte[] bytes, string name, string type = "application/octet-stream")
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        return person.SendAsync(HttpMethod.Post, "/api/attachments", new MultipartFormDataContent { { file, "file", name } });
    }

    public static Task<Answered> UploadImportAsync(this TestPerson person, byte[] bytes, string name = "conversations.json") =>
        person.SendAsync(HttpMethod.Post, "/api/conversations/import", new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } });

    /// <summary>Imports a file and waits for the end.</summary>
    /// <returns>The import as it ended.</returns>
    public static async Task<JsonElement> ImportAsync(this TestPerson person, byte[] bytes)
    {
        var accepted = await person.UploadImportAsync(bytes);
        accepted.Status.ShouldBe(HttpStatusCode.Accepted, accepted.Text);
        var path = $"/api/imports/{accepted.Json.GetProperty("id").GetGuid()}";
        await UntilAsync(async () => (await person.GetJsonAsync(path)).TryGetProperty("finishedAt", out _));
        return await person.GetJsonAsync(path);
    }

    /// <summary>Reads the stream of a conversation; <see cref="EventStream.Status"/> is 204 when nothing runs.</summary>
    public static Task<EventStream> StreamAsync(this TestPerson person, Guid conversation, string? lastEventId = null) =>
        EventStream.OpenAsync(person.Client, $"/api/conversations/{conversation}/stream", lastEventId);

    public static string TextOf(this JsonElement message) =>
        string.Concat(message.GetProperty("parts").EnumerateArray().Where(part => part.GetProperty("type").GetString() == "text").Select(part => part.GetProperty("text").GetString()));

    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Polls a condition that another thread of the house will make true.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
            await pause.WaitForNextTickAsync(timeout.Token);
    }
}

internal sealed record Posted(Guid MessageId, Guid AnswerId, Guid GenerationId);

internal sealed record Answered(HttpStatusCode Status, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Code => Json.GetProperty("code").GetString();

    public IEnumerable<string> Fields => Json.GetProperty("errors").EnumerateObject().Select(error => error.Name);
}
