using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Host.Tests;

/// <summary>An admin runs the house and does not read its people.</summary>
public sealed class AdminBlindnessTests(HousePair houses) : IClassFixture<HousePair>
{
    private const string Words = "canary-words-of-a-private-talk";
    private const string Secret = "sk-canary-0123456789abcdef0123456789";
    private const string FileText = "canary-line-of-a-private-file";

    [Theory, BothEngines]
    [Keeps("B-012")]
    [Asvs("8.2.3")]
    public async Task No_route_shows_an_admin_what_a_person_said_keeps_or_uses(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();
        var ids = await KeepPrivateThingsAsync(person);
        var asked = 0;

        foreach (var route in MatrixRoute.All(house).Where(route => route.Method == "GET"))
        {
            foreach (var id in route.Parameters.Count == 0 ? [person.Id] : ids)
            {
                var values = new Dictionary<string, string>(MatrixRoute.AnyValues) { ["id"] = id.ToString(), ["messageId"] = id.ToString(), ["personId"] = person.Id.ToString() };
                foreach (var query in new[] { "", $"?q={Words}", $"?search={person.Username}", $"?personId={person.Id}&actor={person.Id}&owner={person.Id}" })
                {
                    asked++;
                    (await ReadAsync(admin, route.Address(values) + query)).ShouldNotContain("canary", Case.Sensitive, $"{route} {query}");
                }
            }
        }

        asked.ShouldBeGreaterThan(150);
        (await ReadAsync(person, $"/api/conversations/{ids[1]}/messages")).ShouldContain(Words);
    }

    private static async Task<IReadOnlyList<Guid>> KeepPrivateThingsAsync(TestPerson person)
    {
        var conversation = await IdAsync(person.Client.PostAsJsonAsync("/api/conversations", new { title = Words, systemPrompt = Words }));
        using (var posted = await person.Client.PostAsJsonAsync($"/api/conversations/{conversation}/messages", new { text = Words, browser = new { model = "small" } }))
            posted.EnsureSuccessStatusCode();
        var key = await IdAsync(person.Client.PostAsJsonAsync("/api/provider-keys", new { provider = "openai", apiKey = Secret, name = "canary of a name" }));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(FileText)) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } }, "file", "canary.txt" } };
        var attachment = await IdAsync(person.Client.PostAsync("/api/attachments", form));
        return [person.Id, conversation, key, attachment];
    }

    private static async Task<Guid> IdAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("id").GetGuid();
    }

    private static async Task<string> ReadAsync(TestPerson person, string address)
    {
        using var answer = await person.Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        // A running talk's stream has no end; nobody but its person gets one.
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream" && address.StartsWith("/api/conversations", StringComparison.Ordinal))
            return "the stream of a canary";
        return await answer.Content.ReadAsStringAsync();
    }
}
