using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.People;

public sealed class RegisterTests(HousePair houses) : IClassFixture<HousePair>
{
    [Theory, BothEngines]
    [Keeps("L-010")]
    public async Task Of_racing_registrations_of_one_name_in_any_spelling_one_counts(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        await house.AdminAsync();
        var name = Answers.NewName();
        string[] spellings = [name, name.ToUpperInvariant(), FullWidth(name), name[..1].ToUpperInvariant() + name[1..]];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
            house.Client.PostAsync("/api/register", new { username = spellings[number % spellings.Length], password = TestHouse.Password }).OutcomeAsync()));

        outcomes.Count(outcome => outcome == "201").ShouldBe(1, string.Join(", ", outcomes));
        outcomes.Count(outcome => outcome == "409 username-taken").ShouldBe(11);
        (await house.Client.PostAsync("/api/login", new { username = spellings[1], password = TestHouse.Password }).OutcomeAsync()).ShouldBe("200");
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("has space")]
    [InlineData(".abc")]
    [InlineData("abc.")]
    [InlineData("a..b")]
    [InlineData("<script>")]
    [InlineData("a\u0000bcd")]
    [InlineData("a\nbcd")]
    [InlineData("👻👻👻👻")]
    [InlineData("abc\u202edef")]
    [InlineData("diszi")]
    [InlineData("ZILY")]
    [InlineData("z_i-l.y")]
    [InlineData("Admin")]
    [InlineData("ａｄｍｉｎ")]
    [InlineData("atrium")]
    [InlineData("System")]
    public async Task Refuses_names_that_break_the_rule_or_are_reserved(string username)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        await house.AdminAsync();

        var response = await house.Client.PostAsync("/api/register", new { username, password = TestHouse.Password });

        (await response.FieldsAsync()).ShouldBe(["username"]);
    }

    [Theory]
    [InlineData("elevenchars")]
    [InlineData("Password1234")]
    [InlineData("qwertyuiop123")]
    [Asvs("6.2.1", "6.2.4")]
    public async Task Refuses_passwords_that_are_short_or_that_everybody_tries(string password)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        await house.AdminAsync();

        (await (await house.Client.PostAsync("/api/register", new { username = Answers.NewName(), password })).FieldsAsync()).ShouldBe(["password"]);
    }

    [Fact]
    [Asvs("6.2.11")]
    public async Task Refuses_the_name_as_password()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        await house.AdminAsync();
        var username = Answers.NewName();

        (await (await house.Client.PostAsync("/api/register", new { username, password = username.ToUpperInvariant() })).FieldsAsync()).ShouldBe(["password"]);
        (await (await house.Client.PostAsync("/api/register", new { username, password = $"{username}Atrium-26" })).FieldsAsync()).ShouldBe(["password"]);
    }

    [Theory, BothEngines]
    [Keeps("Z-101", "L-110")]
    [Asvs("6.2.9")]
    public async Task Takes_each_field_at_its_longest_and_refuses_one_more(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        await house.AdminAsync();
        string Name(int length) => Answers.NewName().PadRight(length, 'x');
        string Mail(int length) => $"{new string('m', 60)}@{string.Join('.', Enumerable.Repeat(new string('d', 60), 3))}.{new string('e', length - 61 - 183)}.org"[..length];
        Task<HttpResponseMessage> RegisterAsync(string username, string password, string? email) => house.Client.PostAsync("/api/register", new { username, password, email });

        (await RegisterAsync(Name(64), new string('p', 128), Mail(256)).OutcomeAsync()).ShouldBe("201");
        (await (await RegisterAsync(Name(65), new string('p', 128), null)).FieldsAsync()).ShouldBe(["username"]);
        (await (await RegisterAsync(Name(50), new string('p', 129), null)).FieldsAsync()).ShouldBe(["password"]);
        (await (await RegisterAsync(Name(50), new string('p', 128), Mail(257))).FieldsAsync()).ShouldBe(["email"]);
        (await house.Client.PostAsync("/api/login", new { username = Name(64), password = "p" }).OutcomeAsync()).ShouldBe("401 sign-in-failed");
        (await (await house.Client.PostAsync("/api/login", new { username = Name(65), password = "p" })).FieldsAsync()).ShouldBe(["username"]);
    }

    [Theory]
    [InlineData("no-at-sign")]
    [InlineData("two@at@signs")]
    [InlineData("@nobody.org")]
    [InlineData("some body@example.org")]
    [InlineData("a\u0000@example.org")]
    [InlineData("Some Body <a@example.org>")]
    public async Task Refuses_what_is_no_address(string email)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        await house.AdminAsync();

        (await (await house.Client.PostAsync("/api/register", new { username = Answers.NewName(), password = TestHouse.Password, email })).FieldsAsync()).ShouldBe(["email"]);
    }

    [Theory, BothEngines]
    public async Task Knows_names_of_every_script(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        await house.AdminAsync();
        var username = "Nguyễn_Ánh-" + Answers.NewName();

        var session = await house.Client.PostAsync("/api/register", new { username, password = TestHouse.Password }).JsonAsync();

        session.GetProperty("user").GetProperty("username").GetString().ShouldBe(username);
        (await house.Client.PostAsync("/api/login", new { username = username.ToUpperInvariant().Normalize(System.Text.NormalizationForm.FormD), password = TestHouse.Password }).OutcomeAsync()).ShouldBe("200");
    }

    [Theory]
    [InlineData("closed", "403 registration-closed")]
    [InlineData("invite", "403 invitation-required")]
    [InlineData("open", "201")]
    public async Task Lets_in_whom_the_operator_wants(string mode, string outcome)
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["REGISTRATION"] = mode });

        (await house.Client.GetAsync("/api/house").JsonAsync()).GetProperty("registration").GetString().ShouldBe(mode);
        await house.AdminAsync();
        (await house.Client.PostAsync("/api/register", new { username = Answers.NewName(), password = TestHouse.Password }).OutcomeAsync()).ShouldBe(outcome);
    }

    [Theory, BothEngines]
    [Asvs("15.3.3")]
    public async Task A_new_person_is_a_user_whatever_the_body_claims(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        await house.AdminAsync();

        var session = await house.Client.PostAsync("/api/register", new { username = Answers.NewName(), password = TestHouse.Password, role = "admin", isAdmin = true, id = Guid.Empty }).JsonAsync();

        session.GetProperty("user").GetProperty("role").GetString().ShouldBe("user");
        (await house.Services.GetRequiredService<Database>().ScalarAsync<long>("SELECT COUNT(*) FROM accounts_people WHERE role = 'admin'", null, default)).ShouldBe(1);
    }

    private static string FullWidth(string text) => new([.. text.Select(character => (char)(character + 0xFEE0))]);
}
