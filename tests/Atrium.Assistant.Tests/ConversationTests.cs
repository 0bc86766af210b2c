using System.Net;
using Atrium.Assistant.Conversations;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Assistant.Tests;

public sealed class ConversationTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    public async Task A_conversation_is_made_changed_and_reset(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var id = await person.NewConversationAsync(new { title = "  Plans \n for May ", persona = "zily", model = "openai/x", systemPrompt = "Short.", parameters = new { temperature = 1.5 } });

        var made = await person.ConversationAsync(id);
        made.Text("title").ShouldBe("Plans for May");
        made.Text("persona").ShouldBe("zily");
        made.GetProperty("parameters").GetProperty("temperature").GetDouble().ShouldBe(1.5);
        var changed = (await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{id}", new { title = "June", pinned = true, persona = "diszi", parameters = new { topP = 0.5, reasoningEffort = "high" } })).Json;
        changed.Text("title").ShouldBe("June");
        changed.Text("systemPrompt").ShouldBe("Short.");
        changed.GetProperty("pinned").GetBoolean().ShouldBeTrue();
        changed.GetProperty("parameters").TryGetProperty("temperature", out _).ShouldBeFalse();
        var reset = (await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{id}", """{"model":null,"systemPrompt":null,"parameters":null}""")).Json;
        reset.TryGetProperty("model", out _).ShouldBeFalse();
        reset.TryGetProperty("systemPrompt", out _).ShouldBeFalse();
        reset.GetProperty("parameters").EnumerateObject().ShouldBeEmpty();
        reset.GetProperty("pinned").GetBoolean().ShouldBeTrue();
    }

    [Theory, BothEngines]
    public async Task The_list_has_pinned_first_then_newest_and_pages_by_cursor(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var ids = new List<Guid>();
        for (var number = 0; number < 7; number++)
            ids.Add(await person.NewConversationAsync(new { title = $"Talk {number} café" }));
        await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{ids[2]}", new { pinned = true });
        await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{ids[4]}", new { pinned = true });

        var listed = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await person.GetJsonAsync($"/api/conversations?limit=2{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            cursor = page.Text("next");
        }
        while (cursor is not null);

        listed.ShouldBe([ids[4], ids[2], ids[6], ids[5], ids[3], ids[1], ids[0]]);
        (await person.GetJsonAsync("/api/conversations?q=CAFE&limit=100")).GetProperty("items").GetArrayLength().ShouldBe(7);
        (await person.GetJsonAsync("/api/conversations?q=talk%203")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await person.GetJsonAsync("/api/conversations?q=%25")).GetProperty("items").GetArrayLength().ShouldBe(0);
        foreach (var bad in new[] { "cursor=x", "cursor=1.2", "cursor=1.99999999999999999999.0", "limit=0", "limit=101", "limit=many", "q=" + new string('a', 201) })
            (await person.SendAsync(HttpMethod.Get, "/api/conversations?" + bad)).Fields.ShouldBe([bad.Split('=')[0]], bad);
    }

    [Theory, BothEngines]
    public async Task A_deleted_conversation_can_be_restored_for_thirty_days_and_is_then_gone_with_its_files(DatabaseEngine engine)
    {
        await using var house = await houses.StartAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        var file = (await person.UploadAsync("hello"u8.ToArray(), "a.txt")).Json.GetProperty("id").GetGuid();
        var unused = (await person.UploadAsync("hello"u8.ToArray(), "b.txt")).Json.GetProperty("id").GetGuid();
        await person.PostAsync(conversation, new { text = "Read this.", attachments = new[] { file } });
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route("offline", "lite").Say("Read.").End();
        await stream.ToEndAsync();
        var purge = house.Services.GetRequiredService<PurgeDeletedConversations>();

        (await person.SendAsync(HttpMethod.Delete, $"/api/conversations/{conversation}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await person.SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await person.SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}/messages")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await person.GetJsonAsync("/api/conversations")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await person.GetJsonAsync("/api/messages/search?q=read")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await purge.PurgeAsync(default);
        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/restore")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await person.MessagesAsync(conversation)).Count.ShouldBe(2);
        await person.SendAsync(HttpMethod.Delete, $"/api/conversations/{conversation}");
        var database = house.Services.GetRequiredService<Database>();
        var month = 31L * 24 * 60 * 60 * 1_000_000;
        await database.ExecuteAsync("UPDATE assistant_conversations SET deleted_at = deleted_at - @month", new { month }, default);
        await database.ExecuteAsync("UPDATE assistant_attachments SET created_at = created_at - @month", new { month }, default);
        await purge.PurgeAsync(default);

        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/restore")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await person.SendAsync(HttpMethod.Get, $"/api/attachments/{file}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await person.SendAsync(HttpMethod.Get, $"/api/attachments/{unused}")).Status.ShouldBe(HttpStatusCode.NotFound);
        Directory.EnumerateFiles(Path.Combine(house.DataFolder, "files"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task Deleting_stops_the_running_answer(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "Go on.");
        var call = await houses.Gateway.NextAsync();
        call.Route().Say("On");

        (await person.SendAsync(HttpMethod.Delete, $"/api/conversations/{conversation}")).Status.ShouldBe(HttpStatusCode.NoContent);

        await call.Cancelled;
        (await person.SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}/stream")).Status.ShouldBe(HttpStatusCode.NotFound);
        await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/restore");
        await Talk.UntilAsync(async () => (await person.MessagesAsync(conversation))[1].Text("status") == "stopped");
    }

    [Theory, BothEngines]
    public async Task A_title_comes_from_the_first_words_then_from_the_model_never_over_a_persons_own(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        houses.Gateway.Title = "\"Folding Lists.\"\n";
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "# How do I fold a list?\nDetails follow.");
        (await person.ConversationAsync(conversation)).Text("title").ShouldBe("How do I fold a list?");
        await FinishAsync("openai");
        await Talk.UntilAsync(async () => (await person.ConversationAsync(conversation)).Text("title") == "Folding Lists");
        var asked = await houses.Gateway.TitleCalls.Reader.ReadAsync();
        asked.Model.ShouldBe("openai/gpt-test");
        asked.AllowsFallback.ShouldBeFalse();

        var named = await person.NewConversationAsync(new { title = "Mine" });
        await person.PostAsync(named, "Hello there");
        await FinishAsync("openai");
        var offline = await person.NewConversationAsync();
        await person.PostAsync(offline, "Hello there");
        await FinishAsync("offline");
        await Talk.UntilAsync(async () => (await person.MessagesAsync(offline))[1].Text("status") == "complete");

        (await person.ConversationAsync(named)).Text("title").ShouldBe("Mine");
        (await person.ConversationAsync(offline)).Text("title").ShouldBe("Hello there");
        houses.Gateway.TitleCalls.Reader.TryRead(out _).ShouldBeFalse();
        houses.Gateway.Title = null;
    }

    private async Task FinishAsync(string provider) => (await houses.Gateway.NextAsync()).Route(provider).Say("An answer.").End();
}
