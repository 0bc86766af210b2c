using System.Net;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

public sealed class HostileBodyTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    private static readonly string Deep = string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200));

    public static TheoryData<string, string, string> Cases()
    {
        var conversations = "/api/conversations";
        var data = new TheoryData<string, string, string>();
        foreach (var (field, value) in new[]
        {
            ("title", "7"), ("title", Quote(201)), ("persona", "\"root\""), ("persona", "[]"), ("model", Quote(201)), ("model", "{}"), ("systemPrompt", Quote(20_001)), ("systemPrompt", "true"),
            ("parameters", "\"x\""), ("parameters.temperature", "{\"temperature\":3}"), ("parameters.temperature", "{\"temperature\":\"1\"}"), ("parameters.topP", "{\"topP\":-1}"),
            ("parameters.maxOutputTokens", "{\"maxOutputTokens\":0}"), ("parameters.maxOutputTokens", "{\"maxOutputTokens\":1.5}"), ("parameters.reasoningEffort", "{\"reasoningEffort\":\"lots\"}"), ("title", Deep),
        })
        {
            data.Add($"POST {conversations}", field, Body(field, value));
            // What is wrong inside an optional object is named by the object.
            data.Add($"PATCH {conversations}/ID", value is "{\"temperature\":\"1\"}" or "{\"maxOutputTokens\":1.5}" ? "parameters" : field, Body(field, value));
        }
        foreach (var (field, value) in new[] { ("title", "null"), ("title", "\" \""), ("persona", "null"), ("pinned", "null"), ("pinned", "\"yes\""), ("leafId", "null"), ("leafId", "\"x\""), ("leafId", "5") })
            data.Add($"PATCH {conversations}/ID", field, Body(field, value));
        foreach (var (field, value) in new[]
        {
            ("text", "null"), ("text", "7"), ("text", "\" \""), ("text", Quote(100_001)), ("parentId", "\"x\""), ("parentId", "[]"), ("model", Quote(201)), ("attachments", "\"x\""), ("attachments", "[\"x\"]"),
            ("attachments", "[" + string.Join(',', Enumerable.Repeat($"\"{Guid.CreateVersion7()}\"", 11)) + "]"), ("clientId", Quote(65)), ("clientId", "{}"), ("text", Deep),
        })
            data.Add($"POST {conversations}/ID/messages", field, field == "text" ? Body(field, value) : $$"""{"text":"Hi","{{field}}":{{value}}}""");
        data.Add($"POST {conversations}/ID/messages", "text", "{}");
        foreach (var body in new[] { "{}", Body("text", "null"), Body("text", "7"), Body("text", Quote(100_001)), Body("text", Deep) })
            data.Add($"PUT {conversations}/ID/draft", "text", body);
        data.Add("POST /api/ai/chat", "message", "{}");
        data.Add("POST /api/ai/chat", "message", Body("message", "null"));
        data.Add("POST /api/ai/chat", "message", Body("message", "\"\""));
        data.Add("POST /api/ai/chat", "message", Body("message", Quote(100_001)));
        data.Add("POST /api/ai/chat", "persona", """{"message":"Hi","persona":"root"}""");
        data.Add("POST /api/ai/chat", "conversationId", """{"message":"Hi","conversationId":"x"}""");
        data.Add("POST /", "user_input", "{}");
        data.Add("POST /", "user_input", Body("user_input", Quote(100_001)));
        data.Add("POST /", "session_id", """{"user_input":"Hi","session_id":7}""");
        data.Add("GET /api/messages/search", "q", "");
        data.Add("GET /api/messages/search?q=%20", "q", "");
        data.Add("GET /api/messages/search?q=" + new string('a', 201), "q", "");
        data.Add("GET /api/messages/search?q=a&cursor=x", "cursor", "");
        data.Add("GET /api/messages/search?q=a&limit=101", "limit", "");
        data.Add("GET /api/conversations/ID/messages?limit=0", "limit", "");
        data.Add("GET /api/conversations/ID/messages?before=x", "before", "");
        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    [Keeps("Z-101")]
    public async Task A_wrong_field_is_a_400_that_names_it(string route, string field, string body)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.AdminAsync();
        var conversation = await person.NewConversationAsync();
        var (method, path) = (route.Split(' ')[0], route.Split(' ', 2)[1].Replace("ID", conversation.ToString(), StringComparison.Ordinal));

        var answered = await person.SendAsync(new HttpMethod(method), path, body.Length == 0 ? null : body);

        answered.Status.ShouldBe(HttpStatusCode.BadRequest, answered.Text);
        answered.Code.ShouldBe("validation");
        answered.Fields.Single().Split('[')[0].ShouldBe(field);
    }

    [Theory]
    [InlineData("POST", "/api/conversations")]
    [InlineData("PATCH", "/api/conversations/ID")]
    [InlineData("POST", "/api/conversations/ID/messages")]
    [InlineData("POST", "/api/ai/chat")]
    [InlineData("POST", "/")]
    public async Task A_body_that_is_no_object_is_a_4xx(string method, string path)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.AdminAsync();
        var target = path.Replace("ID", (await person.NewConversationAsync()).ToString(), StringComparison.Ordinal);

        foreach (var body in new[] { "", "null", "7", "[]", "\"x\"", "{", "{\"a\":", "\0", "{\"text\":\"a\",\"text\":\"b\"}", Deep, "{\"text\":\"\\ud800\"}" })
        {
            var answered = await person.SendAsync(new HttpMethod(method), target, body);
            if (body.StartsWith("{\"text\"", StringComparison.Ordinal) && !path.EndsWith("messages", StringComparison.Ordinal))
                ((int)answered.Status).ShouldBeLessThan(500, $"{body} {answered.Text}");
            else
                ((int)answered.Status).ShouldBeInRange(400, 499, $"{body} {answered.Text}");
        }
    }

    [Theory, BothEngines]
    public async Task Text_that_a_database_cannot_keep_is_kept_without_the_part_it_cannot(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync(new { title = "a\0b", systemPrompt = "x\0y", model = "m\0" });
        await person.PostAsync(conversation, new { text = "nul \0 '; DROP TABLE assistant_messages; --", clientId = "c\0" });
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route().Say("bad \0 half \ud83d").Say("\udc4d then \ud83d").Think("\udc4d").End();
        await stream.ToEndAsync();

        var messages = await person.MessagesAsync(conversation);
        messages[0].TextOf().ShouldBe("nul \uFFFD '; DROP TABLE assistant_messages; --");
        messages[1].TextOf().ShouldBe("bad \uFFFD half 👍 then \uFFFD");
        messages[1].Text("status").ShouldBe("complete");
        (await person.GetJsonAsync("/api/messages/search?q=%00%25")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await person.GetJsonAsync("/api/messages/search?q=drop%20table")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await person.GetJsonAsync("/api/conversations?q=%00")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Texts_at_their_longest_pass(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync(new { title = new string('t', 200), systemPrompt = new string('s', 20_000), model = new string('m', 200) });
        await person.PostAsync(conversation, new { text = new string('x', 100_000), clientId = new string('c', 64) });
        (await houses.Gateway.NextAsync()).Route("offline", "lite").Say("ok").End();

        (await person.MessagesAsync(conversation))[0].TextOf().Length.ShouldBe(100_000);
    }

    private static string Quote(int length) => JsonSerializer.Serialize(new string('a', length));

    private static string Body(string field, string value) => $$"""{"{{field.Split('.')[0]}}":{{value}}}""";
}
