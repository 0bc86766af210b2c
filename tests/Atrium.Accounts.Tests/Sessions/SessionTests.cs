using Atrium.Testing;

namespace Atrium.Accounts.Tests.Sessions;

public sealed class SessionTests(HousePair houses) : IClassFixture<HousePair>
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Theory, BothEngines]
    public async Task Lists_where_one_is_signed_in_and_ends_one_at_once(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var phone = await SignInAsync(house, person, Firefox);

        var items = (await person.Client.GetAsync("/api/sessions").JsonAsync()).GetProperty("items").EnumerateArray().ToList();
        items.Count.ShouldBe(2);
        items.Count(item => item.GetProperty("current").GetBoolean()).ShouldBe(1);
        var other = items.Single(item => !item.GetProperty("current").GetBoolean());
        other.GetProperty("browser").GetString().ShouldBe("Firefox on Linux");
        other.GetProperty("network").GetString().ShouldBe("127.0.0.1");

        (await person.Client.DeleteAsync("/api/sessions/" + other.GetProperty("id").GetGuid()).OutcomeAsync()).ShouldBe("204");
        (await phone.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
        (await person.Client.DeleteAsync("/api/sessions/" + other.GetProperty("id").GetGuid()).OutcomeAsync()).ShouldBe("404 not-found");
    }

    [Theory, BothEngines]
    public async Task Neither_shows_nor_ends_another_persons_session(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var owner = await house.PersonAsync();
        var stranger = await house.PersonAsync();
        var id = (await owner.Client.GetAsync("/api/sessions").JsonAsync()).GetProperty("items")[0].GetProperty("id").GetGuid();

        (await stranger.Client.DeleteAsync($"/api/sessions/{id}").OutcomeAsync()).ShouldBe("404 not-found");
        (await (await house.AdminAsync()).Client.DeleteAsync($"/api/sessions/{id}").OutcomeAsync()).ShouldBe("404 not-found");
        (await stranger.Client.GetAsync("/api/sessions").JsonAsync()).GetRawText().ShouldNotContain(id.ToString());
        (await owner.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
    }

    [Theory, BothEngines]
    [Asvs("6.2.2", "6.2.3", "7.4.3")]
    [Keeps("Z-013")]
    public async Task A_changed_password_ends_the_other_sessions_and_only_the_new_one_opens(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var other = await SignInAsync(house, person, "");
        const string next = "another horse, another battery";

        var refused = await person.Client.PostAsync("/api/me/password", new { currentPassword = "not the current one", newPassword = next });
        (await refused.FieldsAsync()).ShouldBe(["currentPassword"]);
        (await person.Client.PostAsync("/api/me/password", new { currentPassword = TestHouse.Password, newPassword = next }).OutcomeAsync()).ShouldBe("204");

        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
        (await other.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
        (await house.Client.PostAsync("/api/login", new { username = person.Username, password = TestHouse.Password }).OutcomeAsync()).ShouldBe("401 sign-in-failed");
        (await house.Client.PostAsync("/api/login", new { username = person.Username, password = next }).OutcomeAsync()).ShouldBe("200");
    }

    [Theory, BothEngines]
    public async Task Of_racing_password_changes_one_counts(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        string[] candidates = [.. Enumerable.Range(0, 8).Select(number => $"a new passphrase, number {number}")];

        var outcomes = await Task.WhenAll(candidates.Select(newPassword =>
            person.Client.PostAsync("/api/me/password", new { currentPassword = TestHouse.Password, newPassword }).OutcomeAsync()));

        outcomes.Count(outcome => outcome == "204").ShouldBe(1, string.Join(", ", outcomes));
        var winner = candidates[Array.IndexOf(outcomes, "204")];
        (await house.Client.PostAsync("/api/login", new { username = person.Username, password = winner }).OutcomeAsync()).ShouldBe("200");
    }

    private static async Task<TestPerson> SignInAsync(TestHouse house, TestPerson person, string userAgent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/login")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { username = person.Username, password = TestHouse.Password }),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        var session = await house.Client.SendAsync(request).JsonAsync();
        return house.WithToken(session.GetProperty("token").GetString()!, person.Id, person.Username);
    }
}
