using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>Whoever refuses a program, and wherever: it hears it in its own format.</summary>
public sealed class ApiRefusalTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    public async Task A_house_that_is_read_only_says_so_in_the_programs_format(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, GatewayHouses.FastTimeouts);
        var (admin, person) = (await house.AdminAsync(), await house.PersonAsync());
        await person.ChooseAsync(houses.First);
        var (_, secret) = await person.MakeApiKeyAsync();
        (await admin.SendAsync(HttpMethod.Put, "/api/admin/house/read-only", new { reason = "moving" })).Status.ShouldBe(204);

        foreach (var endpoint in ApiCalls.All.Where(endpoint => endpoint.Body is not null))
        {
            using var response = await house.CallAsync(secret, endpoint.Path, endpoint.Body);
            ((int)response.StatusCode).ShouldBe(503, endpoint.Path);
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
            ApiCalls.ShouldBeFailure(await ReadAsync(response), endpoint.IsAnthropic, "read-only", "server_error", "overloaded_error");
        }
        (await house.RequestAsync(secret, "/v1/models")).Status.ShouldBe(200);
    }

    [Theory, BothEngines]
    [Keeps("B-017")]
    public async Task Too_many_requests_are_refused_in_the_programs_format(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string>(houses.Settings) { ["RATE_LIMITS"] = "on", ["RATE_LIMIT_DEFAULT"] = "20 per hour" }, GatewayHouses.FastTimeouts);
        var person = await house.AdminAsync();

        foreach (var endpoint in ApiCalls.All)
        {
            var (_, secret) = await person.MakeApiKeyAsync();
            for (var call = 0; call < 20; call++)
                (await house.RequestAsync(secret, "/v1/models")).Status.ShouldBe(200);
            using var response = await house.CallAsync(secret, endpoint.Path, endpoint.Body);
            ((int)response.StatusCode).ShouldBe(429, endpoint.Path);
            response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
            ApiCalls.ShouldBeFailure(await ReadAsync(response), endpoint.IsAnthropic, "rate_limit_exceeded", "rate_limit_error", "rate_limit_error");
        }
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions", 405, false)]
    [InlineData("DELETE", "/v1/messages", 405, true)]
    [InlineData("POST", "/v1/models", 405, false)]
    [InlineData("GET", "/v1/nowhere", 404, false)]
    [InlineData("POST", "/v1/messages/count_tokens", 404, true)]
    [InlineData("POST", "/v1/audio/speech", 404, false)]
    public async Task Paths_and_methods_that_are_not_there_are_refused_in_the_programs_format(string method, string path, int status, bool isAnthropic)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await house.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(status);
        ApiCalls.ShouldBeFailure(await ReadAsync(response), isAnthropic, status == 404 ? "not_found" : "method_not_allowed", "invalid_request_error", status == 404 ? "not_found_error" : "invalid_request_error");
    }

    [Fact]
    public async Task What_is_no_program_hears_of_problems_as_before()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        using var response = await house.Client.GetAsync("/api/nowhere");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
