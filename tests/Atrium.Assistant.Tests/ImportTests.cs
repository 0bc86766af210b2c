using System.Net;
using System.Text;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

public sealed class ImportTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    public async Task A_ChatGPT_export_comes_in_with_its_branches_thoughts_tools_and_times(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        var done = await person.ImportAsync(ChatGptFile.Json(ChatGptFile.Sample()));

        done.Text("status").ShouldBe("finished");
        done.GetProperty("report").GetProperty("conversations").GetInt32().ShouldBe(1);
        done.GetProperty("report").GetProperty("messages").GetInt32().ShouldBe(6);
        done.GetProperty("report").GetProperty("problemCount").GetInt32().ShouldBe(0);
        var listed = (await person.GetJsonAsync("/api/conversations")).GetProperty("items")[0];
        listed.Text("title").ShouldBe("Postgres or SQLite");
        listed.GetProperty("createdAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds((long)(ChatGptFile.Begun * 1000)));
        var id = listed.GetProperty("id").GetGuid();
        (await person.ConversationAsync(id)).Text("systemPrompt").ShouldBe("I am a gardener.\n\nBe brief.");
        var messages = await person.MessagesAsync(id);
        messages.Select(message => message.TextOf()).ShouldBe(["Which is faster? 👍", "It depends.", "And on two cores?", "SQLite."]);
        messages[1].GetProperty("parts").EnumerateArray().Select(part => part.Text("type")).ShouldBe(["reasoning", "reasoning", "tool", "text"]);
        messages[1].GetProperty("parts")[2].ShouldSatisfyAllConditions(
            tool => tool.Text("name").ShouldBe("python"),
            tool => tool.Text("arguments").ShouldBe("print(6 * 7)"),
            tool => tool.Text("result").ShouldBe("42"));
        messages[1].Text("model").ShouldBe("gpt-4o");
        messages[1].Text("origin").ShouldBe("import");
        messages[2].GetProperty("siblings").GetArrayLength().ShouldBe(2);
        (await person.GetJsonAsync("/api/messages/search?q=chart")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task An_imported_talk_goes_on_here(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var question = new ChatGptFile { Id = "unanswered" }.Say("q", "root", "user", "Never answered?");
        await person.ImportAsync(ChatGptFile.Json(ChatGptFile.Sample(), question));
        var items = (await person.GetJsonAsync("/api/conversations")).GetProperty("items").EnumerateArray().ToList();
        var whole = items.Single(item => item.Text("title") == "Postgres or SQLite" && !IsUnanswered(person, item)).GetProperty("id").GetGuid();

        await person.PostAsync(whole, "Why?");
        var call = await houses.Gateway.NextAsync();
        call.Route().Say("Because.").End();

        call.Call.Messages.Select(message => message.Text).ShouldContain("SQLite.");
        call.Call.Messages[0].Text.ShouldContain("I am a gardener.");
        var open = items.Single(item => item.GetProperty("id").GetGuid() != whole).GetProperty("id").GetGuid();
        var messages = await person.MessagesAsync(open);
        messages[^1].Text("status").ShouldBe("interrupted");
        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{open}/messages/{messages[^1].GetProperty("id").GetGuid()}/regenerate", new { })).Status.ShouldBe(HttpStatusCode.Accepted);
        (await houses.Gateway.NextAsync()).Route().Say("Now it is.").End();
    }

    [Theory, BothEngines]
    public async Task The_same_file_again_doubles_nothing_and_a_newer_one_adds_what_is_new(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var other = await (await houses.OnAsync(engine)).PersonAsync();
        await person.ImportAsync(ChatGptFile.Json(ChatGptFile.Sample()));
        var before = await person.GetJsonAsync("/api/conversations");

        var again = (await person.ImportAsync(ChatGptFile.Zip(("conversations.json", ChatGptFile.Json(ChatGptFile.Sample()))))).GetProperty("report");
        var grown = (await person.ImportAsync(ChatGptFile.Json(ChatGptFile.Sample().Say("q3", "a2b", "user", "One more").Say("a3", "q3", "assistant", "Gladly")))).GetProperty("report");
        var others = (await other.ImportAsync(ChatGptFile.Json(ChatGptFile.Sample()))).GetProperty("report");

        again.ShouldSatisfyAllConditions(
            report => report.GetProperty("conversations").GetInt32().ShouldBe(0),
            report => report.GetProperty("messages").GetInt32().ShouldBe(0),
            report => report.GetProperty("skipped").GetInt32().ShouldBe(1));
        grown.GetProperty("messages").GetInt32().ShouldBe(2);
        others.GetProperty("conversations").GetInt32().ShouldBe(1);
        var listed = (await person.GetJsonAsync("/api/conversations")).GetProperty("items");
        listed.GetArrayLength().ShouldBe(1);
        listed[0].GetProperty("id").GetGuid().ShouldBe(before.GetProperty("items")[0].GetProperty("id").GetGuid());
        (await person.ConversationAsync(listed[0].GetProperty("id").GetGuid())).GetProperty("messageCount").GetInt64().ShouldBe(8);
        (await other.SendAsync(HttpMethod.Get, $"/api/conversations/{listed[0].GetProperty("id").GetGuid()}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothEngines]
    public async Task A_newer_ZIP_in_parts_is_read_and_its_other_files_are_left_alone(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        var report = (await person.ImportAsync(ChatGptFile.Zip(
            ("user.json", "{}"u8.ToArray()),
            ("../../conversations-000.json", ChatGptFile.Json(ChatGptFile.Sample("one"))),
            ("data/conversations-001.json", ChatGptFile.Json(ChatGptFile.Sample("two"), ChatGptFile.Sample("three"))),
            ("chat.html", "<html>"u8.ToArray())))).GetProperty("report");

        report.GetProperty("conversations").GetInt32().ShouldBe(3);
        report.GetProperty("problemCount").GetInt32().ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task One_broken_conversation_is_told_and_costs_the_others_nothing(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500);
        var good = Encoding.UTF8.GetString(ChatGptFile.Json(ChatGptFile.Sample()))[1..^1];
        var lone = """{"id":"lone","title":"Half \ud83d an emoji\u0000","mapping":{"n":{"message":{"author":{"role":"user"},"content":{"content_type":"text","parts":["cut \ud83d\ud83d\ude00 \udc00\u0000 here"]}},"parent":null}}}""";
        var ring = """{"id":"ring","title":"Ring","mapping":{"a":{"parent":"b","message":{"author":{"role":"user"},"content":{"parts":["first"]}}},"b":{"parent":"a","message":{"author":{"role":"assistant"},"content":{"parts":["second"]}}},"c":{"parent":"gone","message":{"author":{"role":"user"},"content":{"parts":["orphan"]}}}}}""";
        var wrong = """{"id":5,"title":["x"],"mapping":{"n":7,"m":{"message":{"author":"nobody","content":[1]},"parent":3}}}""";
        var empty = """{"id":"empty","title":"Nothing said","mapping":{}}""";

        var done = await person.ImportAsync(ChatGptFile.Text($"[{deep},{{\"mapping\":}},7,{good},{lone},{ring},{wrong},{empty},{{\"x\":1}}"));

        done.Text("status").ShouldBe("finished", done.ToString());
        var report = done.GetProperty("report");
        report.GetProperty("conversations").GetInt32().ShouldBe(3, report.ToString());
        var problems = report.GetProperty("problems").EnumerateArray().Select(problem => $"{problem.Text("what")}: {problem.Text("why")}").ToList();
        problems.ShouldContain(problem => problem.StartsWith("Conversation 1: It is not whole JSON", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.StartsWith("Ring: 2 messages name a parent", StringComparison.Ordinal));
        problems.ShouldContain("Nothing said: It has no messages.");
        problems.ShouldAllBe(problem => !problem.Contains("Exception", StringComparison.Ordinal) && !problem.Contains("System.", StringComparison.Ordinal));
        var items = (await person.GetJsonAsync("/api/conversations")).GetProperty("items").EnumerateArray().ToList();
        var half = items.Single(item => item.Text("title")!.StartsWith("Half", StringComparison.Ordinal));
        half.Text("title").ShouldBe("Half \uFFFD an emoji\uFFFD");
        (await person.MessagesAsync(half.GetProperty("id").GetGuid()))[0].TextOf().ShouldBe("cut \uFFFD😀 \uFFFD\uFFFD here");
        items.ShouldContain(item => item.Text("title") == "Ring");
    }

    [Theory, BothEngines]
    public async Task Content_that_nobody_knows_is_kept_to_be_read_and_a_huge_text_is_cut_with_a_word(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var file = new ChatGptFile { Id = "odd", Title = "Odd" }
            .Say("q", "root", "user", "Show me.")
            .Add("w", "q", "assistant", new { content_type = "super_widget", weather = new { town = "Hanoi" } })
            .Say("big", "w", "assistant", new string('ü', 1_200_000));

        var report = (await person.ImportAsync(ChatGptFile.Json(file))).GetProperty("report");

        report.GetProperty("problems")[0].Text("why")!.ShouldContain("1000000 letters");
        var id = (await person.GetJsonAsync("/api/conversations")).GetProperty("items")[0].GetProperty("id").GetGuid();
        var text = (await person.MessagesAsync(id))[1].TextOf();
        text.ShouldContain("super_widget");
        text.ShouldContain("Hanoi");
        text.Length.ShouldBeInRange(999_000, 1_000_000);
    }

    public static TheoryData<DatabaseEngine, string, byte[], string> Refused()
    {
        var data = new TheoryData<DatabaseEngine, string, byte[], string>();
        foreach (var (name, bytes, code) in new (string, byte[], string)[]
        {
            ("text", "hello"u8.ToArray(), "not-an-export"),
            ("a number", "7"u8.ToArray(), "not-an-export"),
            ("a picture", [0x89, 0x50, 0x4E, 0x47], "not-an-export"),
            ("a ZIP of something else", ChatGptFile.Zip(("letter.txt", "hi"u8.ToArray())), "not-an-export"),
            ("half a ZIP", ChatGptFile.Zip(("conversations.json", ChatGptFile.Json(ChatGptFile.Sample())))[..^40], "archive-unreadable"),
            ("a bomb", ChatGptFile.Zip(("conversations.json", [.. "[\""u8, .. new byte[40_000]])), "too-large"),
        })
            data.Add(DatabaseEngine.Sqlite, name, bytes, code);
        return data;
    }

    [Theory, MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_export_fails_with_a_reason(DatabaseEngine engine, string name, byte[] bytes, string code)
    {
        await using var house = await houses.StartAsync(engine, settings: new Dictionary<string, string> { ["IMPORT_MAX_SIZE"] = "9000" });
        var person = await house.PersonAsync();

        var done = await person.ImportAsync(bytes);

        done.Text("status").ShouldBe("failed", name);
        done.GetProperty("error").Text("code").ShouldBe(code, name);
        Directory.GetFiles(Path.Combine(house.DataFolder, "imports")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_operator_may_limit_imports_or_turn_them_off()
    {
        await using var small = await houses.StartAsync(DatabaseEngine.Sqlite, settings: new Dictionary<string, string> { ["IMPORT_MAX_SIZE"] = "1000" });
        await using var none = await houses.StartAsync(DatabaseEngine.Sqlite, settings: new Dictionary<string, string> { ["IMPORT_MAX_SIZE"] = "0" });

        var tooLarge = await (await small.PersonAsync()).UploadImportAsync(ChatGptFile.Json(ChatGptFile.Sample()));
        var off = await (await none.PersonAsync()).UploadImportAsync(ChatGptFile.Json(ChatGptFile.Sample()));

        (tooLarge.Status, tooLarge.Code).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "too-large"));
        (off.Status, off.Code).ShouldBe((HttpStatusCode.Forbidden, "import-off"));
    }

    [Theory, BothEngines]
    public async Task Only_the_owner_sees_an_import_and_a_body_without_a_file_is_refused(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var id = (await person.ImportAsync(ChatGptFile.Json(ChatGptFile.Sample()))).GetProperty("id").GetGuid();

        (await other.SendAsync(HttpMethod.Get, $"/api/imports/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetJsonAsync("/api/imports")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await person.GetJsonAsync("/api/imports")).GetProperty("items").GetArrayLength().ShouldBe(1);
        var broken = new ByteArrayContent("--other\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n[]"u8.ToArray());
        broken.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        foreach (var content in new HttpContent[] { broken, new MultipartFormDataContent { { new StringContent("x"), "file" } }, new MultipartFormDataContent { { new ByteArrayContent([]), "file", "a.json" } } })
            (await person.SendAsync(HttpMethod.Post, "/api/conversations/import", content)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await person.SendAsync(HttpMethod.Post, "/api/conversations/import", "[]")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await house.Client.PostAsync("/api/conversations/import", new MultipartFormDataContent())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothEngines]
    public async Task A_restart_marks_an_import_interrupted_and_doing_it_again_adds_the_rest(DatabaseEngine engine)
    {
        await using var house = await houses.StartAsync(engine);
        var person = await house.PersonAsync();
        // Enough that their import still runs when the next request comes, on the slower engine fewer.
        var talks = engine == DatabaseEngine.Sqlite ? 8_000 : 2_000;
        var files = Enumerable.Range(0, talks).Select(index => new ChatGptFile { Id = $"c{index}", Title = $"Talk {index}" }.Say("q", "root", "user", "A question of some length.").Say("a", "q", "assistant", "An answer.")).ToArray();
        var bytes = ChatGptFile.Json(files);
        var id = (await person.UploadImportAsync(bytes)).Json.GetProperty("id").GetGuid();
        (await person.UploadImportAsync(bytes)).Code.ShouldBe("already-importing");

        await house.RestartAsync();

        var again = house.WithToken(person.Token, person.Id, person.Username);
        var stopped = await again.GetJsonAsync($"/api/imports/{id}");
        stopped.Text("status").ShouldBe("interrupted");
        Directory.GetFiles(Path.Combine(house.DataFolder, "imports")).ShouldBeEmpty();
        var report = (await again.ImportAsync(bytes)).GetProperty("report");
        // One may have been half there: it is neither new nor skipped.
        (report.GetProperty("conversations").GetInt32() + report.GetProperty("skipped").GetInt32()).ShouldBeInRange(talks - 1, talks);
        report.GetProperty("skipped").GetInt32().ShouldBeGreaterThanOrEqualTo(stopped.GetProperty("report").GetProperty("conversations").GetInt32());
        (await again.ImportAsync(bytes)).GetProperty("report").GetProperty("skipped").GetInt32().ShouldBe(talks);
    }

    private static bool IsUnanswered(TestPerson person, JsonElement item) =>
        person.MessagesAsync(item.GetProperty("id").GetGuid()).GetAwaiter().GetResult()[0].TextOf() == "Never answered?";
}
