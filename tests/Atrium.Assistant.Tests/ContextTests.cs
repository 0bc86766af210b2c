using System.Net;
using System.Text.Json;
using Atrium.Contracts.Gateway;
using Atrium.Testing;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Tests;

/// <summary>Talks that grow longer than their model can read. A house of its own: the model's limit is the house's.</summary>
public sealed class ContextTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    private static readonly string Filler = string.Concat(Enumerable.Repeat("lorem ipsum ", 500));

    [Theory, BothEngines]
    public async Task Compacting_sums_up_the_older_part_once_and_uses_it_again(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await LongTalkAsync(person, "compact");
        await person.PostAsync(conversation, "And now?");

        var summing = await houses.Gateway.NextAsync();
        var answering = summing;
        for (; answering.Call.Feature == "compact"; answering = await houses.Gateway.NextAsync())
            answering.Route().Say("They spoke of q0, q1 and q2.").End(0.001m);
        await FinishAsync(person, conversation, answering, "Now this.");
        await person.PostAsync(conversation, "And then?");
        var again = await houses.Gateway.NextAsync();
        await FinishAsync(person, conversation, again, "Then that.");
        houses.Gateway.ContextLimit = null;

        summing.Call.Feature.ShouldBe("compact");
        summing.Call.AllowsFallback.ShouldBeFalse();
        summing.Call.Messages[^1].Text.ShouldContain("Person: q0 lorem");
        summing.Call.Messages[^1].Text.ShouldNotContain("And now?");
        foreach (var call in new[] { answering.Call, again.Call })
        {
            call.Feature.ShouldBe("answer");
            call.Messages[0].Text.ShouldContain("They spoke of q0, q1 and q2.");
            call.Messages.Skip(1).ShouldAllBe(message => !message.Text.StartsWith("q0", StringComparison.Ordinal));
        }
        again.Call.Messages.Select(message => message.Text).ShouldContain("Now this.");
        (await person.GetJsonAsync($"/api/conversations/{conversation}/context")).ShouldSatisfyAllConditions(
            context => context.Text("mode").ShouldBe("compact"),
            context => context.Text("summary").ShouldBe("They spoke of q0, q1 and q2."));
    }

    [Theory, BothEngines]
    public async Task When_the_model_cannot_sum_up_the_oldest_part_is_left_out(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await LongTalkAsync(person, "compact");
        await person.PostAsync(conversation, "And now?");

        (await houses.Gateway.NextAsync()).Route().Fail("rate-limited", "Slow down.");
        var answering = await houses.Gateway.NextAsync();
        await FinishAsync(person, conversation, answering, "Now this.");
        houses.Gateway.ContextLimit = null;

        answering.Call.Messages[^1].Text.ShouldBe("And now?");
        answering.Call.Messages.Count.ShouldBeLessThan(9);
        (await person.MessagesAsync(conversation))[^1].Text("status").ShouldBe("complete");
    }

    [Theory, BothEngines]
    public async Task Stopping_asks_nobody_and_says_what_to_do(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await LongTalkAsync(person, "stop");
        var context = await person.GetJsonAsync($"/api/conversations/{conversation}/context");
        await person.PostAsync(conversation, "And now?");

        await Talk.UntilAsync(async () => (await person.MessagesAsync(conversation))[^1].Text("status") == "failed");
        houses.Gateway.ContextLimit = null;

        context.GetProperty("isOver").GetBoolean().ShouldBeTrue();
        context.GetProperty("limit").GetInt32().ShouldBe(4_000);
        context.GetProperty("tokens").GetInt64().ShouldBeGreaterThan(4_000);
        (await person.MessagesAsync(conversation))[^1].GetProperty("error").Text("code").ShouldBe("context-full");
    }

    [Theory, BothEngines]
    public async Task The_mode_is_one_of_three_and_only_the_owners(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var conversation = await person.NewConversationAsync();

        (await person.ConversationAsync(conversation)).Text("contextMode").ShouldBe("drop-oldest");
        foreach (var mode in new[] { "forget", null })
            (await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{conversation}", JsonSerializer.Serialize(new { contextMode = mode }))).Fields.ShouldBe(["contextMode"]);
        (await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{conversation}", new { contextMode = "stop" })).Json.Text("contextMode").ShouldBe("stop");
        (await other.SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}/context")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}/tree")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothEngines]
    public async Task The_tree_shows_every_branch_in_short(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        await person.ImportAsync(ChatGptFile.Json(ChatGptFile.Sample()));
        var conversation = (await person.GetJsonAsync("/api/conversations")).GetProperty("items")[0].GetProperty("id").GetGuid();

        var tree = await person.GetJsonAsync($"/api/conversations/{conversation}/tree");

        var items = tree.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.Text("excerpt")).ShouldBe(["Which is faster? 👍", "It depends.", "*[Picture file-service://file-abc, 10 × 20]* And this?", "A chart.", "And on two cores?", "SQLite."]);
        items.Count(item => item.Text("parentId") == items[1].Text("id")).ShouldBe(2);
        tree.GetProperty("leafId").GetGuid().ShouldBe(items[5].GetProperty("id").GetGuid());
    }

    [Theory, BothEngines]
    public async Task A_stopped_answer_keeps_what_it_used_and_cost(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await person.NewConversationAsync();
        var posted = await person.PostAsync(conversation, "Write a lot.");
        var call = await houses.Gateway.NextAsync();
        call.BillWhenCancelled = new ChatBilled(new TokenUsage(100, 0, 7, 0, true), 0.005m, null);
        using var stream = await person.StreamAsync(conversation);
        call.Route().Say("Some words");
        await stream.UntilAsync("delta");

        (await person.SendAsync(HttpMethod.Post, $"/api/generations/{posted.GenerationId}/stop")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await person.MessagesAsync(conversation))[1].ShouldSatisfyAllConditions(
            answer => answer.Text("status").ShouldBe("stopped"),
            answer => answer.Text("cost").ShouldBe("0.005"),
            answer => answer.GetProperty("usage").GetProperty("outputTokens").GetInt64().ShouldBe(7));
        (await person.ConversationAsync(conversation)).Text("cost").ShouldBe("0.005");
        (await stream.ToEndAsync())[^1].Data.GetProperty("message").Text("cost").ShouldBe("0.005");
    }

    private async Task<Guid> LongTalkAsync(TestPerson person, string mode)
    {
        var conversation = await person.NewConversationAsync(new { parameters = new { maxOutputTokens = 100 } });
        (await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{conversation}", new { contextMode = mode })).Status.ShouldBe(HttpStatusCode.OK);
        houses.Gateway.ContextLimit = null;
        for (var number = 0; number < 4; number++)
        {
            await person.PostAsync(conversation, $"q{number} {Filler}");
            await FinishAsync(person, conversation, await houses.Gateway.NextAsync(), $"a{number}");
        }
        houses.Gateway.ContextLimit = 4_000;
        return conversation;
    }

    private static async Task FinishAsync(TestPerson person, Guid conversation, ScriptedCall call, string answer)
    {
        using var stream = await person.StreamAsync(conversation);
        call.Route("offline", "lite").Say(answer).End();
        (await stream.ToEndAsync())[^1].Name.ShouldBe("done");
    }
}
