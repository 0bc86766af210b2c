using System.Net;
using Atrium.Contracts.Gateway;
using Atrium.Testing;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Tests;

public sealed class AnswerTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    public async Task A_message_is_answered_streamed_stored_and_listed(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();

        var posted = await person.PostAsync(conversation, "How do I fold a list?");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Say("Use ").Say("`fold`").Say(". 👍").End();
        var events = await stream.ToEndAsync();

        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        stream.Response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        events[^1].Name.ShouldBe("done");
        events.Count(happening => happening.Name == "usage").ShouldBe(1);
        Shown.Of(events).Text.ShouldBe("Use `fold`. 👍");
        var messages = await person.MessagesAsync(conversation);
        messages.Select(message => message.Text("role")).ShouldBe(["user", "assistant"]);
        var answer = messages[1];
        answer.TextOf().ShouldBe("Use `fold`. 👍");
        answer.GetProperty("id").GetGuid().ShouldBe(posted.AnswerId);
        answer.GetProperty("parentId").GetGuid().ShouldBe(posted.MessageId);
        answer.GetProperty("siblings").EnumerateArray().Select(id => id.GetGuid()).ShouldBe([posted.AnswerId]);
        answer.Text("status").ShouldBe("complete");
        answer.Text("provider").ShouldBe("openai");
        answer.Text("persona").ShouldBe("diszi");
        answer.Text("cost").ShouldBe("0.0128");
        answer.GetProperty("usage").GetProperty("outputTokens").GetInt64().ShouldBe(30);
        events[^1].Data.GetProperty("message").TextOf().ShouldBe(answer.TextOf());
        (await person.StreamAsync(conversation)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await person.ConversationAsync(conversation)).ShouldSatisfyAllConditions(
            shown => shown.Text("cost").ShouldBe("0.0128"),
            shown => shown.GetProperty("messageCount").GetInt64().ShouldBe(2),
            shown => shown.GetProperty("contextTokens").GetInt64().ShouldBeGreaterThan(8),
            shown => shown.GetProperty("leafId").GetGuid().ShouldBe(posted.AnswerId),
            shown => shown.TryGetProperty("running", out _).ShouldBeFalse());
    }

    [Theory, BothEngines]
    public async Task A_running_answer_is_listed_with_what_it_has_said(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        var posted = await person.PostAsync(conversation, "Tell me.");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Say("Half of");
        await stream.UntilAsync("delta");

        var answer = (await person.MessagesAsync(conversation))[1];
        var shown = await person.ConversationAsync(conversation);
        var listed = (await person.GetJsonAsync("/api/conversations")).GetProperty("items")[0];

        answer.TextOf().ShouldBe("Half of");
        answer.Text("status").ShouldBe("streaming");
        answer.GetProperty("generationId").GetGuid().ShouldBe(posted.GenerationId);
        shown.GetProperty("running").GetProperty("generationId").GetGuid().ShouldBe(posted.GenerationId);
        shown.GetProperty("running").GetProperty("messageId").GetGuid().ShouldBe(posted.AnswerId);
        listed.GetProperty("running").GetBoolean().ShouldBeTrue();
        call.End();
        await stream.ToEndAsync();
    }

    [Theory, BothEngines]
    [Keeps("Z-030")]
    public async Task Each_persona_speaks_from_its_own_prompt_and_the_conversations_prompt_follows(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var prompts = new List<string>();
        foreach (var persona in new[] { "diszi", "zily" })
        {
            var conversation = await person.NewConversationAsync(new { persona, systemPrompt = "Answer in rhyme.", parameters = new { temperature = 0.5, maxOutputTokens = 100, reasoningEffort = "low" } });
            await person.PostAsync(conversation, "Who are you?");
            var call = await houses.Gateway.NextAsync();
            call.Call.Persona.ShouldBe(persona);
            call.Call.PersonId.ShouldBe(person.Id);
            call.Call.Options!.Temperature.ShouldBe(0.5f);
            call.Call.Options.MaxOutputTokens.ShouldBe(100);
            call.Call.Options.Reasoning!.Effort.ShouldBe(ReasoningEffort.Low);
            prompts.Add(call.Call.Messages[0].Text);
            call.Route().Say("I am.").End();
        }

        prompts[0].ShouldStartWith("You are Diszi");
        prompts[1].ShouldStartWith("You are Zily");
        prompts.ShouldAllBe(prompt => prompt.EndsWith("Answer in rhyme."));
        (await person.GetJsonAsync("/api/personas")).GetProperty("items").EnumerateArray().Select(item => item.Text("name")).ShouldBe(["Diszi", "Zily"]);
    }

    [Theory, BothEngines]
    public async Task Reasoning_tools_and_citations_are_parts_of_their_own(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "Look it up.");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Think("Let me ").Think("see.").Update(new TextReasoningContent("") { ProtectedData = "proof" })
            .Update(new FunctionCallContent("c1", "search", new Dictionary<string, object?> { ["q"] = "fold" })).Update(new FunctionResultContent("c1", "found"))
            .Say("Here.").Update(new TextContent("") { Annotations = [new CitationAnnotation { Title = "Manual", Url = new Uri("https://example.org/fold"), Snippet = "folds" }] })
            .End();
        var events = await stream.ToEndAsync();

        events.Where(happening => happening.Name == "tool").Select(happening => happening.Data.Text("result")).ShouldBe([null, "found"]);
        var parts = (await person.MessagesAsync(conversation))[1].GetProperty("parts").EnumerateArray().ToList();
        parts.Select(part => part.Text("type")).ShouldBe(["reasoning", "tool", "text", "citation"]);
        parts[0].Text("text").ShouldBe("Let me see.");
        parts[0].TryGetProperty("signature", out _).ShouldBeFalse();
        parts[1].Text("result").ShouldBe("found");
        parts[3].Text("url").ShouldBe("https://example.org/fold");

        await person.PostAsync(conversation, "And now?");
        var next = await houses.Gateway.NextAsync();
        next.Call.Messages[2].Contents.OfType<TextReasoningContent>().Single().ProtectedData.ShouldBe("proof");
        next.Route().Say("Done.").End();
    }

    [Theory, BothEngines]
    [Keeps("Z-039")]
    public async Task An_answer_of_Offline_Lite_says_why_it_answered(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "6 * 7");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Route("offline", "lite", new ChatFailure("key-refused", "OpenAI refused the key.", new ChatFailureValues("OpenAI", "Old shop key", 401))).Say("42").End(cost: 0);
        await stream.ToEndAsync();

        var answer = (await person.MessagesAsync(conversation))[1];
        answer.Text("provider").ShouldBe("offline");
        answer.GetProperty("fallback").Text("provider").ShouldBe("openai");
        answer.GetProperty("fallback").Text("code").ShouldBe("key-refused");
        answer.GetProperty("fallback").GetProperty("values").Text("key").ShouldBe("Old shop key");
        answer.Text("status").ShouldBe("complete");
    }

    [Theory, BothEngines]
    [Keeps("Z-039")]
    public async Task A_failure_before_the_first_word_is_an_error_with_what_to_try(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "Hello?");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Fail("provider-unreachable", "OpenAI cannot be reached. Try again, or choose another provider.");
        var last = (await stream.ToEndAsync())[^1];

        last.Name.ShouldBe("error");
        last.Data.Text("code").ShouldBe("provider-unreachable");
        last.Data.GetProperty("message").Text("status").ShouldBe("failed");
        (await person.MessagesAsync(conversation))[1].GetProperty("error").Text("title").ShouldStartWith("OpenAI cannot be reached.");
    }

    [Theory, BothEngines]
    public async Task A_failure_after_words_keeps_them_and_their_cost_and_can_be_continued(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        var posted = await person.PostAsync(conversation, "Count.");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Say("One, two").Fail("cut-off", "The connection broke.", new ChatBilled(new TokenUsage(10, 0, 4, 0, true), 0.004m, null));
        await stream.ToEndAsync();
        (await person.MessagesAsync(conversation))[1].ShouldSatisfyAllConditions(
            answer => answer.Text("status").ShouldBe("interrupted"),
            answer => answer.TextOf().ShouldBe("One, two"),
            answer => answer.Text("cost").ShouldBe("0.004"));

        var again = await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages/{posted.AnswerId}/continue", new { });
        again.Status.ShouldBe(HttpStatusCode.Accepted);
        again.Json.GetProperty("answerId").GetGuid().ShouldBe(posted.AnswerId);
        var second = await houses.Gateway.NextAsync();
        using var resumed = await person.StreamAsync(conversation);
        second.Call.Messages[^2].Text.ShouldBe("One, two");
        second.Call.Messages[^2].Role.ShouldBe(ChatRole.Assistant);
        second.Call.Messages[^1].Text.ShouldStartWith("Your last message was cut off.");
        second.Route().Say(", three").End(cost: 0.001m);
        var events = await resumed.ToEndAsync();

        events.First(happening => happening.Name == "delta").Data.GetProperty("offset").GetInt32().ShouldBe(8);
        Shown.Of(events, "One, two").Text.ShouldBe("One, two, three");
        var whole = (await person.MessagesAsync(conversation))[1];
        whole.TextOf().ShouldBe("One, two, three");
        whole.Text("status").ShouldBe("complete");
        whole.Text("cost").ShouldBe("0.005");
        whole.GetProperty("usage").GetProperty("outputTokens").GetInt64().ShouldBe(34);
        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages/{posted.AnswerId}/continue", new { })).Code.ShouldBe("nothing-to-continue");
    }

    [Theory, BothEngines]
    public async Task A_bug_in_a_provider_says_nothing_of_the_inside_and_frees_the_conversation(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, "Hello?");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Crash();
        var last = (await stream.ToEndAsync())[^1];

        last.Data.Text("code").ShouldBe("internal-error");
        last.Data.ToString().ShouldNotContain("a bug");
        await person.PostAsync(conversation, "Again?");
        (await houses.Gateway.NextAsync()).Route().Say("Fine.").End();
    }

    [Theory, BothEngines]
    public async Task Stop_cancels_the_call_and_keeps_what_was_said(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        var posted = await person.PostAsync(conversation, "Go on for ever.");
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Say("Once upon");
        await stream.UntilAsync("delta");

        var stopped = await person.SendAsync(HttpMethod.Post, $"/api/generations/{posted.GenerationId}/stop");

        stopped.Status.ShouldBe(HttpStatusCode.NoContent);
        await call.Cancelled;
        (await stream.ToEndAsync())[^1].Data.GetProperty("message").Text("status").ShouldBe("stopped");
        (await person.MessagesAsync(conversation))[1].TextOf().ShouldBe("Once upon");
        (await person.SendAsync(HttpMethod.Post, $"/api/generations/{posted.GenerationId}/stop")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await person.SendAsync(HttpMethod.Post, $"/api/generations/{Guid.CreateVersion7()}/stop")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothEngines]
    public async Task One_answer_runs_at_a_time_and_a_repeated_client_id_starts_nothing(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();

        var racing = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages", new { text = "Hi", clientId = "one" })));
        racing.ShouldAllBe(answered => answered.Status == HttpStatusCode.Accepted);
        racing.Select(answered => answered.Text).Distinct().ShouldHaveSingleItem();
        var busy = await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages", new { text = "Hi", clientId = "two" });

        busy.Status.ShouldBe(HttpStatusCode.Conflict);
        busy.Code.ShouldBe("already-answering");
        busy.Json.GetProperty("generationId").GetGuid().ShouldBe(racing[0].Json.GetProperty("generationId").GetGuid());
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Say("Hi.").End();
        await stream.ToEndAsync();
        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages", new { text = "Hi", clientId = "one" })).Text.ShouldBe(racing[0].Text);
        (await person.MessagesAsync(conversation)).Count.ShouldBe(2);
    }
}
