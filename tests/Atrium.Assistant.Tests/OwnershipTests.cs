using System.Net;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

public sealed class OwnershipTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    [Keeps("L-013", "L-040")]
    public async Task A_second_person_gets_404_by_every_route_and_stream_and_changes_nothing(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var owner = await house.PersonAsync();
        var other = await house.PersonAsync();
        var conversation = await owner.NewConversationAsync(new { title = "Secret plans" });
        var file = (await owner.UploadAsync("private"u8.ToArray(), "a.txt")).Json.GetProperty("id").GetGuid();
        var posted = await owner.PostAsync(conversation, new { text = "unguessable words", attachments = new[] { file } });
        var call = await houses.Gateway.NextAsync();
        call.Route("offline", "lite").Say("also private");
        var root = $"/api/conversations/{conversation}";

        var routes = new (HttpMethod Method, string Path, object? Body)[]
        {
            (HttpMethod.Get, root, null),
            (HttpMethod.Patch, root, new { title = "Mine now" }),
            (HttpMethod.Delete, root, null),
            (HttpMethod.Post, root + "/restore", null),
            (HttpMethod.Get, root + "/messages", null),
            (HttpMethod.Get, $"{root}/messages?before={posted.AnswerId}", null),
            (HttpMethod.Post, root + "/messages", new { text = "Hi" }),
            (HttpMethod.Post, $"{root}/messages/{posted.AnswerId}/regenerate", new { }),
            (HttpMethod.Post, $"{root}/messages/{posted.AnswerId}/continue", new { }),
            (HttpMethod.Get, root + "/stream", null),
            (HttpMethod.Get, root + "/draft", null),
            (HttpMethod.Put, root + "/draft", new { text = "Mine now" }),
            (HttpMethod.Post, $"/api/generations/{posted.GenerationId}/stop", null),
            (HttpMethod.Get, $"/api/attachments/{file}", null),
            (HttpMethod.Post, "/api/ai/chat", new { message = "Hi", conversationId = conversation }),
            (HttpMethod.Post, "/", new { user_input = "Hi", session_id = conversation }),
        };
        foreach (var (method, path, body) in routes)
        {
            var answered = await other.SendAsync(method, path, body);
            answered.Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}");
            answered.Code.ShouldBe("not-found");
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
            using var stranger = await house.Client.SendAsync(request);
            stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
        }
        (await other.GetJsonAsync("/api/conversations")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await other.GetJsonAsync("/api/messages/search?q=unguessable")).GetProperty("items").GetArrayLength().ShouldBe(0);
        var own = await other.NewConversationAsync();
        (await other.SendAsync(HttpMethod.Post, $"/api/conversations/{own}/messages", new { text = "Hi", attachments = new[] { file } })).Fields.ShouldBe(["attachments"]);
        (await other.SendAsync(HttpMethod.Get, $"/api/conversations/{own}/messages?before={posted.AnswerId}")).Status.ShouldBe(HttpStatusCode.NotFound);

        call.Cancelled.IsCompleted.ShouldBeFalse();
        using var stream = await owner.StreamAsync(conversation);
        call.End();
        (await stream.ToEndAsync())[^1].Name.ShouldBe("done");
        (await owner.ConversationAsync(conversation)).Text("title").ShouldBe("Secret plans");
        (await owner.MessagesAsync(conversation)).Count.ShouldBe(2);
    }

    [Theory, BothEngines]
    public async Task Every_route_answers_a_stranger_and_an_unknown_id_alike(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();

        foreach (var path in new[] { $"/api/conversations/{Guid.CreateVersion7()}", $"/api/conversations/{Guid.CreateVersion7()}/stream", $"/api/attachments/{Guid.CreateVersion7()}", "/api/conversations/not-an-id", "/api/attachments/..%2f..%2fsecrets" })
            (await person.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
    }
}
