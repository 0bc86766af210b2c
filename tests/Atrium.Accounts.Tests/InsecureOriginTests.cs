using Atrium.Testing;

namespace Atrium.Accounts.Tests;

public sealed class InsecureOriginTests
{
    [Fact]
    public async Task Refuses_sign_in_over_plain_http_away_from_this_machine_and_says_why()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["PUBLIC_URL"] = "http://192.0.2.7:8080" });

        foreach (var path in new[] { "/api/register", "/api/login", "/api/refresh" })
            (await house.Client.PostAsync(path, new { username = "somebody", password = TestHouse.Password, refreshToken = "x" }).OutcomeAsync()).ShouldBe("403 insecure-origin", path);
        var door = await house.Client.GetAsync("/api/house").JsonAsync();
        door.GetProperty("insecureOrigin").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Lets_the_operator_accept_the_risk_with_another_cookie_and_a_banner()
    {
        await using var house = await TestHouse.StartAsync(
            DatabaseEngine.Sqlite,
            new Dictionary<string, string> { ["PUBLIC_URL"] = "http://192.0.2.7:8080", ["ALLOW_INSECURE_HTTP"] = "true" });

        using var response = await house.Client.PostAsync("/api/register", new { username = "somebody", password = TestHouse.Password, setupToken = house.SetupToken });

        ((int)response.StatusCode).ShouldBe(201);
        var cookies = response.Headers.GetValues("Set-Cookie").ToList();
        cookies[0].ShouldStartWith("atrium=");
        cookies[1].ShouldStartWith("atrium-refresh=");
        cookies.ShouldAllBe(cookie => cookie.Contains("; httponly") && cookie.Contains("; samesite=lax") && !cookie.Contains("secure"));
        var door = await house.Client.GetAsync("/api/house").JsonAsync();
        door.GetProperty("insecureOrigin").GetBoolean().ShouldBeFalse();
        door.GetProperty("banners").GetRawText().ShouldBe("""["limits-off","insecure-http"]""");
    }

    [Theory]
    [InlineData("https://home.example.org", "__Host-atrium=")]
    [InlineData("http://localhost:8080", "__Host-atrium=")]
    [InlineData("http://127.0.0.1:8080", "__Host-atrium=")]
    public async Task Uses_the_strict_cookie_behind_https_and_on_this_machine(string publicUrl, string cookie)
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["PUBLIC_URL"] = publicUrl });

        using var response = await house.Client.PostAsync("/api/register", new { username = "somebody", password = TestHouse.Password, setupToken = house.SetupToken });

        response.Headers.GetValues("Set-Cookie").First().ShouldStartWith(cookie);
        using var signedOut = await house.Client.PostAsync("/api/logout", null);
        signedOut.Headers.GetValues("Set-Cookie").ShouldAllBe(header => header.Contains("expires=Thu, 01 Jan 1970") && header.Contains("; secure"));
    }

    [Fact]
    public async Task Counts_registrations_and_sign_ins_apart()
    {
        var clock = new FakeClock();
        await using var house = await TestHouse.StartAsync(
            DatabaseEngine.Sqlite,
            new Dictionary<string, string> { ["RATE_LIMITS"] = "on" },
            services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(services, clock));
        async Task<int> CountUntilLimitedAsync(string path)
        {
            for (var count = 0; ; count++)
            {
                if (await house.Client.PostAsync(path, new { username = "somebody", password = "x" }).OutcomeAsync() == "429 rate-limited")
                    return count;
            }
        }

        (await CountUntilLimitedAsync("/api/register")).ShouldBe(5);
        (await CountUntilLimitedAsync("/api/login")).ShouldBe(10);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await CountUntilLimitedAsync("/api/login")).ShouldBe(10);
    }
}
