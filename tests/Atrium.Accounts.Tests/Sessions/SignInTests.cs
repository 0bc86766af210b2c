using System.Net.Http.Headers;
using Atrium.Testing;

namespace Atrium.Accounts.Tests.Sessions;

public sealed class SignInTests(HousePair houses) : IClassFixture<HousePair>
{
    [Theory, BothEngines]
    [Keeps("L-010", "B-010", "Z-010")]
    [Asvs("7.2.4", "7.4.1")]
    public async Task Registers_signs_in_shows_who_one_is_and_signs_out(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        await house.AdminAsync();
        var username = Answers.NewName();

        (await house.Client.PostAsync("/api/register", new { username, password = TestHouse.Password }).OutcomeAsync()).ShouldBe("201");
        var session = await house.Client.PostAsync("/api/login", new { username, password = TestHouse.Password }).JsonAsync();
        var person = house.WithToken(session.GetProperty("token").GetString()!, session.GetProperty("user").GetProperty("id").GetGuid(), username);

        var me = await person.Client.GetAsync("/api/me").JsonAsync();
        me.GetProperty("username").GetString().ShouldBe(username);
        me.GetProperty("role").GetString().ShouldBe("user");
        me.TryGetProperty("passwordHash", out _).ShouldBeFalse();
        (await person.Client.PostAsync("/api/logout", null).OutcomeAsync()).ShouldBe("204");
        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
    }

    [Theory, BothEngines]
    public async Task Opens_by_cookie_as_by_bearer_but_never_by_cookie_beside_another_authorization(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        HttpRequestMessage Ask() => new(HttpMethod.Get, "/api/me") { Headers = { { "Cookie", "__Host-atrium=" + person.Token } } };

        (await house.Client.SendAsync(Ask()).OutcomeAsync()).ShouldBe("200");
        var mixed = Ask();
        mixed.Headers.Authorization = new AuthenticationHeaderValue("Basic", "eDp5");
        (await house.Client.SendAsync(mixed).OutcomeAsync()).ShouldBe("401 sign-in-required");
    }

    [Theory]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-Remote-User")]
    [InlineData("Remote-User")]
    [InlineData("X-Auth-Request-User")]
    [InlineData("X-Forwarded-Preferred-Username")]
    [Keeps("H-019")]
    public async Task A_name_that_a_header_claims_is_nobodys(string header)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Add(header, person.Username);

        (await house.Client.SendAsync(request).OutcomeAsync()).ShouldBe("401 sign-in-required");
    }
}
