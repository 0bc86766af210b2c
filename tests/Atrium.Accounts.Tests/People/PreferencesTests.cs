using Atrium.Contracts.Accounts;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.People;

public sealed class PreferencesTests(HousePair houses) : IClassFixture<HousePair>
{
    [Theory, BothEngines]
    public async Task Changes_what_is_given_and_keeps_the_rest(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();

        await person.Client.PatchAsync("/api/me/preferences", Json("""{"locale":"vi","theme":"dark"}"""));
        var changed = await person.Client.PatchAsync("/api/me/preferences", Json("""{"persona":"zily","enterSends":false}""")).JsonAsync();

        changed.GetRawText().ShouldBe("""{"locale":"vi","theme":"dark","enterSends":false,"hideProviderPrompt":false,"persona":"zily","notify":false}""");
        (await person.Client.GetAsync("/api/me").JsonAsync()).GetProperty("preferences").GetRawText().ShouldBe(changed.GetRawText());
        var seen = await house.Services.GetRequiredService<IPeople>().FindAsync(person.Id, default);
        seen.ShouldBe(new Person { Id = person.Id, Username = person.Username, Role = "user", Locale = "vi" });
    }

    [Theory, BothEngines]
    public async Task Loses_none_of_the_changes_made_at_once(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        string[] patches = ["""{"locale":"es"}""", """{"theme":"light"}""", """{"enterSends":false}""", """{"hideProviderPrompt":true}""", """{"persona":"zily"}""", """{"notify":true}"""];

        await Task.WhenAll(patches.Select(patch => person.Client.PatchAsync("/api/me/preferences", Json(patch))));

        (await person.Client.GetAsync("/api/me").JsonAsync()).GetProperty("preferences").GetRawText()
            .ShouldBe("""{"locale":"es","theme":"light","enterSends":false,"hideProviderPrompt":true,"persona":"zily","notify":true}""");
    }

    [Theory]
    [InlineData("""{"locale":"fr"}""", "locale")]
    [InlineData("""{"theme":1}""", "theme")]
    [InlineData("""{"enterSends":"yes"}""", "enterSends")]
    [InlineData("""{"persona":"admin"}""", "persona")]
    [InlineData("""{"notify":true,"notify":false}""", "notify")]
    [Asvs("2.2.3")]
    public async Task Names_the_field_that_is_wrong_and_changes_nothing(string patch, string field)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();

        (await (await person.Client.PatchAsync("/api/me/preferences", Json(patch))).FieldsAsync()).ShouldBe([field]);
        (await person.Client.GetAsync("/api/me").JsonAsync()).GetProperty("preferences").GetProperty("notify").GetBoolean().ShouldBeFalse();
    }

    [Theory, BothEngines]
    [Keeps("L-011")]
    public async Task Verify_tells_the_signed_in_person_their_name_and_strangers_one_thing_for_every_name(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();

        (await person.Client.PostAsync("/verify", null).JsonAsync()).GetRawText().ShouldBe($$"""{"username":"{{person.Username}}"}""");
        var known = await house.Client.PostAsync("/verify", new { username = person.Username });
        var unknown = await house.Client.PostAsync("/verify", new { username = Answers.NewName() });
        (await known.OutcomeAsync()).ShouldBe("401 sign-in-required");
        (await unknown.OutcomeAsync()).ShouldBe("401 sign-in-required");
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
