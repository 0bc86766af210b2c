using System.Text;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

public sealed class HostileRequestTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private static readonly string Deep = string.Concat(Enumerable.Repeat("{\"settings\":", 200)) + "1" + new string('}', 200);

    private static readonly (HttpMethod Method, string Path)[] Writes =
    [
        (HttpMethod.Put, "/api/user/ai-provider"), (HttpMethod.Post, "/api/user/ai-provider"), (HttpMethod.Post, "/api/provider-keys"),
        (HttpMethod.Patch, "/api/provider-keys/01980000-0000-7000-8000-000000000000"), (HttpMethod.Post, "/api/providers/openai/test"),
        (HttpMethod.Put, "/api/provider-keys/01980000-0000-7000-8000-000000000000/secret"), (HttpMethod.Put, "/api/user/ai-fallbacks"), (HttpMethod.Put, "/api/user/default-models/diszi"),
    ];

    private static readonly string[] Bodies =
    [
        "", "null", "1", "\"text\"", "[]", "{", "{\"provider\":1}", "{\"provider\":null}", "{\"provider\":\"openai\",\"provider\":\"groq\"}", "{\"provider\":\"openai\",\"apiKey\":7}",
        "{\"provider\":\"openai\",\"apiKey\":\"x\",\"settings\":[]}", "{\"provider\":\"openai\",\"apiKey\":\"x\",\"settings\":{\"organization\":null}}",
        "{\"provider\":\"openai\",\"apiKey\":\"x\",\"settings\":{\"organization\":{}}}", "{\"provider\":\"openai\",\"keyId\":\"nobody\"}", "{\"name\":5}", "{\"enabled\":\"yes\"}", "{\"enabled\":1}",
        "{\"keyId\":7}", "{\"baseUrl\":[]}", Deep,
        $"{{\"provider\":\"openai\",\"apiKey\":\"{new string('k', 1_001)}\"}}", $"{{\"provider\":\"openai\",\"apiKey\":\"x\",\"name\":\"{new string('n', 101)}\"}}",
        $"{{\"provider\":\"openai\",\"apiKey\":\"x\",\"baseUrl\":\"https://{new string('a', 2_001)}\"}}", $"{{\"provider\":\"{new string('p', 65)}\"}}",
    ];

    [Theory, BothEngines]
    public async Task Wrong_bodies_are_refused_and_change_nothing(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();

        foreach (var (method, path) in Writes)
        {
            foreach (var body in Bodies)
            {
                var (status, answer) = await person.SendAsync(method, path, body);
                // Some routes take no provider: unknown fields are ignored there.
                var isHarmless = status is 200 or 404 && (path.Contains("provider-keys/") || path.Contains("/test") || path.Contains("default-models"));
                (status is >= 400 and < 500 || isHarmless).ShouldBeTrue($"{method} {path} {body[..Math.Min(80, body.Length)]}: {status} {answer}");
                if (status is 400)
                    answer.GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
            }
            // Asks before it sends: the house answers and closes without reading, which a client that is still writing may not hear.
            using var large = new HttpRequestMessage(method, path) { Content = new StringContent(new string(' ', 1_200_000), Encoding.UTF8, "application/json"), Headers = { ExpectContinue = true } };
            using var refused = await person.Client.SendAsync(large);
            ((int)refused.StatusCode).ShouldBe(413);
        }
        (await person.GetAsync("/api/provider-keys")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await person.GetAsync("/api/user/ai-provider")).GetProperty("chosen").GetBoolean().ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task A_person_has_at_most_a_hundred_keys(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();

        await Parallel.ForAsync(0, 100, async (_, _) => (await person.SendAsync(HttpMethod.Post, "/api/provider-keys", new { provider = "openai", apiKey = Talk.NewKey() })).Status.ShouldBe(201));
        var (status, problem) = await person.SendAsync(HttpMethod.Post, "/api/provider-keys", new { provider = "openai", apiKey = Talk.NewKey() });

        status.ShouldBe(409);
        problem.GetProperty("code").GetString().ShouldBe("too-many-keys");
    }
}
