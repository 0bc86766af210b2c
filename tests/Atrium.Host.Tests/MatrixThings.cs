using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Host.Tests;

/// <summary>Makes, for each route with an id in it, a real thing of a person, and a body that the route would accept.</summary>
internal static class MatrixThings
{
    private const string AnyId = "018f0000-0000-7000-8000-000000000000";

    private delegate Task<Dictionary<string, string>> Maker(TestHouse house, TestPerson owner);

    /// <summary>Whose id names nobody's thing.</summary>
    private static readonly string[] Shared = ["/openapi/{documentName}.json", "/api/providers/{id}/test", "/api/user/default-models/{use}", "/api/people/{id:guid}", "/api/pictures/{id:guid}"];

    private static readonly (string Start, Maker Make)[] Makers =
    [
        ("/api/sessions/", SessionAsync),
        ("/api/provider-keys/", ProviderKeyAsync),
        ("/api/conversations/", ConversationAsync),
        ("/api/generations/", GenerationAsync),
        ("/api/imports/", ImportAsync),
        ("/api/attachments/", AttachmentAsync),
        ("/api/keys/", ApiKeyAsync),
        ("/api/budgets/", BudgetAsync),
    ];

    private static readonly Dictionary<string, object> Bodies = new()
    {
        ["PATCH /api/provider-keys/{id:guid}"] = new { name = "another" },
        ["PUT /api/provider-keys/{id:guid}/secret"] = new { apiKey = "sk-matrix-abcdef0123456789" },
        ["PATCH /api/conversations/{id:guid}"] = new { title = "another" },
        ["PUT /api/conversations/{id:guid}/draft"] = new { text = "hello" },
        ["POST /api/conversations/{id:guid}/messages"] = new { text = "hello" },
        ["POST /api/generations/{id:guid}/chunks"] = new { parts = new[] { new { type = "text", offset = 0, text = "x" } } },
        ["POST /api/generations/{id:guid}/finish"] = new { status = "complete" },
    };

    /// <summary>Routes whose id names a person's thing. Those of admins are no person's own; the matrix of roles has them.</summary>
    public static bool IsOwned(MatrixRoute route) => route.Parameters.Count > 0 && route.Policy is not (null or "admin" or "api-key") && !Shared.Contains(route.Pattern);

    public static bool HasMaker(MatrixRoute route) => Array.Exists(Makers, maker => route.Pattern.StartsWith(maker.Start, StringComparison.Ordinal));

    public static Task<Dictionary<string, string>> MakeAsync(MatrixRoute route, TestHouse house, TestPerson owner) =>
        Array.Find(Makers, maker => route.Pattern.StartsWith(maker.Start, StringComparison.Ordinal)).Make(house, owner);

    public static HttpContent? BodyOf(MatrixRoute route) =>
        Bodies.TryGetValue(route.ToString(), out var body) ? JsonContent.Create(body)
        : route.Method is "GET" or "DELETE" ? null
        : new StringContent("{}", Encoding.UTF8, "application/json");

    private static async Task<Dictionary<string, string>> SessionAsync(TestHouse house, TestPerson owner)
    {
        await PostAsync(house.Client, "/api/login", new { username = owner.Username, password = TestHouse.Password });
        var sessions = await owner.Client.GetFromJsonAsync<JsonElement>("/api/sessions");
        return Ids(sessions.GetProperty("items").EnumerateArray().First(item => !item.GetProperty("current").GetBoolean()).GetProperty("id"));
    }

    private static async Task<Dictionary<string, string>> ProviderKeyAsync(TestHouse house, TestPerson owner) =>
        Ids((await PostAsync(owner.Client, "/api/provider-keys", new { provider = "openai", apiKey = "sk-matrix-0123456789abcdef", name = "matrix" })).GetProperty("id"));

    private static async Task<Dictionary<string, string>> ApiKeyAsync(TestHouse house, TestPerson owner) =>
        Ids((await PostAsync(owner.Client, "/api/keys", new { name = "matrix" })).GetProperty("id"));

    private static async Task<Dictionary<string, string>> BudgetAsync(TestHouse house, TestPerson owner)
    {
        using var set = await owner.Client.PutAsJsonAsync("/api/budgets", new { period = "month", amount = "5" });
        return Ids((await set.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id"));
    }

    private static async Task<Dictionary<string, string>> ConversationAsync(TestHouse house, TestPerson owner)
    {
        var id = (await PostAsync(owner.Client, "/api/conversations", new { title = "mine" })).GetProperty("id");
        var posted = await PostAsync(owner.Client, $"/api/conversations/{id.GetGuid()}/messages", new { text = "what is 2 + 2?" });
        await owner.Client.PostAsync($"/api/generations/{posted.GetProperty("generationId").GetGuid()}/stop", null);
        return Ids(id, posted.GetProperty("answerId"));
    }

    private static async Task<Dictionary<string, string>> GenerationAsync(TestHouse house, TestPerson owner)
    {
        var id = (await PostAsync(owner.Client, "/api/conversations", new { title = "mine" })).GetProperty("id");
        return Ids((await PostAsync(owner.Client, $"/api/conversations/{id.GetGuid()}/messages", new { text = "hello", browser = new { model = "small" } })).GetProperty("generationId"));
    }

    private static async Task<Dictionary<string, string>> ImportAsync(TestHouse house, TestPerson owner) =>
        Ids((await UploadAsync(owner.Client, "/api/conversations/import", "conversations.json", "[]")).GetProperty("id"));

    private static async Task<Dictionary<string, string>> AttachmentAsync(TestHouse house, TestPerson owner) =>
        Ids((await UploadAsync(owner.Client, "/api/attachments", "notes.txt", "plain words")).GetProperty("id"));

    private static Dictionary<string, string> Ids(JsonElement id, JsonElement? messageId = null) =>
        new() { ["id"] = id.GetString()!, ["messageId"] = messageId?.GetString() ?? AnyId };

    private static async Task<JsonElement> UploadAsync(HttpClient client, string path, string name, string text)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name } };
        return await ReadAsync(await client.PostAsync(path, form));
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body) => await ReadAsync(await client.PostAsJsonAsync(path, body));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.IsSuccessStatusCode.ShouldBeTrue(text);
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
    }
}
