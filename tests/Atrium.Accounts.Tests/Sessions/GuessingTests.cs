using System.Net.Http.Json;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.Sessions;

/// <summary>Somebody tries passwords for another person's name.</summary>
public sealed class GuessingTests
{
    private const int Guesses = 10_000;
    private const int AtOnce = 50;
    private const string HomeAddress = "203.0.113.5";

    private readonly FakeClock clock = new();

    public static TheoryData<DatabaseEngine> Postgres => TwoServers.Engine;

    private Task<TestHouse> StartAsync(DatabaseEngine engine) => TestHouse.StartAsync(
        engine,
        new Dictionary<string, string> { ["RATE_LIMITS"] = "on", ["TRUSTED_PROXIES"] = "127.0.0.1" },
        services => services.AddSingleton<TimeProvider>(clock));

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [Keeps("Z-116")]
    [Asvs("6.3.1")]
    public async Task Of_ten_thousand_guesses_few_reach_the_hash_and_the_owner_still_enters(int addresses)
    {
        await using var house = await StartAsync(DatabaseEngine.Sqlite);
        await house.AdminAsync();
        var owner = await RegisterFromHomeAsync(house);

        for (var start = 0; start < Guesses; start += AtOnce)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(start, AtOnce).Select(number =>
                SignInAsync(house, owner, $"guess number {number}", $"198.51.100.{number % addresses}")));
            outcomes.ShouldAllBe(outcome => outcome == "401 sign-in-failed" || outcome.StartsWith("429 "));
        }

        (await HashedAsync(house)).ShouldBeInRange(1, 20);
        (await SignInAsync(house, owner, TestHouse.Password, HomeAddress)).ShouldBe("200");
    }

    [Theory, BothEngines]
    public async Task Slows_a_strange_network_down_until_time_has_passed_and_says_how_long(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        await house.AdminAsync();
        var owner = await RegisterFromHomeAsync(house);
        for (var number = 0; number < 10; number++)
            (await SignInAsync(house, owner, "a wrong password", $"198.51.100.{number}")).ShouldBe("401 sign-in-failed");

        using (var slowed = await AskAsync(house, owner, TestHouse.Password, "198.51.100.99"))
        {
            (await slowed.OutcomeAsync()).ShouldBe("429 sign-in-slowed");
            slowed.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromMinutes(15));
        }
        clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        (await SignInAsync(house, owner, TestHouse.Password, "198.51.100.99")).ShouldBe("429 sign-in-slowed");
        clock.Advance(TimeSpan.FromTicks(1));
        (await SignInAsync(house, owner, TestHouse.Password, "198.51.100.99")).ShouldBe("200");
    }

    [Theory, BothEngines]
    public async Task Treats_a_name_that_nobody_has_alike(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        await house.AdminAsync();

        for (var number = 0; number < 10; number++)
            (await SignInAsync(house, "nobody-has-it", "a wrong password", $"198.51.100.{number}")).ShouldBe("401 sign-in-failed");
        (await SignInAsync(house, "nobody-has-it", "a wrong password", "198.51.100.99")).ShouldBe("429 sign-in-slowed");
    }

    [Theory, BothEngines]
    public async Task Right_passwords_do_not_count(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        await house.AdminAsync();
        var owner = await RegisterFromHomeAsync(house);

        for (var number = 0; number < 30; number++)
        {
            (await SignInAsync(house, owner, TestHouse.Password, HomeAddress)).ShouldBe("200");
            clock.Advance(TimeSpan.FromSeconds(7));
        }
    }

    [Theory, BothEngines]
    [Keeps("Z-100", "L-062")]
    [Asvs("2.4.1", "4.1.3", "15.3.4")]
    public async Task Registration_counts_five_a_minute_and_sign_in_ten_from_each_address(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        await house.AdminAsync();
        for (var number = 0; number < 5; number++)
            (await RegisterAsync(house, Answers.NewName(), "198.51.100.7")).ShouldBe("201");
        (await RegisterAsync(house, Answers.NewName(), "198.51.100.7")).ShouldBe("429 rate-limited");
        (await RegisterAsync(house, Answers.NewName(), "198.51.100.8")).ShouldBe("201");
        for (var number = 0; number < 10; number++)
            (await SignInAsync(house, $"nobody-{number}", "a wrong password", "198.51.100.7")).ShouldBe("401 sign-in-failed");
        (await SignInAsync(house, "nobody-else", "a wrong password", "198.51.100.7")).ShouldBe("429 rate-limited");

        clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        (await RegisterAsync(house, Answers.NewName(), "198.51.100.7")).ShouldBe("429 rate-limited");
        (await SignInAsync(house, "nobody-else", "a wrong password", "198.51.100.7")).ShouldBe("429 rate-limited");
        clock.Advance(TimeSpan.FromTicks(1));
        (await RegisterAsync(house, Answers.NewName(), "198.51.100.7")).ShouldBe("201");
        (await SignInAsync(house, "nobody-else", "a wrong password", "198.51.100.7")).ShouldBe("401 sign-in-failed");
    }

    [Theory, MemberData(nameof(Postgres))]
    [Keeps("B-017")]
    public async Task Two_servers_of_one_house_count_together(DatabaseEngine engine)
    {
        await using var servers = await TwoServers.StartAsync(
            engine, new Dictionary<string, string> { ["RATE_LIMITS"] = "on", ["TRUSTED_PROXIES"] = "127.0.0.1" }, services => services.AddSingleton<TimeProvider>(clock));
        TestHouse[] both = [servers.First, servers.Second];

        var registered = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => RegisterAsync(both[number % 2], Answers.NewName(), "198.51.100.7")));
        registered.Count(outcome => outcome == "201").ShouldBe(5);
        var tried = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => SignInAsync(both[number % 2], $"nobody-{number}", "a wrong password", "198.51.100.7")));
        tried.Count(outcome => outcome == "401 sign-in-failed").ShouldBe(10);
    }

    private static async Task<string> RegisterFromHomeAsync(TestHouse house)
    {
        var name = Answers.NewName();
        (await RegisterAsync(house, name, HomeAddress)).ShouldBe("201");
        return name;
    }

    private static Task<string> RegisterAsync(TestHouse house, string username, string address) =>
        SendAsync(house, "/api/register", username, TestHouse.Password, address).OutcomeAsync();

    private static Task<string> SignInAsync(TestHouse house, string username, string password, string address) => AskAsync(house, username, password, address).OutcomeAsync();

    private static Task<HttpResponseMessage> AskAsync(TestHouse house, string username, string password, string address) => SendAsync(house, "/api/login", username, password, address);

    private static Task<HttpResponseMessage> SendAsync(TestHouse house, string path, string username, string password, string address)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { username, password }) };
        request.Headers.Add("X-Forwarded-For", address);
        return house.Client.SendAsync(request);
    }

    /// <summary>Every password that was compared and wrong is in the audit log.</summary>
    private static Task<long> HashedAsync(TestHouse house) =>
        house.Services.GetRequiredService<Database>().ScalarAsync<long>("SELECT COUNT(*) FROM platform_audit WHERE action = 'accounts.sign-in-failed'", null, default);
}
