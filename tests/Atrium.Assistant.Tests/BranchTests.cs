using System.Net;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

public sealed class BranchTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    public async Task Editing_and_regenerating_make_branches_that_all_stay(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        var first = await AskAsync(person, conversation, new { text = "One?" }, "1");
        var second = await AskAsync(person, conversation, new { text = "Two?" }, "2");
        var edited = await AskAsync(person, conversation, new { text = "Two and a half?", parentId = first.AnswerId }, "2.5");
        var regenerated = await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages/{first.AnswerId}/regenerate", new { model = "openai/other" });
        var call = await houses.Gateway.NextAsync();
        call.Call.Model.ShouldBe("openai/other");
        call.Call.Messages.Select(message => message.Text).Skip(1).ShouldBe(["One?"]);
        await FinishAsync(person, conversation, call, "uno");
        var anew = await AskAsync(person, conversation, JsonSerializer.SerializeToElement(new { text = "Zero?", parentId = (Guid?)null }), "0");

        (await TextsAsync(person, conversation)).ShouldBe(["Zero?", "0"]);
        await ShowAsync(person, conversation, second.MessageId);
        (await TextsAsync(person, conversation)).ShouldBe(["One?", "1", "Two?", "2"]);
        var messages = await person.MessagesAsync(conversation);
        Siblings(messages[0]).ShouldBe([first.MessageId, anew.MessageId]);
        Siblings(messages[1]).ShouldBe([first.AnswerId, regenerated.Json.GetProperty("answerId").GetGuid()]);
        Siblings(messages[2]).ShouldBe([second.MessageId, edited.MessageId]);
        Siblings(messages[3]).ShouldBe([second.AnswerId]);
        await ShowAsync(person, conversation, first.MessageId);
        (await TextsAsync(person, conversation)).ShouldBe(["One?", "uno"]);
        await ShowAsync(person, conversation, first.AnswerId);
        (await TextsAsync(person, conversation)).ShouldBe(["One?", "1", "Two and a half?", "2.5"]);
        (await person.ConversationAsync(conversation)).GetProperty("messageCount").GetInt64().ShouldBe(9);
    }

    [Theory, BothEngines]
    public async Task A_long_branch_is_read_upwards_in_pages(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        for (var number = 0; number < 6; number++)
            await AskAsync(person, conversation, new { text = $"q{number}" }, $"a{number}");

        var texts = new List<string>();
        string? before = null;
        do
        {
            var page = await person.GetJsonAsync($"/api/conversations/{conversation}/messages?limit=5{(before is null ? "" : "&before=" + before)}");
            texts.InsertRange(0, page.GetProperty("items").EnumerateArray().Select(message => message.TextOf()));
            before = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (before is not null);

        texts.ShouldBe(Enumerable.Range(0, 6).SelectMany(number => new[] { $"q{number}", $"a{number}" }));
        (await person.SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}/messages?before={Guid.CreateVersion7()}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothEngines]
    public async Task What_a_model_cannot_read_any_more_is_left_out_oldest_first(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync(new { parameters = new { maxOutputTokens = 100 } });
        var filler = string.Concat(Enumerable.Repeat("lorem ipsum ", 500));
        for (var number = 0; number < 5; number++)
            await AskAsync(person, conversation, new { text = $"q{number} {filler}" }, $"a{number}");
        houses.Gateway.ContextLimit = 3_500;
        await person.PostAsync(conversation, "And now?");
        var call = await houses.Gateway.NextAsync();
        var sent = call.Call.Messages.Skip(1).Select(message => message.Text.Split(' ')[0]).ToList();
        await FinishAsync(person, conversation, call, "ok");
        await person.PostAsync(conversation, string.Concat(Enumerable.Repeat(filler, 4)));
        await Talk.UntilAsync(async () => (await person.MessagesAsync(conversation))[^1].Text("status") == "failed");
        houses.Gateway.ContextLimit = null;

        sent[^1].ShouldBe("And");
        sent[0].ShouldStartWith("q");
        sent.Count.ShouldBeInRange(5, 8);
        (await person.MessagesAsync(conversation))[^1].GetProperty("error").Text("code").ShouldBe("too-long-for-model");
    }

    [Theory, BothEngines]
    public async Task A_parent_or_leaf_of_another_conversation_is_refused(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var mine = await person.NewConversationAsync();
        var other = await person.NewConversationAsync();
        var posted = await AskAsync(person, other, new { text = "Hi" }, "Hi.");

        var message = await person.SendAsync(HttpMethod.Post, $"/api/conversations/{mine}/messages", new { text = "Hi", parentId = posted.AnswerId });
        var afterQuestion = await person.SendAsync(HttpMethod.Post, $"/api/conversations/{other}/messages", new { text = "Hi", parentId = posted.MessageId });
        var leaf = await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{mine}", new { leafId = posted.AnswerId });

        message.Fields.ShouldBe(["parentId"]);
        afterQuestion.Fields.ShouldBe(["parentId"]);
        leaf.Fields.ShouldBe(["leafId"]);
        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{mine}/messages/{posted.AnswerId}/regenerate", new { })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{mine}/messages/{posted.AnswerId}/continue", new { })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{other}/messages/{posted.MessageId}/regenerate", new { })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<Posted> AskAsync(TestPerson person, Guid conversation, object request, string answer)
    {
        var posted = await person.PostAsync(conversation, request);
        await FinishAsync(person, conversation, await houses.Gateway.NextAsync(), answer);
        return posted;
    }

    private static async Task FinishAsync(TestPerson person, Guid conversation, ScriptedCall call, string answer)
    {
        using var stream = await person.StreamAsync(conversation);
        call.Route("offline", "lite").Say(answer).End();
        (await stream.ToEndAsync())[^1].Name.ShouldBe("done");
    }

    private static async Task ShowAsync(TestPerson person, Guid conversation, Guid leafId) =>
        (await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{conversation}", new { leafId })).Status.ShouldBe(HttpStatusCode.OK);

    private static async Task<IEnumerable<string>> TextsAsync(TestPerson person, Guid conversation) => (await person.MessagesAsync(conversation)).Select(message => message.TextOf());

    private static IEnumerable<Guid> Siblings(JsonElement message) => message.GetProperty("siblings").EnumerateArray().Select(id => id.GetGuid());
}
