using System.Net.Http.Json;
using Atrium.Testing;

namespace Atrium.Accounts.Tests.Profiles;

[Keeps("Z-012")]
public sealed class ProfileTests(HousePair houses) : IClassFixture<HousePair>
{
    [Theory, BothEngines]
    [Asvs("15.3.1")]
    public async Task Is_seen_by_others_without_the_address_and_changed_field_by_field(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var other = await house.PersonAsync();

        (await person.Client.PatchAsJsonAsync("/api/me", new { displayName = " Ánh 👩‍🌾 ", pronouns = "she/her", about = "Grows\nbeans" }).OutcomeAsync()).ShouldBe("200");
        (await person.Client.PatchAsJsonAsync("/api/me", new { pronouns = "" }).OutcomeAsync()).ShouldBe("200");

        var seen = await other.Client.GetAsync($"/api/people/{person.Id}").JsonAsync();
        seen.GetProperty("displayName").GetString().ShouldBe("Ánh 👩‍🌾");
        seen.GetProperty("about").GetString().ShouldBe("Grows\nbeans");
        seen.TryGetProperty("pronouns", out _).ShouldBeFalse();
        seen.TryGetProperty("email", out _).ShouldBeFalse();
        seen.TryGetProperty("lastActiveAt", out _).ShouldBeFalse();
        (await person.Client.GetAsync($"/api/people/{person.Id}").JsonAsync()).TryGetProperty("lastActiveAt", out _).ShouldBeTrue();
        (await other.Client.GetAsync($"/api/people/{Guid.Empty}").OutcomeAsync()).ShouldBe("404 not-found");
    }

    [Theory]
    [InlineData("displayName", "Zily")]
    [InlineData("displayName", "A d m i n")]
    [InlineData("displayName", "Dіszі")]
    [InlineData("displayName", "Anna\u202egnp")]
    [InlineData("displayName", "line\nbreak")]
    [InlineData("pronouns", "line\nbreak")]
    [InlineData("about", "nul\u0000")]
    public async Task Refuses_what_pretends_or_cannot_be_seen(string field, string text)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();

        (await (await person.Client.PatchAsJsonAsync("/api/me", new Dictionary<string, string> { [field] = text })).FieldsAsync()).ShouldBe([field]);
    }

    [Theory, BothEngines]
    [Asvs("7.5.1")]
    public async Task The_address_changes_with_the_password_only_and_is_compared_without_case(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var admin = await house.AdminAsync();
        var person = await house.PersonAsync();
        Task<HttpResponseMessage> ChangeAsync(string? email, string password) => person.Client.PutAsJsonAsync("/api/me/email", new { email, password });

        (await (await ChangeAsync("new@example.org", "a wrong password")).FieldsAsync()).ShouldBe(["password"]);
        (await (await ChangeAsync("no-at-sign", TestHouse.Password)).FieldsAsync()).ShouldBe(["email"]);
        (await ChangeAsync($"{person.Username}@Example.ORG", TestHouse.Password).OutcomeAsync()).ShouldBe("204");

        (await admin.Client.GetAsync($"/api/admin/people?search={person.Username.ToUpperInvariant()}@example.org").JsonAsync()).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await ChangeAsync(null, TestHouse.Password).OutcomeAsync()).ShouldBe("204");
        (await person.Client.GetAsync("/api/me").JsonAsync()).TryGetProperty("email", out _).ShouldBeFalse();
    }
}
