using System.Net;
using System.Text.Json;
using Atrium.Assistant.Browser;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

/// <summary>Answers that the person's own browser makes with Ollama on their own machine.</summary>
public sealed class BrowserTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    private static readonly object Browser = new { model = "llama3.2:3b", contextTokens = 8192 };

    [Theory, BothEngines]
    public async Task The_browser_gets_the_prompt_posts_pieces_and_other_tabs_see_them(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await person.NewConversationAsync(new { persona = "zily", parameters = new { temperature = 0.3 } });

        var opened = await OpenAsync(person, conversation, "How are you?");
        var generation = opened.GetProperty("generationId").GetGuid();
        using var tab = await person.StreamAsync(conversation);
        (await ChunksAsync(person, generation, ("reasoning", 0, "Hm."), ("text", 0, "Well"))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ChunksAsync(person, generation, ("text", 0, "Well, "), ("text", 6, "thanks 👍"))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ChunksAsync(person, generation)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await FinishAsync(person, generation, new { status = "complete", stopReason = "stop", usage = new { inputTokens = 40, outputTokens = 5 } })).Status.ShouldBe(HttpStatusCode.NoContent);

        var call = opened.GetProperty("call");
        call.GetProperty("messages")[0].ShouldSatisfyAllConditions(first => first.Text("role").ShouldBe("system"), first => first.Text("content")!.ShouldContain("Zily"));
        call.GetProperty("messages")[1].Text("content").ShouldBe("How are you?");
        call.GetProperty("options").GetProperty("temperature").GetDouble().ShouldBe(0.3);
        var shown = Shown.Of(await tab.ToEndAsync());
        (shown.Text, shown.Reasoning).ShouldBe(("Well, thanks 👍", "Hm."));
        var answer = (await person.MessagesAsync(conversation))[1];
        answer.ShouldSatisfyAllConditions(
            message => message.TextOf().ShouldBe("Well, thanks 👍"),
            message => message.Text("status").ShouldBe("complete"),
            message => message.Text("origin").ShouldBe("browser"),
            message => message.Text("provider").ShouldBe("ollama-browser"),
            message => message.Text("model").ShouldBe("llama3.2:3b"),
            message => message.Text("cost").ShouldBe("0"),
            message => message.GetProperty("usage").GetProperty("outputTokens").GetInt64().ShouldBe(5));
        (await FinishAsync(person, generation, new { status = "complete" })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ChunksAsync(person, generation, ("text", 14, "late"))).Code.ShouldBe("generation-ended");
        // Other tests of the class ask for titles of their own talks.
        while (houses.Gateway.TitleCalls.Reader.TryRead(out var title))
            title.PersonId.ShouldNotBe(person.Id);
    }

    [Theory, BothEngines]
    public async Task A_piece_too_early_is_refused_with_the_place_that_is_expected_and_a_repeat_gives_the_call_again(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await person.NewConversationAsync();
        var opened = await OpenAsync(person, conversation, "Go", "c-1");
        var generation = opened.GetProperty("generationId").GetGuid();
        await ChunksAsync(person, generation, ("text", 0, "abc"));

        var early = await ChunksAsync(person, generation, ("text", 4, "e"));
        var again = await OpenAsync(person, conversation, "Go", "c-1");

        (early.Status, early.Code).ShouldBe((HttpStatusCode.Conflict, "offset-mismatch"));
        early.Json.GetProperty("expected").GetProperty("text").GetInt32().ShouldBe(3);
        again.GetProperty("generationId").GetGuid().ShouldBe(generation);
        again.GetProperty("call").GetProperty("messages").GetArrayLength().ShouldBe(2);
        (await person.SendAsync(HttpMethod.Post, $"/api/generations/{generation}/chunks", """{"parts":[{"type":"text","offset":3,"text":"\ud83d"}]}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await FinishAsync(person, generation, new { status = "interrupted" })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await person.MessagesAsync(conversation))[1].ShouldSatisfyAllConditions(message => message.Text("status").ShouldBe("interrupted"), message => message.TextOf().ShouldBe("abc"));
    }

    [Theory, BothEngines]
    public async Task Silence_of_thirty_seconds_interrupts_and_the_answer_can_go_on_in_the_browser(DatabaseEngine engine)
    {
        var clock = new FakeClock();
        await using var house = await houses.StartAsync(engine, clock);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        var opened = await OpenAsync(person, conversation, "Go");
        var generation = opened.GetProperty("generationId").GetGuid();
        await ChunksAsync(person, generation, ("text", 0, "Half of"));
        clock.Advance(BrowserTurn.Silence - TimeSpan.FromSeconds(1));
        await ChunksAsync(person, generation);
        clock.Advance(BrowserTurn.Silence - TimeSpan.FromSeconds(1));
        (await person.MessagesAsync(conversation))[1].Text("status").ShouldBe("streaming");

        clock.Advance(TimeSpan.FromSeconds(2));

        await Talk.UntilAsync(async () => (await person.MessagesAsync(conversation))[1].Text("status") == "interrupted");
        (await ChunksAsync(person, generation, ("text", 7, " it"))).Code.ShouldBe("generation-ended");
        var answer = opened.GetProperty("answerId").GetGuid();
        var on = (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages/{answer}/continue", new { browser = Browser })).Json;
        on.GetProperty("call").GetProperty("messages")[2].Text("content").ShouldBe("Half of");
        await ChunksAsync(person, on.GetProperty("generationId").GetGuid(), ("text", 0, " it"));
        await FinishAsync(person, on.GetProperty("generationId").GetGuid(), new { status = "complete" });
        (await person.MessagesAsync(conversation))[1].TextOf().ShouldBe("Half of it");
    }

    [Theory, BothEngines]
    public async Task Stop_from_another_tab_ends_it_and_the_browser_hears_of_it(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await person.NewConversationAsync();
        var generation = (await OpenAsync(person, conversation, "Go")).GetProperty("generationId").GetGuid();
        await ChunksAsync(person, generation, ("text", 0, "Some"));

        (await person.SendAsync(HttpMethod.Post, $"/api/generations/{generation}/stop")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await ChunksAsync(person, generation, ("text", 4, " more"))).Code.ShouldBe("generation-ended");
        (await person.MessagesAsync(conversation))[1].ShouldSatisfyAllConditions(message => message.Text("status").ShouldBe("stopped"), message => message.TextOf().ShouldBe("Some"));
    }

    [Theory, BothEngines]
    public async Task A_failure_of_Ollama_is_told_in_the_houses_words(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        foreach (var (code, kept) in new[] { ("ollama-unreachable", "ollama-unreachable"), ("<script>", "browser-failed") })
        {
            var conversation = await person.NewConversationAsync();
            var generation = (await OpenAsync(person, conversation, "Go")).GetProperty("generationId").GetGuid();
            using var stream = await person.StreamAsync(conversation);

            await FinishAsync(person, generation, new { status = "failed", error = new { code } });

            (await stream.ToEndAsync())[^1].ShouldSatisfyAllConditions(last => last.Name.ShouldBe("error"), last => last.Data.Text("code").ShouldBe(kept));
            (await person.MessagesAsync(conversation))[1].Text("status").ShouldBe("failed");
        }
    }

    [Theory, BothEngines]
    public async Task Nobody_else_and_no_other_answer_takes_pieces(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var conversation = await person.NewConversationAsync();
        var generation = (await OpenAsync(person, conversation, "Go")).GetProperty("generationId").GetGuid();
        var served = await person.NewConversationAsync();
        var posted = await person.PostAsync(served, "Served");
        var call = await houses.Gateway.NextAsync();

        (await ChunksAsync(other, generation, ("text", 0, "x"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await FinishAsync(other, generation, new { status = "complete" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ChunksAsync(person, posted.GenerationId, ("text", 0, "x"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await FinishAsync(person, posted.GenerationId, new { status = "complete" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ChunksAsync(person, Guid.CreateVersion7(), ("text", 0, "x"))).Status.ShouldBe(HttpStatusCode.NotFound);
        call.Route().Say("Served").End();
        await FinishAsync(person, generation, new { status = "complete" });
        await Talk.UntilAsync(async () => (await person.MessagesAsync(served))[1].Text("status") == "complete");
        (await ChunksAsync(person, posted.GenerationId, ("text", 0, "x"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothEngines]
    public async Task Requests_out_of_range_name_their_field(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await person.NewConversationAsync();
        foreach (var (browser, field) in new (object, string)[] { (new { model = "" }, "browser.model"), (new { model = new string('m', 201) }, "browser.model"), (new { model = "m", contextTokens = 1 }, "browser.contextTokens") })
            (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages", new { text = "x", browser })).Fields.ShouldBe([field]);
        var generation = (await OpenAsync(person, conversation, "Go")).GetProperty("generationId").GetGuid();
        foreach (var body in new object[] { new { parts = new[] { new { type = "audio", offset = 0, text = "x" } } }, new { parts = new[] { new { type = "text", offset = -1, text = "x" } } }, new { }, new { parts = new[] { new { type = "text", offset = 0, text = new string('x', 70_000) } } } })
            (await person.SendAsync(HttpMethod.Post, $"/api/generations/{generation}/chunks", body)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await FinishAsync(person, generation, new { status = "streaming" })).Fields.ShouldBe(["status"]);
        (await FinishAsync(person, generation, new { status = "complete" })).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory, BothEngines]
    public async Task A_talk_longer_than_the_own_model_reads_loses_its_oldest_part(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await person.NewConversationAsync();
        foreach (var text in new[] { "first " + new string('a', 6_000), "second " + new string('b', 6_000) })
        {
            var generation = (await OpenAsync(person, conversation, text)).GetProperty("generationId").GetGuid();
            await ChunksAsync(person, generation, ("text", 0, "ok"));
            await FinishAsync(person, generation, new { status = "complete" });
        }

        var opened = (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages", new { text = "third", browser = new { model = "small", contextTokens = 2_048 } })).Json;

        var contents = opened.GetProperty("call").GetProperty("messages").EnumerateArray().Select(message => message.Text("content")!).ToList();
        contents.ShouldContain("third");
        contents.ShouldNotContain(content => content.StartsWith("first", StringComparison.Ordinal));
        await FinishAsync(person, opened.GetProperty("generationId").GetGuid(), new { status = "interrupted" });
    }

    private static async Task<JsonElement> OpenAsync(TestPerson person, Guid conversation, string text, string? clientId = null)
    {
        var opened = await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages", new { text, clientId, browser = Browser });
        opened.Status.ShouldBe(HttpStatusCode.Accepted, opened.Text);
        return opened.Json;
    }

    private static Task<Answered> ChunksAsync(TestPerson person, Guid generation, params (string Type, int Offset, string Text)[] parts) =>
        person.SendAsync(HttpMethod.Post, $"/api/generations/{generation}/chunks", new { parts = parts.Select(part => new { type = part.Type, offset = part.Offset, text = part.Text }) });

    private static Task<Answered> FinishAsync(TestPerson person, Guid generation, object end) => person.SendAsync(HttpMethod.Post, $"/api/generations/{generation}/finish", end);
}
