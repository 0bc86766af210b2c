using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.Setup;

public sealed class FirstAdminTests
{
    [Theory, BothEngines]
    [Asvs("2.3.4")]
    public async Task Of_racing_first_registrations_exactly_one_becomes_admin_and_the_others_nobody(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var setupToken = house.SetupToken;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
            house.Client.PostAsync("/api/register", new { username = $"first-{number}", password = TestHouse.Password, setupToken }).OutcomeAsync()));

        outcomes.Count(outcome => outcome == "201").ShouldBe(1, string.Join(", ", outcomes));
        outcomes.Count(outcome => outcome == "403 setup-token-invalid").ShouldBe(11);
        var roles = await house.Services.GetRequiredService<Database>().QueryAsync<string>("SELECT role FROM accounts_people", null, default);
        roles.ShouldBe(["admin"]);
    }

    [Theory, BothEngines]
    [Asvs("6.3.2", "6.4.1", "13.2.3")]
    public async Task Before_the_first_admin_nobody_enters_without_the_token_and_after_that_nobody_with_it(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        Task<string> RegisterAsync(string username, string? setupToken) => house.Client.PostAsync("/api/register", new { username, password = TestHouse.Password, setupToken }).OutcomeAsync();
        var token = house.SetupToken;

        (await SetupNeededAsync(house)).ShouldBeTrue();
        (await RegisterAsync("early", null)).ShouldBe("403 setup-token-required");
        (await RegisterAsync("early", "")).ShouldBe("403 setup-token-invalid");
        (await RegisterAsync("early", token[..^1])).ShouldBe("403 setup-token-invalid");
        (await RegisterAsync("early", new string('0', token.Length))).ShouldBe("403 setup-token-invalid");
        (await RegisterAsync("owner-1", token)).ShouldBe("201");

        File.Exists(Path.Combine(house.DataFolder, "setup-token")).ShouldBeFalse();
        (await SetupNeededAsync(house)).ShouldBeFalse();
        (await RegisterAsync("late", token)).ShouldBe("403 setup-token-invalid");
        (await RegisterAsync("late", null)).ShouldBe("201");
    }

    [Fact]
    [Keeps("Z-081")]
    public async Task Token_and_secrets_are_for_the_owner_of_the_machine_only_and_stay_the_same_until_used()
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        var token = house.SetupToken;
        token.Length.ShouldBe(64);
        File.GetUnixFileMode(Path.Combine(house.DataFolder, "setup-token")).ShouldBe(ownerOnly);

        await house.RestartAsync();
        house.SetupToken.ShouldBe(token);
        await house.AdminAsync();

        foreach (var name in new[] { "jwt", "master" })
        {
            var file = Path.Combine(house.DataFolder, "secrets", name + ".key");
            Convert.FromHexString(await File.ReadAllTextAsync(file)).Length.ShouldBe(32);
            File.GetUnixFileMode(file).ShouldBe(ownerOnly);
        }
        await house.RestartAsync();
        File.Exists(Path.Combine(house.DataFolder, "setup-token")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_house_that_lost_its_admin_can_be_set_up_again()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        await house.AdminAsync();
        await house.Services.GetRequiredService<Database>().ExecuteAsync("UPDATE accounts_people SET role = 'user'", null, default);

        await house.RestartAsync();

        (await house.Client.PostAsync("/api/register", new { username = "second-owner", password = TestHouse.Password, setupToken = house.SetupToken }).OutcomeAsync()).ShouldBe("201");
    }

    private static async Task<bool> SetupNeededAsync(TestHouse house) => (await house.Client.GetAsync("/api/house").JsonAsync()).GetProperty("setupNeeded").GetBoolean();
}
