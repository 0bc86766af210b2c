using System.Text.Json;
using Atrium.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>In which header a program carries its key, and where it calls from, changes nothing of what the key may do.</summary>
public sealed class CarrierPropertyTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    private const int Samples = 400;

    /// <summary>One attempt: which key, where to, in which headers, and from which page if any.</summary>
    private sealed record Attempt(int Key, int Endpoint, IReadOnlyList<int> Carriers, string? Origin);

    private sealed record KeySample(string Secret, Func<ApiCallSample, (int Status, string Code, string OpenAi, string Anthropic)?> Refusal);

    [Theory, BothEngines]
    [Keeps("L-083", "Z-041")]
    public async Task Every_carrier_and_every_endpoint_judge_a_key_alike_and_in_the_programs_format(DatabaseEngine engine)
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services => services.AddSingleton<TimeProvider>(clock));
        var keys = await MakeKeysAsync(house, clock);
        var attempts =
            from key in Gen.Choose(0, keys.Count - 1)
            from endpoint in Gen.Choose(0, ApiCalls.All.Count - 1)
            from carriers in Gen.NonEmptyListOf(Gen.Choose(0, Programs.Carriers.Length - 1))
            from origin in Gen.Elements<string?>(null, "https://elsewhere.example", "app://obsidian.md")
            select new Attempt(key, endpoint, [.. carriers.Distinct()], origin);

        var seen = new HashSet<(int, int)>();
        foreach (var attempt in attempts.Sample(Samples))
        {
            var (key, endpoint) = (keys[attempt.Key], ApiCalls.All[attempt.Endpoint]);
            var (status, body) = await SendAsync(house, key.Secret, endpoint, attempt);
            var refusal = key.Refusal(endpoint);
            status.ShouldBe(refusal?.Status ?? 200, $"{attempt} {string.Join(',', attempt.Carriers)} {endpoint.Path}: {body}");
            if (refusal is var (_, code, openAi, anthropic))
                ApiCalls.ShouldBeFailure(body, endpoint.IsAnthropic, code, openAi, anthropic);
            seen.Add((attempt.Key, attempt.Endpoint));
        }
        // Of each kind of key each endpoint was tried.
        seen.Count.ShouldBeGreaterThan(keys.Count * ApiCalls.All.Count * 9 / 10);
    }

    [Theory, BothEngines]
    public async Task A_key_in_an_address_is_refused_and_flagged_wherever_it_stands(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var attempts =
            from endpoint in Gen.Choose(0, ApiCalls.All.Count - 1)
            from name in Gen.Elements("key", "api_key", "api-key", "apikey", "x-api-key", "access_token", "token", "KEY", "Api_Key", "q", "model", "anything")
            from carrier in Gen.Choose(-1, Programs.Carriers.Length - 1)
            from other in Gen.Elements("", "a=b&")
            select (endpoint, name, carrier, other);

        var secrets = new List<string>();
        foreach (var (index, name, carrier, other) in attempts.Sample(60))
        {
            var (id, secret) = await person.MakeApiKeyAsync();
            secrets.Add(secret);
            var endpoint = ApiCalls.All[index];
            var (status, body) = await house.RequestAsync(carrier < 0 ? null : secret, $"{endpoint.Path}?{other}{name}={secret}", endpoint.Body, Math.Max(0, carrier));

            status.ShouldBe(400, $"{endpoint.Path} {name}");
            ApiCalls.ShouldBeFailure(body, endpoint.IsAnthropic, "key_in_address", "invalid_request_error", "invalid_request_error");
            body.ToString().ShouldNotContain(secret);
            (await person.GetAsync("/api/keys/" + id)).GetProperty("exposedAt").ValueKind.ShouldBe(JsonValueKind.String);
            (await person.SendAsync(HttpMethod.Delete, "/api/keys/" + id)).Status.ShouldBe(204);
        }
        secrets.ShouldAllBe(secret => !GatewayHouses.LogText.Contains(secret, StringComparison.Ordinal));
    }

    private async Task<List<KeySample>> MakeKeysAsync(TestHouse house, FakeClock clock)
    {
        var (person, spent) = (await house.PersonAsync(), await house.PersonAsync());
        foreach (var who in (TestPerson[])[person, spent])
            await who.ChooseAsync(SimulatedDialects.ChoiceOf("openai", houses.First));
        var revoked = await person.MakeApiKeyAsync();
        await person.SendAsync(HttpMethod.Delete, "/api/keys/" + revoked.Id);
        async Task<string> MakeAsync(object request) => (await person.MakeApiKeyAsync(request)).Secret;
        var unauthorized = ("invalid_request_error", "authentication_error");
        var forbidden = ("permission_error", "permission_error");
        List<KeySample> keys =
        [
            new(await MakeAsync(new { name = "all" }), _ => null),
            new(await MakeAsync(new { name = "scoped", models = new[] { "openai/*" }, addresses = new[] { "127.0.0.0/8", "::1" } }), _ => null),
            new(await MakeAsync(new { name = "other models", models = new[] { "openai/none", "anthropic/*" } }), endpoint => endpoint.Scope == "models" ? null : (403, "model-not-allowed", forbidden.Item1, forbidden.Item2)),
            new(await MakeAsync(new { name = "elsewhere", addresses = new[] { "10.0.0.0/8" } }), _ => (403, "address_not_allowed", forbidden.Item1, forbidden.Item2)),
            new(await MakeAsync(new { name = "expiring", expiresAt = clock.GetUtcNow().AddMinutes(1) }), _ => (401, "expired_api_key", unauthorized.Item1, unauthorized.Item2)),
            new(revoked.Secret, _ => (401, "invalid_api_key", unauthorized.Item1, unauthorized.Item2)),
            new("atr_" + new string('x', 43), _ => (401, "invalid_api_key", unauthorized.Item1, unauthorized.Item2)),
            new("sk-of-somebody-else", _ => (401, "invalid_api_key", unauthorized.Item1, unauthorized.Item2)),
            new((await spent.MakeApiKeyAsync()).Secret, endpoint => endpoint.Scope == "models" ? null : (429, "insufficient_quota", "insufficient_quota", "billing_error")),
        ];
        foreach (var scope in ApiCalls.All.Select(endpoint => endpoint.Scope))
            keys.Add(new(await MakeAsync(new { name = scope, endpoints = new[] { scope } }), endpoint => endpoint.Scope == scope ? null : (403, "endpoint_not_allowed", forbidden.Item1, forbidden.Item2)));
        clock.Advance(TimeSpan.FromMinutes(1));
        await SpendAsync(house, spent);
        return keys;
    }

    /// <summary>Uses a budget up.</summary>
    private static async Task SpendAsync(TestHouse house, TestPerson spent)
    {
        (await spent.SendAsync(HttpMethod.Put, "/api/budgets", new { period = "day", unit = "dollars", amount = "0.01" })).Status.ShouldBe(200);
        var (_, secret) = await spent.MakeApiKeyAsync();
        (await house.RequestAsync(secret, "/v1/images/generations", new { model = "gpt-image-2", prompt = "a" })).Status.ShouldBe(200);
    }

    private static async Task<(int Status, JsonElement Body)> SendAsync(TestHouse house, string secret, ApiCallSample endpoint, Attempt attempt)
    {
        using var request = new HttpRequestMessage(endpoint.Body is null ? HttpMethod.Get : HttpMethod.Post, endpoint.Path);
        foreach (var carrier in attempt.Carriers)
            request.Headers.TryAddWithoutValidation(Programs.Carriers[carrier].Header, Programs.Carriers[carrier].Before + secret);
        if (attempt.Origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", attempt.Origin);
        if (endpoint.Body is not null)
            request.Content = System.Net.Http.Json.JsonContent.Create(endpoint.Body);
        using var response = await house.Client.SendAsync(request);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
