using System.Text.Json;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.Sessions;

[Keeps("B-010")]
public sealed class RefreshTests
{
    private readonly FakeClock clock = new();

    private Task<TestHouse> StartAsync(DatabaseEngine engine) =>
        TestHouse.StartAsync(engine, replace: services => services.AddSingleton<TimeProvider>(clock));

    [Theory, BothEngines]
    public async Task Gives_a_repeat_the_same_successor_for_30_seconds_and_ends_the_session_at_a_later_one(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var first = await SignInAsync(house);

        var second = await RefreshAsync(house, first);
        clock.Advance(TimeSpan.FromSeconds(30));
        var again = await RefreshAsync(house, first);
        again.ShouldBe(second);
        clock.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond));
        (await TryRefreshAsync(house, first)).ShouldBe("401 sign-in-required");

        (await TryRefreshAsync(house, second)).ShouldBe("401 sign-in-required", "the thief's or the owner's newer token ends too");
    }

    [Theory, BothEngines]
    public async Task Ends_the_session_also_when_a_much_older_token_comes_back(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var first = await SignInAsync(house);
        var newest = await RefreshAsync(house, await RefreshAsync(house, first));
        clock.Advance(TimeSpan.FromMinutes(1));

        (await TryRefreshAsync(house, first)).ShouldBe("401 sign-in-required");
        (await TryRefreshAsync(house, newest)).ShouldBe("401 sign-in-required");
    }

    [Theory, BothEngines]
    public async Task Gives_many_tabs_at_once_one_successor(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var token = await SignInAsync(house);

        var successors = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RefreshAsync(house, token)));

        successors.Distinct().ShouldHaveSingleItem().ShouldNotBe(token);
        (await TryRefreshAsync(house, successors[0])).ShouldBe("200");
    }

    [Theory, BothEngines]
    public async Task Lives_30_days_from_its_last_use(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var token = await SignInAsync(house);
        clock.Advance(TimeSpan.FromDays(29));
        token = await RefreshAsync(house, token);
        clock.Advance(TimeSpan.FromDays(29));
        token = await RefreshAsync(house, token);
        clock.Advance(TimeSpan.FromDays(30));

        (await TryRefreshAsync(house, token)).ShouldBe("401 sign-in-required");
    }

    [Theory, BothEngines]
    public async Task Takes_the_cookie_when_there_is_no_body_and_sets_both_cookies_anew(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var token = await SignInAsync(house);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/refresh") { Headers = { { "Cookie", "__Secure-atrium-refresh=" + token } } };

        using var response = await house.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(200);
        var session = await response.JsonAsync();
        response.Headers.GetValues("Set-Cookie").ShouldBe(
        [
            $"__Host-atrium={session.GetProperty("token").GetString()}; max-age=86400; path=/; secure; samesite=lax; httponly",
            $"__Secure-atrium-refresh={session.GetProperty("refreshToken").GetString()}; max-age=2592000; path=/api/refresh; secure; samesite=lax; httponly",
        ]);
    }

    [Theory, BothEngines]
    [Asvs("7.2.3")]
    public async Task Refuses_what_it_did_not_issue_and_leaves_the_session_alone(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine);
        var token = await SignInAsync(house);
        var other = await SignInAsync(house);
        string[] forged =
        [
            "", "x", token[..^1], token + "A", token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), token[..22] + other[22..], other[..22] + token[22..],
            new('A', token.Length), new('=', token.Length), token.ToUpperInvariant(), token[..24] + "AAAC" + token[28..],
        ];

        foreach (var text in forged)
            (await TryRefreshAsync(house, text)).ShouldBe("401 sign-in-required", text);

        (await TryRefreshAsync(house, token)).ShouldBe("200");
    }

    private static async Task<string> SignInAsync(TestHouse house)
    {
        var person = await house.PersonAsync();
        var session = await house.Client.PostAsync("/api/login", new { username = person.Username, password = TestHouse.Password }).JsonAsync();
        return RefreshTokenOf(session);
    }

    private static async Task<string> RefreshAsync(TestHouse house, string refreshToken)
    {
        var session = await house.Client.PostAsync("/api/refresh", new { refreshToken }).JsonAsync();
        var person = house.WithToken(session.GetProperty("token").GetString()!, Guid.Empty, "");
        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
        return RefreshTokenOf(session);
    }

    private static Task<string> TryRefreshAsync(TestHouse house, string refreshToken) => house.Client.PostAsync("/api/refresh", new { refreshToken }).OutcomeAsync();

    private static string RefreshTokenOf(JsonElement session) => session.GetProperty("refreshToken").GetString()!;
}
