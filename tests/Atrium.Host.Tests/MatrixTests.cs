using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Host.Tests;

/// <summary>Every route of the running house times everybody who may ask.</summary>
public sealed class MatrixTests(HousePair houses) : IClassFixture<HousePair>
{
    /// <summary>A program of the user's with an API key.</summary>
    private const string Program = "program";

    private const string ApiKeyPolicy = "api-key";

    private static readonly string[] Kinds = ["stranger", "guest", "user", "other user", "developer", "admin", Program];

    /// <summary>Written out here a second time on purpose: what the house means by its policies is checked against this.</summary>
    private static readonly Dictionary<string, string[]> LetIn = new()
    {
        ["signed-in"] = ["guest", "user", "other user", "developer", "admin"],
        ["member"] = ["user", "other user", "developer", "admin"],
        ["developer"] = ["developer", "admin"],
        ["admin"] = ["admin"],
        [ApiKeyPolicy] = [Program],
    };

    [Theory, BothEngines]
    [Keeps("B-012", "B-110", "Z-016")]
    [Asvs("8.2.1", "8.3.1", "13.4.5", "6.3.4")]
    public async Task Every_route_opens_to_whom_its_policy_names_and_to_nobody_else(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var people = await PeopleAsync(house);
        var key = await MakeKeyAsync(house, people["user"]);
        var wrong = new List<string>();

        foreach (var route in MatrixRoute.All(house))
        {
            foreach (var kind in Kinds)
            {
                // A sign-in for each question: some of them end the session they are asked in.
                using var client = kind == Program ? WithBearer(house, key) : await ClientAsync(house, people.GetValueOrDefault(kind));
                var outcome = await AskAsync(client, route);
                var expected = route.Policy is null || LetIn[route.Policy].Contains(kind) ? "in" : kind is "stranger" or Program || route.Policy == ApiKeyPolicy ? "401" : "403";
                if (outcome != expected)
                    wrong.Add($"{route} as {kind}: {outcome} instead of {expected}");
            }
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong));
    }

    /// <returns><c>in</c> when the rights let the request through, whatever it was answered then, else the status.</returns>
    private static async Task<string> AskAsync(HttpClient client, MatrixRoute route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Address(MatrixRoute.AnyValues));
        if (route.Method is not "GET")
            request.Content = route.TakesForm ? new MultipartFormDataContent { { new StringContent("x"), "other" } } : new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var status = (int)answer.StatusCode;
        if (status >= 500)
            return $"{status}";
        // Programs are refused in the words of their own format.
        if (answer.Headers.WwwAuthenticate.Count > 0 || (status == 401 && route.Policy == ApiKeyPolicy))
            return "401";
        if (status == 403 && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString() == "not-allowed")
            return "403";
        return "in";
    }

    private static async Task<Dictionary<string, TestPerson>> PeopleAsync(TestHouse house)
    {
        var people = new Dictionary<string, TestPerson> { ["admin"] = await house.AdminAsync(), ["user"] = await house.PersonAsync(), ["other user"] = await house.PersonAsync() };
        foreach (var role in new[] { "guest", "developer" })
        {
            people[role] = await house.PersonAsync();
            await house.Services.GetRequiredService<Database>().ExecuteAsync("UPDATE accounts_people SET role = @role WHERE id = @Id", new { role, people[role].Id }, default);
        }
        return people;
    }

    private static async Task<HttpClient> ClientAsync(TestHouse house, TestPerson? person)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = house.Address };
        if (person is null)
            return client;
        using var answer = await house.Client.PostAsJsonAsync("/api/login", new { username = person.Username, password = TestHouse.Password });
        answer.EnsureSuccessStatusCode();
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        return client;
    }

    private static async Task<string> MakeKeyAsync(TestHouse house, TestPerson person)
    {
        using var client = await ClientAsync(house, person);
        using var made = await client.PostAsJsonAsync("/api/keys", new { name = "matrix" });
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private static HttpClient WithBearer(TestHouse house, string token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = house.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
