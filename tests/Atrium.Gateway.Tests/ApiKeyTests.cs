using System.Text.Json;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class ApiKeyTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const string Path = "/v1/chat/completions";

    [Theory, BothEngines]
    [Keeps("L-083")]
    public async Task Shows_a_key_once_and_afterwards_only_its_beginning(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());

        var (id, secret) = await person.MakeApiKeyAsync(new { name = " builds ", models = new[] { "openai/*" }, endpoints = new[] { "chat" }, addresses = new[] { "127.0.0.0/8" } });
        var listed = (await person.GetAsync("/api/keys")).ToString();
        var shown = await person.GetAsync("/api/keys/" + id);

        secret.ShouldMatch("^atr_[A-Za-z0-9_-]{43}$");
        listed.ShouldNotContain(secret[10..]);
        shown.GetProperty("prefix").GetString().ShouldBe(secret[..10]);
        shown.GetProperty("name").GetString().ShouldBe("builds");
        shown.GetProperty("models").ToString().ShouldBe("""["openai/*"]""");
        (await other.SendAsync(HttpMethod.Get, "/api/keys/" + id)).Status.ShouldBe(404);
        (await other.SendAsync(HttpMethod.Delete, "/api/keys/" + id)).Status.ShouldBe(404);
        (await other.GetAsync("/api/keys")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task Refuses_keys_that_make_no_sense(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        foreach (var body in (string[])["{}", """{"name":""}""", """{"name":"  "}""", """{"name":"a\nb"}""", """{"name":"a","models":"x"}""", """{"name":"a","models":[null]}""", """{"name":"a","models":[""]}""",
            """{"name":"a","endpoints":["everything"]}""", """{"name":"a","endpoints":[null]}""", """{"name":"a","addresses":["here"]}""", """{"name":"a","addresses":["10.0.0.0/99"]}""", """{"name":"a","expiresAt":"2020-01-01T00:00:00Z"}""",
            """{"name":"a","expiresAt":"soon"}""", $$"""{"name":"{{new string('n', 101)}}"}""", $$"""{"name":"a","models":["{{new string('m', 201)}}"]}"""])
            (await person.SendAsync(HttpMethod.Post, "/api/keys", body)).Status.ShouldBe(400, body);
    }

    [Theory, BothEngines]
    [Keeps("L-083")]
    public async Task Every_carrier_gives_a_key_the_same_rights(DatabaseEngine engine)
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services => services.AddSingleton<TimeProvider>(clock));
        var person = await house.PersonAsync();
        await person.ChooseAsync(houses.First);
        var (revoked, revokedSecret) = await person.MakeApiKeyAsync();
        await person.SendAsync(HttpMethod.Delete, "/api/keys/" + revoked);
        var expiring = (await person.MakeApiKeyAsync(new { name = "a", expiresAt = clock.GetUtcNow().AddMinutes(1) })).Secret;
        (string Secret, int Status, string? Code)[] keys =
        [
            ((await person.MakeApiKeyAsync()).Secret, 200, null),
            ((await person.MakeApiKeyAsync(new { name = "a", models = new[] { "openai/sim-fast" }, endpoints = new[] { "chat" }, addresses = new[] { "127.0.0.1" } })).Secret, 200, null),
            ((await person.MakeApiKeyAsync(new { name = "a", models = new[] { "sim-*" } })).Secret, 200, null),
            ((await person.MakeApiKeyAsync(new { name = "a", models = new[] { "openai/sim-slow", "anthropic/*" } })).Secret, 403, "model-not-allowed"),
            ((await person.MakeApiKeyAsync(new { name = "a", endpoints = new[] { "messages", "models" } })).Secret, 403, "endpoint_not_allowed"),
            ((await person.MakeApiKeyAsync(new { name = "a", addresses = new[] { "10.0.0.0/8", "2001:db8::/32" } })).Secret, 403, "address_not_allowed"),
            (revokedSecret, 401, "invalid_api_key"),
            (expiring, 401, "expired_api_key"),
            ("atr_" + new string('x', 43), 401, "invalid_api_key"),
            ("sk-of-somebody-else", 401, "invalid_api_key"),
            (person.Token, 401, "invalid_api_key"),
        ];
        clock.Advance(TimeSpan.FromMinutes(1));

        for (var carrier = 0; carrier < Programs.Carriers.Length; carrier++)
        {
            foreach (var (secret, status, code) in keys)
            {
                var (got, body) = await house.RequestAsync(secret, Path, Programs.Chat("Hello"), carrier);
                got.ShouldBe(status, $"{Programs.Carriers[carrier].Header}: {body}");
                if (code is not null)
                    Programs.CodeOf(body).ShouldBe(code);
            }
        }
    }

    [Theory, BothEngines]
    public async Task Refuses_a_key_in_an_address_and_flags_it(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var (id, secret) = await person.MakeApiKeyAsync();

        foreach (var query in (string[])["key=", "api_key=", "access_token=", "KEY=", "anything="])
        {
            var (status, body) = await house.RequestAsync(secret, $"/v1/models?{query}{secret}");
            status.ShouldBe(400);
            Programs.CodeOf(body).ShouldBe("key_in_address");
            body.ToString().ShouldNotContain(secret);
        }

        (await person.GetAsync("/api/keys/" + id)).GetProperty("exposedAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await house.RequestAsync(secret, "/v1/models")).Status.ShouldBe(200);
        GatewayHouses.LogText.ShouldNotContain(secret);
    }

    [Theory, BothEngines]
    public async Task Refuses_no_key_and_two_different_ones(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var (first, second) = ((await person.MakeApiKeyAsync()).Secret, (await person.MakeApiKeyAsync()).Secret);

        (await house.RequestAsync(null, "/v1/models")).Status.ShouldBe(401);
        using var two = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "x-api-key", first }, { "api-key", second } } };
        using var same = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "x-api-key", first }, { "Authorization", "Bearer " + first } } };
        ((int)(await house.Client.SendAsync(two)).StatusCode).ShouldBe(401);
        ((int)(await house.Client.SendAsync(same)).StatusCode).ShouldBe(200);
    }

    [Theory, BothEngines]
    public async Task A_key_opens_nothing_of_the_web_app_and_a_session_nothing_of_the_api(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var (_, secret) = await person.MakeApiKeyAsync();

        foreach (var path in (string[])["/api/me", "/api/keys", "/api/provider-keys", "/api/costs"])
        {
            for (var carrier = 0; carrier < Programs.Carriers.Length; carrier++)
                (await house.RequestAsync(secret, path, carrier: carrier)).Status.ShouldBe(401, path);
        }
        (await house.RequestAsync(person.Token, "/v1/models")).Status.ShouldBe(401);
    }

    [Theory, BothEngines]
    [Keeps("B-017")]
    public async Task Counts_calls_by_key_and_tries_without_one_by_address(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string>(houses.Settings) { ["RATE_LIMITS"] = "on", ["RATE_LIMIT_DEFAULT"] = "5 per hour" });
        var person = await house.AdminAsync();
        var (first, second) = ((await person.MakeApiKeyAsync()).Secret, (await person.MakeApiKeyAsync()).Secret);

        for (var call = 0; call < 5; call++)
        {
            (await house.RequestAsync(first, "/v1/models")).Status.ShouldBe(200);
            (await house.RequestAsync("atr_wrong", "/v1/models")).Status.ShouldBe(401);
        }
        using var refused = await house.CallAsync(first, "/v1/models");

        ((int)refused.StatusCode).ShouldBe(429);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await house.RequestAsync("atr_wrong", "/v1/models")).Status.ShouldBe(429);
        (await house.RequestAsync(second, "/v1/models")).Status.ShouldBe(200);
    }
}
