using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.Sessions;

public sealed class SessionLifetimeTests
{
    private readonly FakeClock clock = new();

    private Task<TestHouse> StartAsync(DatabaseEngine engine, Dictionary<string, string> settings) =>
        TestHouse.StartAsync(engine, settings, services => services.AddSingleton<TimeProvider>(clock));

    [Theory, BothEngines]
    [Asvs("7.3.2")]
    public async Task Ends_at_its_greatest_age_however_often_it_is_renewed(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine, new() { ["REFRESH_EXPIRY_DAYS"] = "2", ["SESSION_MAX_DAYS"] = "3" });
        await house.AdminAsync();
        var session = await house.Client.PostAsync("/api/register", new { username = "long-lived", password = TestHouse.Password }).JsonAsync();
        var refresh = session.GetProperty("refreshToken").GetString();

        foreach (var hours in new[] { 40, 31 })
        {
            clock.Advance(TimeSpan.FromHours(hours));
            session = await house.Client.PostAsync("/api/refresh", new { refreshToken = refresh }).JsonAsync();
            refresh = session.GetProperty("refreshToken").GetString();
        }
        var person = house.WithToken(session.GetProperty("token").GetString()!, Guid.Empty, "long-lived");
        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond));
        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
        clock.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond));

        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
        (await house.Client.PostAsync("/api/refresh", new { refreshToken = refresh }).OutcomeAsync()).ShouldBe("401 sign-in-required");
    }

    [Theory, BothEngines]
    [Asvs("7.3.1")]
    public async Task Ends_after_its_idle_time(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine, new() { ["REFRESH_EXPIRY_DAYS"] = "2", ["JWT_EXPIRY_HOURS"] = "100" });
        var admin = await house.AdminAsync();

        clock.Advance(TimeSpan.FromHours(48) - TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond));
        (await admin.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
        clock.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond));
        (await admin.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
    }

    [Theory, BothEngines]
    public async Task One_more_than_allowed_ends_the_one_that_was_not_used_for_longest(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine, new() { ["SESSIONS_PER_PERSON"] = "3" });
        var first = await house.PersonAsync();
        var sessions = new List<TestPerson> { first };
        for (var number = 0; number < 3; number++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            sessions.Add(await SignInAsync(house, first));
        }

        (await first.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
        foreach (var session in sessions.Skip(1))
            (await session.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
    }

    [Theory, BothEngines]
    public async Task Of_many_sign_ins_at_once_no_more_than_allowed_stay(DatabaseEngine engine)
    {
        await using var house = await StartAsync(engine, new() { ["SESSIONS_PER_PERSON"] = "3" });
        var person = await house.PersonAsync();

        var sessions = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SignInAsync(house, person)));

        var outcomes = await Task.WhenAll(sessions.Append(person).Select(session => session.Client.GetAsync("/api/me").OutcomeAsync()));
        outcomes.Count(outcome => outcome == "200").ShouldBe(3);
    }

    private static async Task<TestPerson> SignInAsync(TestHouse house, TestPerson person)
    {
        var session = await house.Client.PostAsync("/api/login", new { username = person.Username, password = TestHouse.Password }).JsonAsync();
        return house.WithToken(session.GetProperty("token").GetString()!, person.Id, person.Username);
    }
}
